// Lists and filters of a campaign that runs: what is written into its file holds from the next choice on.

import { afterEach, expect, test } from 'vitest';
import { Rig } from '../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function running(): Promise<Rig> {
  const day = await Rig.start({ agents: 4, records: 60, campaign: { lists: ['people'] } });
  rig = day;
  day.startRobots();
  await day.clock.runFor(20_000);
  await day.startCampaign();
  await day.clock.runFor(30_000);
  return day;
}

const dialed = async (on: Rig): Promise<number> => (await on.store.attempts.list({})).length;

test('[L-11] the only list is paused: no one is dialed and the campaign stays; it goes on when the list does', async () => {
  const day = await running();
  await day.changeCampaign({ pausedLists: ['people'] });
  const paused = await dialed(day);
  expect(paused).toBeGreaterThan(0);
  await day.clock.runFor(300_000);
  expect(await dialed(day)).toBe(paused);
  expect(day.engine.campaign(day.campaign.name)).toMatchObject({ state: 'running', dialing: false });
  await day.changeCampaign({ pausedLists: [] });
  await day.clock.runFor(60_000);
  expect(await dialed(day)).toBeGreaterThan(paused);
});

test('[L-03] the filter is changed so that no one fits, and back: no one is dialed in between, and it may be started again', async () => {
  const day = await running();
  await day.changeCampaign({ filter: 'contact.name == "nobody"' });
  const between = await dialed(day);
  await day.clock.runFor(300_000);
  expect(await dialed(day)).toBe(between);
  const { filter: _filter, ...unfiltered } = day.campaign;
  day.campaign = unfiltered;
  expect(day.engine.campaign(day.campaign.name)).toMatchObject({ state: 'exhausted' });
  await day.changeCampaign({});
  expect(day.engine.campaign(day.campaign.name)).toMatchObject({ state: 'stopped' });
  await day.startCampaign();
  await day.clock.runFor(60_000);
  expect(await dialed(day)).toBeGreaterThan(between);
});

test('[X-01] everybody gets on a do-not-call list while the campaign runs: no one is dialed from the next choice on', async () => {
  const day = await running();
  const numbers = Array.from({ length: 60 }, (_, place) => `+1650${2_000_000 + place}`);
  await day.clock.settle(
    day.store.doNotCall.add(numbers, { list: 'global', by: 'eve', at: day.clock.now(), reason: 'asked' }),
  );
  const then = await dialed(day);
  await day.clock.runFor(300_000);
  expect(await dialed(day)).toBe(then);
});
