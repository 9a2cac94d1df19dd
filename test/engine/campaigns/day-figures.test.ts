// What a campaign's figures of the day say after a restart of ours, and after midnight of its time zone: always what its
// reports say of the same day.

import { afterEach, expect, test } from 'vitest';
import { localDay } from '../../../src/base/local-time.ts';
import type { CampaignFigures } from '../../../src/engine/control-views.ts';
import { campaignReport } from '../../../src/reports/reports.ts';
import { Rig } from '../../support/rig.ts';
import { by } from '../../support/actors.ts';

const MINUTE_MS = 60_000;
const ZONE = 'America/New_York';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

async function centre(seed: number): Promise<Rig> {
  rig = await Rig.start({
    agents: 4,
    records: 400,
    seed,
    campaign: { schedule: { timezone: ZONE, start: '0 0 * * *', stop: '0 0 1 1 *', holidays: [] } },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

const today = (on: Rig): CampaignFigures | undefined => on.engine.campaign(on.campaign.name)?.today;

/** What the store's rows say of the day. */
async function reported(on: Rig, at = on.clock.now()): Promise<Partial<CampaignFigures>> {
  const { startAt, endAt } = localDay(ZONE, at);
  const period = { fromAt: startAt, toAt: endAt };
  const report = await on.clock.settle(campaignReport(on.store, on.campaign.name, period));
  const { attempts, liveAnswers, connected, abandoned, byResult, answerDelayMs, waited } = report;
  return { attempts, liveAnswers, connected, abandoned, byResult, answerDelayMs, waited };
}

test.each([1, 2])(
  '[S-01] [O-09] killed in mid-campaign, seed %i: the day goes on counting where it was',
  async (seed) => {
    const on = await centre(seed);
    await on.clock.runFor(6 * MINUTE_MS);
    const before = today(on);
    expect(before?.connected).toBeGreaterThan(5);
    on.killEngine();
    await on.clock.runFor(500);
    await on.startEngine();

    expect(today(on)?.attempts).toBe(before?.attempts);
    expect(today(on)?.answerDelayMs).toMatchObject({
      count: expect.any(Number) as number,
      max: before?.answerDelayMs.max,
    });
    expect(today(on)?.liveAnswers).toBeGreaterThanOrEqual(before?.liveAnswers ?? Infinity);
    expect(Math.abs((today(on)?.utilisation ?? 0) - (before?.utilisation ?? 0))).toBeLessThan(0.05);
    await on.clock.runFor(4 * MINUTE_MS);
    await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'stop', by('test')));
    await on.clock.runFor(5 * MINUTE_MS);

    expect(on.engine.health().calls).toBe(0);
    expect(today(on)).toMatchObject(await reported(on));
    expect(today(on)?.attempts).toBeGreaterThan(before?.attempts ?? Infinity);
  },
);

test('[S-01] midnight of the campaign’s zone: the figures begin again, also for a conversation that goes on', async () => {
  const on = await centre(3);
  const { endAt } = localDay(ZONE, on.clock.now());
  await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'stop', by('test')));
  await on.clock.runFor(endAt - on.clock.now() - 5 * MINUTE_MS);
  await on.startCampaign();
  await on.clock.runFor(5 * MINUTE_MS - 1);
  expect(today(on)?.attempts).toBeGreaterThan(10);
  await on.clock.runFor(1);

  expect(today(on)).toMatchObject({ attempts: 0, liveAnswers: 0, connected: 0, byResult: {} });
  await on.clock.runFor(3 * MINUTE_MS);
  await on.clock.settle(on.engine.actOnCampaign(on.campaign.name, 'stop', by('test')));
  await on.clock.runFor(5 * MINUTE_MS);
  expect(today(on)).toMatchObject(await reported(on));
  expect(today(on)?.utilisation).toBeGreaterThan(0);
});
