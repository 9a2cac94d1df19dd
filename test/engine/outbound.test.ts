// All outbound calling switched off and on in the middle of a day.

import { afterEach, expect, test } from 'vitest';
import { Rig } from '../support/rig.ts';
import { by } from '../support/actors.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const MINUTE_MS = 60_000;

async function working(): Promise<Rig> {
  const started = await Rig.start({ agents: 3, records: 300, campaign: { mode: 'progressive' } });
  started.startRobots();
  await started.clock.runFor(20_000);
  await started.startCampaign();
  await started.clock.runFor(5 * MINUTE_MS);
  return started;
}

test('[C-17] switched off: nothing more is dialed, calls that live go on, everybody sees why', async () => {
  rig = await working();
  const { engine, clock, exchange } = rig;
  const living = engine.health().calls;
  const before = exchange.calls.length;
  const at = clock.now();

  await clock.settle(engine.turnOutbound({ on: false, by: by('ann'), reason: 'a wrong list' }));
  await clock.runFor(10 * MINUTE_MS);

  expect(before).toBeGreaterThan(0);
  expect(living).toBeGreaterThan(0);
  expect(exchange.calls.length).toBe(before);
  expect(engine.health().calls).toBe(0);
  expect(
    exchange.calls.filter(({ companyAt, endedAt }) => companyAt && endedAt && endedAt > at).length,
  ).toBeGreaterThan(0);
  expect(engine.campaign(rig.campaign.name)).toMatchObject({ state: 'running', dialing: false });
  expect(engine.campaign(rig.campaign.name)?.why).toMatch(
    /^Outbound calling was switched off by ann at .*: a wrong list\.$/,
  );

  await clock.settle(engine.turnOutbound({ on: true, by: by('ben'), reason: '' }));
  await clock.runFor(2 * MINUTE_MS);

  expect(exchange.calls.length).toBeGreaterThan(before);
});

test('[C-17] off over a restart: still off, and the agents hear it when they sign in', async () => {
  rig = await working();
  await rig.clock.settle(rig.engine.turnOutbound({ on: false, by: by('ann'), reason: '' }));
  await rig.clock.runFor(10 * MINUTE_MS);
  const before = rig.exchange.calls.length;

  rig.killEngine();
  await rig.startEngine();
  await rig.clock.runFor(10 * MINUTE_MS);

  expect(rig.engine.outbound()).toMatchObject({ on: false, by: 'ann' });
  expect(rig.exchange.calls.length).toBe(before);
  expect(await rig.store.outbound.history(5)).toHaveLength(1);
});
