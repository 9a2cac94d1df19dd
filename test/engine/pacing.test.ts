// The pacing inside the engine: what it writes down, what it remembers, when it slows down.

import { afterEach, describe, expect, test } from 'vitest';
import { JournalReader } from '../../src/engine/dialing/pacing-journal.ts';
import { forecast } from '../../src/sim/forecast/forecast.ts';
import { givenWorld, USUAL_FIGURES } from '../../src/sim/forecast/given-world.ts';
import { population } from '../../src/sim/population.ts';
import { LoggedDay } from '../../src/sim/replay/day.ts';
import { Redecider, type Redecided } from '../../src/sim/replay/redecide.ts';
import { scoreOnDay, ShadowPacer } from '../../src/sim/replay/shadow.ts';
import { aCampaign } from '../records/builders.ts';
import { Rig, type RigOptions } from '../support/rig.ts';
import { by } from '../support/actors.ts';

const MINUTE_MS = 60_000;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

/** Agents at work in a running campaign. */
async function atWork(options: RigOptions): Promise<Rig> {
  const started = await Rig.start(options);
  rig = started;
  started.startRobots();
  await started.clock.runFor(20_000);
  await started.startCampaign();
  return started;
}

/** A pacing log in memory. */
function memoryLogs() {
  const lines: string[] = [];
  const open = () => ({ write: (line: string) => lines.push(line) > 0 });
  return { lines, logs: { open } };
}

function redecide(lines: readonly string[]): Redecided {
  const reader = new JournalReader();
  const redecider = new Redecider();
  for (const line of lines) {
    const entry = reader.read(line);
    if (entry) redecider.take(entry);
  }
  return redecider.result();
}

function viewOf(on: Rig) {
  const view = on.engine.campaign(on.campaign.name);
  if (!view) throw new Error('the campaign is gone');
  return view;
}

test('[P-04] [P-05] a list that will run dry before the schedule closes: the pacer hears how many dials are left, and how they get fewer', async () => {
  const { lines, logs } = memoryLogs();
  const schedule = { timezone: 'UTC', start: '0 0 * * *', stop: '59 23 * * *', holidays: [] };
  const on = await atWork({ seed: 3, agents: 5, records: 120, campaign: { schedule }, pacingLogs: logs });
  await on.clock.runFor(5 * MINUTE_MS);

  const reader = new JournalReader();
  const left = lines.flatMap((line) => {
    const entry = reader.read(line);
    return entry?.type === 'event' && entry.event.type === 'window' ? [entry.event.dialsLeft] : [];
  });
  const known = left.filter((dials) => dials !== undefined);
  // The first lines may have been dialed when the records were counted.
  expect(known[0]).toBeGreaterThan(115);
  const { byState } = await on.store.records.counts(on.campaign.name);
  expect(known.at(-1)).toBeLessThan(110);
  expect(known.at(-1)).toBeGreaterThanOrEqual(byState.fresh);
});

describe('the log of decisions', () => {
  test('[P-07] a day of the engine, killed and started twice: every decision is taken again to the same numbers', async () => {
    const { lines, logs } = memoryLogs();
    const on = await atWork({ seed: 7, agents: 8, records: 250, pacingLogs: logs });
    for (let life = 0; life < 2; life += 1) {
      await on.clock.runFor(2 * MINUTE_MS);
      on.killEngine();
      await on.clock.runFor(3000);
      await on.startEngine();
    }
    await on.untilExhausted(60 * MINUTE_MS);
    const again = redecide(lines);

    expect(again.firstDifference).toBeNull();
    expect(again.stretches).toBe(3);
    expect(again.decisions).toBeGreaterThan(1000);
    expect(again.dialed).toBeGreaterThanOrEqual(250);
  });

  test('[P-07] what is shown: the latest decisions that changed something, with their reasons', async () => {
    const on = await atWork({ seed: 8, agents: 4, records: 100 });
    await on.clock.runFor(MINUTE_MS);
    const decisions = viewOf(on).decisions ?? [];

    expect(decisions.length).toBeGreaterThan(2);
    expect(decisions.map(({ at }) => at)).toEqual(decisions.map(({ at }) => at).sort((a, b) => a - b));
    for (const { reason } of decisions) expect(reason).toMatch(/\.$/);
  });

  test('[P-11] other policies on the same day: who dials more keeps agents busier and abandons more', async () => {
    const { lines, logs } = memoryLogs();
    const on = await atWork({ seed: 9, agents: 8, records: 400, pacingLogs: logs });
    await on.untilExhausted(60 * MINUTE_MS);
    const policies = {
      progressive: { name: 'progressive', options: { mode: 'progressive' as const } },
      ratio: { name: 'ratio:3', options: { mode: 'ratio' as const, ratio: 3 } },
    };
    const day = new LoggedDay();
    const shadow = new ShadowPacer(policies.ratio);
    const reader = new JournalReader();
    for (const line of lines) {
      const entry = reader.read(line);
      if (!entry) continue;
      day.take(entry);
      shadow.take(entry);
    }
    const [slow, fast] = [scoreOnDay(day, policies.progressive, 3), scoreOnDay(day, policies.ratio, 3)];
    if (!slow || !fast) throw new Error('nothing to score');

    expect(fast.utilisation).toBeGreaterThan(slow.utilisation + 0.1);
    expect(fast.abandonRate).toBeGreaterThan(0.05);
    expect(slow.abandonRate).toBeLessThan(0.02);
    expect(shadow.result().more).toBeGreaterThan(0);
    expect(day.real().dials).toBeGreaterThanOrEqual(400);
    expect(day.real().liveAnswers).toBe(viewOf(on).today.liveAnswers);
  });
});

