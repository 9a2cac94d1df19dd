// Calls that end oddly, in a whole simulated call centre: the result, whether it counts, the record, the ledger, the trunk.

import { afterEach, expect, test } from 'vitest';
import type { CallOutcome, CallPlan } from '../../src/sim/call-plan.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { Rig } from '../support/rig.ts';

const MINUTE_MS = 60_000;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const plan =
  (outcome: CallOutcome, parts: Partial<CallPlan> = {}) =>
  (): CallPlan => ({
    setUpMs: 50,
    before: 'ringing',
    afterMs: 2000,
    outcome,
    ...parts,
  });

const REFUSED = { type: 'refused', cause: 34, sipCode: 503 } as const;

async function started(outcome: CallOutcome, more: Partial<CallPlan> = {}, campaign: Partial<Campaign> = {}) {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: plan(outcome, more),
    campaign: { mode: 'progressive', ...campaign },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

const attempts = (on: Rig): Promise<readonly AttemptRow[]> => on.store.attempts.list({ campaign: on.campaign.name });

test.each([0, 2000, 12_000])(
  '[D-01] [X-07] picked up %i ms after our CANCEL: abandoned, a live answer, in the figures and in the ledger',
  async (pickedUpAfterCancelMs) => {
    const on = await started({ type: 'no-answer' }, { pickedUpAfterCancelMs });
    await on.clock.runFor(MINUTE_MS);
    const [row] = await attempts(on);
    expect(row).toMatchObject({ result: 'abandoned', counts: true, sipCode: 200, endedBy: 'dialer' });
    expect(Math.abs((row?.answeredAt ?? 0) - (row?.liveAt ?? 0))).toBeLessThanOrEqual(5);
    expect(on.engine.campaign(on.campaign.name)?.today).toMatchObject({ liveAnswers: 1, abandoned: 1 });
  },
);

test('[D-01] [X-07] picked up without any codec in common: abandoned, ended by the network, the agent is free', async () => {
  const on = await started({ type: 'mute' });
  await on.clock.runFor(10_000);
  const [row] = await attempts(on);
  expect(row).toMatchObject({ result: 'abandoned', counts: true, sipCode: 488, endedBy: 'network' });
  expect(on.engine.campaign(on.campaign.name)?.today).toMatchObject({ liveAnswers: 1, abandoned: 1, connected: 0 });
});

test('[D-01] put down at the very answer: rejected, no conversation in the figures, no wrap-up', async () => {
  const on = await started({ type: 'hangs-up-at-once' });
  await on.clock.runFor(10_000);
  const [row] = await attempts(on);
  expect(row).toMatchObject({ result: 'rejected', counts: true, endedBy: 'person', disposition: null });
  expect(on.engine.campaign(on.campaign.name)?.today).toMatchObject({ liveAnswers: 1, abandoned: 0, connected: 0 });
});

test('[L-10] rang and then failed, two attempts allowed and no rules: one attempt, and the record is finished', async () => {
  const on = await started(REFUSED, {}, { attempts: { max: 2, perDay: 2 } });
  await on.clock.runFor(30 * MINUTE_MS);
  expect(await attempts(on)).toMatchObject([{ result: 'congestion', counts: true }]);
});

test('[L-10] failed before anything rang: 1, 2, 4 … minutes apart, and finished at the campaign’s limit', async () => {
  const on = await started(REFUSED, { before: 'nothing' }, { attempts: { max: 2, perDay: 2, maxUncounted: 4 } });
  await on.clock.runFor(40 * MINUTE_MS);
  const rows = await attempts(on);
  expect(rows.map(({ counts }) => counts)).toEqual([false, false, false, false]);
  const waits = rows.slice(1).map(({ dialedAt }, index) => dialedAt - (rows[index]?.endedAt ?? 0));
  for (const [index, waitMs] of waits.entries()) {
    expect(waitMs).toBeGreaterThanOrEqual(2 ** index * MINUTE_MS);
    expect(waitMs).toBeLessThanOrEqual(2 ** index * MINUTE_MS * 1.25 + 11_000);
  }
  const [record] = await on.store.records.find({ text: '', campaign: on.campaign.name, limit: 1 });
  expect(record).toMatchObject({ state: 'finished', attempts: 0, uncounted: 4 });
  expect(record?.why).toContain('4 attempts in a row did not count');
});
