// The engine stands still for a while and then gets everything at once: each thing is judged by when it happened.

import { afterEach, describe, expect, test } from 'vitest';
import { numberingPlan } from '../../src/sim/numbering-plan.ts';
import { aCampaign } from '../records/builders.ts';
import { Rig } from '../support/rig.ts';

let rig: Rig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** Everybody picks up after 10 s and talks for `talkS`; three people are called for two agents, who are ready. */
async function ringing(talkS: number, ringTimeoutMs = 25_000): Promise<Rig> {
  const { pacing } = aCampaign();
  const on = await Rig.start({
    agents: 2,
    records: 3,
    campaign: { mode: 'ratio', pacing: { ...pacing, ratio: 3, ringTimeoutMs, minRingMs: 5_000 } },
    plan: (_number, random) => numberingPlan()(`+1212210${String(talkS).padStart(2, '0')}00`, random),
  });
  rig = on;
  on.startRobots();
  await on.clock.runFor(30_000);
  await on.startCampaign();
  await on.clock.runUntilTrue(() => on.exchange.calls.length === 3, 20_000);
  await on.clock.runFor(5_000);
  return on;
}

describe('[C-05] the engine is frozen for 20 s while people pick up', () => {
  test('agents are ready: no one who has heard the message meets one; abandoned, answered and ended when they were', async () => {
    const on = await ringing(40);

    await on.freezeEngine(20_000);
    await on.clock.runFor(20_000);

    const rows = await on.clock.settle(on.store.attempts.list({}));
    expect(rows.map(({ result }) => result)).toEqual(['abandoned', 'abandoned', 'abandoned']);
    for (const row of rows) {
      const call = on.exchange.calls.find(({ attempt }) => attempt === row.attempt);
      expect(row.bridgedAt).toBeNull();
      expect(row.answeredAt).toBe(call?.answeredAt);
      expect(Math.abs((row.endedAt ?? 0) - (call?.endedAt ?? 0))).toBeLessThan(50);
    }
    expect(on.exchange.calls.every(({ heard }) => heard.length === 1)).toBe(true);
    // No agent was taken for them in vain.
    expect(on.complaints.filter((complaint) => complaint.includes('add-to-bridge'))).toEqual([]);
  });

  test('somebody hangs up in the message: abandoned too, and not rejected', async () => {
    const on = await ringing(3);

    await on.freezeEngine(20_000);
    await on.clock.runFor(5_000);

    const rows = await on.clock.settle(on.store.attempts.list({}));
    expect(rows.map(({ result }) => result)).toEqual(['abandoned', 'abandoned', 'abandoned']);
  });

  test('somebody has picked up a moment ago: they meet an agent, though timers were late by then', async () => {
    // They would have rung for another 0.3 s: that time is over when the engine wakes, as is word of their answer there.
    const on = await ringing(40, 10_300);

    await on.freezeEngine(6_100);
    await on.clock.runFor(2_000);

    expect(on.exchange.calls.filter(({ companyAt }) => companyAt !== undefined)).toHaveLength(2);
  });
});