describe('the abandonment window', () => {
  test('[P-04] killed and started again: the abandoned of today are remembered, as the attempts say', async () => {
    const pacing = { abandonTarget: 0.03, ringTimeoutMs: 25_000, minRingMs: 15_000, maxLines: 60, weight: 1 };
    const campaign = { mode: 'ratio' as const, pacing: { ...pacing, maxCallsPerSecond: 10, ratio: 4 } };
    const on = await atWork({ seed: 11, agents: 4, records: 150, campaign });
    await on.clock.runFor(4 * MINUTE_MS);
    const before = viewOf(on).window;
    on.killEngine();
    await on.startEngine();
    const after = viewOf(on).window;
    await on.wrapUpTheDay();
    const rows = await on.store.attempts.list({ campaign: on.campaign.name });
    const live = rows.filter(
      ({ liveAt, result }) => liveAt !== null || result === 'connected' || result === 'abandoned',
    );

    expect(before?.abandoned).toBeGreaterThan(3);
    expect(after?.abandoned).toBeGreaterThanOrEqual(before?.abandoned ?? Infinity);
    expect(viewOf(on).window).toMatchObject({
      liveAnswers: live.length,
      abandoned: rows.filter(({ result }) => result === 'abandoned').length,
    });
  });

  test('[P-04] machines found beside the conversation are taken off the live answers again', async () => {
    const plan = population({
      shares: { person: 0.2, machine: 0.6 },
      shortGreetings: 0,
      talk: { meanMs: 40_000, deviationMs: 40_000 },
    });
    const answer = {
      detection: 'parallel' as const,
      onMachine: 'hang-up' as const,
      noAgentAfterMs: 2000,
      noAgentSound: 'outdial/abandon',
      whileWaiting: 'silence' as const,
    };
    const on = await atWork({ seed: 12, agents: 6, records: 120, plan, campaign: { answer } });
    await on.untilExhausted(60 * MINUTE_MS);
    const { today, window } = viewOf(on);

    expect(today.byResult.machine).toBeGreaterThan(40);
    expect(window).toMatchObject({ liveAnswers: today.liveAnswers, abandoned: today.abandoned });
  });
});

describe('planned breaks', () => {
  /** Of eight seeds one abandons no call by surprise, none with a plan. */
  const SEEDS = [1, 2];

  /** Everybody goes on a break five minutes past three; what came of it, on the days of all seeds together. */
  async function lunches(isPlanned: boolean) {
    const sum = { dialedBefore: 0, dialedEarlier: 0, abandoned: 0 };
    for (const seed of SEEDS) {
      const { dialedBefore, dialedEarlier, abandoned } = await lunch(isPlanned, seed);
      sum.dialedBefore += dialedBefore;
      sum.dialedEarlier += dialedEarlier;
      sum.abandoned += abandoned;
    }
    return sum;
  }

  async function lunch(isPlanned: boolean, seed: number) {
    const started = Date.UTC(2026, 0, 5, 15, 0, 0);
    const at = started + 5 * MINUTE_MS;
    const leaves = isPlanned ? [{ atMinute: 15 * 60 + 5, forMs: 5 * MINUTE_MS, agents: [] }] : [];
    const on = await atWork({ seed, agents: 12, records: 800, campaign: { leaves } });
    await on.clock.runUntil(at);
    for (const robot of on.robots) robot.goOnBreak(5 * MINUTE_MS);
    await on.clock.runFor(2 * MINUTE_MS);
    const rows = await on.store.attempts.list({ campaign: on.campaign.name });
    await on.close();
    rig = undefined;
    const answeredLater = rows.filter(({ answeredAt, dialedAt }) => (answeredAt ?? 0) >= at && dialedAt < at);
    return {
      dialedBefore: rows.filter(({ dialedAt }) => dialedAt >= at - 20_000 && dialedAt < at).length,
      dialedEarlier: rows.filter(({ dialedAt }) => dialedAt >= at - 60_000 && dialedAt < at - 40_000).length,
      abandoned: answeredLater.filter(({ result }) => result === 'abandoned').length,
    };
  }

  test('[P-10] everybody leaves at five past: fewer lines just before, no call is abandoned for it', async () => {
    const [surprised, planned] = [await lunches(false), await lunches(true)];

    expect(surprised.abandoned).toBeGreaterThan(0);
    expect(planned.abandoned).toBe(0);
    expect(planned.dialedBefore).toBeLessThan(surprised.dialedBefore / 2);
    expect(planned.dialedEarlier).toBe(surprised.dialedEarlier);
  });
});

describe('three campaigns on one trunk', () => {
  test('[C-14] weights 1, 1 and 2, and too few lines for all: each has its share, no one starves', async () => {
    const pacing = { ...aCampaign().pacing, ratio: 4 };
    const campaign = (name: string, weight: number) => ({
      name,
      mode: 'ratio' as const,
      agents: ['team'],
      pacing: { ...pacing, weight },
    });
    const on = await Rig.start({
      seed: 15,
      agents: 18,
      records: 1500,
      campaign: campaign('one', 1),
      others: [campaign('other', 1), campaign('double', 2)],
      campaignKey: (agent) => String((agent % 3) + 1),
      trunk: { maxLines: 16 },
      plan: population({ shares: { person: 0.05, machine: 0 }, talk: { meanMs: 5000, deviationMs: 2000 } }),
    });
    rig = on;
    on.startRobots();
    await on.clock.runFor(20_000);
    for (const name of ['one', 'other', 'double']) {
      await on.clock.settle(on.engine.actOnCampaign(name, 'start', by('test')));
    }
    const used = { one: 0, other: 0, double: 0 };
    await on.clock.runFor(30_000);
    for (let second = 0; second < 120; second += 1) {
      await on.clock.runFor(1000);
      for (const { name, calls } of on.engine.campaigns()) {
        const lines = Object.values(calls).reduce((sum, count) => sum + count, 0);
        if (name in used) used[name as keyof typeof used] += lines / 120;
      }
    }

    expect(used.one + used.other + used.double).toBeGreaterThan(15);
    expect(used.one).toBeCloseTo(4, 0);
    expect(used.other).toBeCloseTo(4, 0);
    expect(used.double).toBeCloseTo(8, 0);
    expect(on.engine.campaign('one')?.pacing?.reason).toMatch(/lines are in use on trunk main/);
  });
});

describe('the fast simulator', () => {
  test('[P-08] half an hour of the whole engine on the simulated exchange: as the forecast says', async () => {
    const figures = { ...USUAL_FIGURES, machine: 0, talk: { mean: 60, sd: 60 }, wrapUp: { mean: 10, sd: 5 } };
    const plan = population({
      shares: { person: 0.3, busy: 0.084, machine: 0, rejected: 0, unknown: 0, congestion: 0, fax: 0, silent: 0 },
      talk: { meanMs: 60_000, deviationMs: 60_000 },
    });
    const on = await atWork({
      seed: 14,
      agents: 10,
      records: 1500,
      plan,
      robots: { wrapUp: { meanMs: 10_000, deviationMs: 5000 } },
    });
    await on.clock.runFor(30 * MINUTE_MS);
    const { today } = viewOf(on);
    const world = givenWorld(figures, { warmUpS: 0, shiftS: 1800 });
    const expected = forecast({
      worldOf: () => world,
      agents: 10,
      windowS: 'unknown',
      days: 12,
      seed: 5,
      options: {
        mode: 'predictive',
        abandonTarget: 0.03,
        answerLimitMs: 2000,
        ringTimeoutMs: 25_000,
        minRingMs: 15_000,
        maxLines: 60,
        maxCallsPerSecond: 10,
      },
    });

    // One half-hour of many: within what the forecast gives for nine days of ten, and a little.
    const { low, high } = expected.utilisation;
    expect(today.utilisation).toBeGreaterThan(low - 0.02);
    expect(today.utilisation).toBeLessThan(high + 0.02);
    expect(Math.abs((2 * today.attempts) / expected.dialsPerHour.mean - 1)).toBeLessThan(0.15);
    expect(Math.abs(today.abandonRate - expected.abandonRate.mean)).toBeLessThan(0.02);
  });
});
