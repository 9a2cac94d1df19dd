// The windows over which laws count abandoned people, lived through for days: each law's own count is kept beside the
// pacer, which is informed of the tightest, as the daemon does it.

import { describe as group, expect, test } from 'vitest';
import { boundsOf, tightestWindow, type AbandonLimit } from '../../src/rules/abandon-window.ts';
import { AnswerSlots } from '../../src/rules/answer-slots.ts';
import { createPacer, type PacingEvent } from '../../src/pacing/pacer.ts';
import { pacerOptions } from '../../src/sim/pacing/policies.ts';
import { simulate, type SimulatedPolicy } from '../../src/sim/pacing/simulate.ts';
import { WORLDS, type World } from '../../src/sim/pacing/worlds.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MINUTE_MS = 60_000;
const ZONE = 'UTC';
/** Two days before a month ends, at midnight. */
const BEGIN = Date.UTC(2026, 8, 29);
const DAYS = 3;
const AGENTS = 6;
/** After midnight. */
const OPENS_MS = 9 * HOUR_MS;
const CLOSES_MS = 13 * HOUR_MS;
const NONE = { liveAnswers: 0, abandoned: 0, machines: 0 };

/** From 9 to 13 h on each of three days. */
function officeDays(): World {
  const base = WORLDS.get('S1');
  if (base === undefined) throw new Error('world S1 is missing');
  const shifts = Array.from({ length: DAYS }, (_, day) => {
    return { fromS: (day * DAY_MS + OPENS_MS) / 1000, toS: (day * DAY_MS + CLOSES_MS) / 1000 };
  });
  const leave = { share: 0, forS: Number.POSITIVE_INFINITY };
  return {
    ...base,
    warmUpS: 0,
    shiftS: DAYS * 24 * 3600,
    leave,
    presence: Array.from({ length: AGENTS }, () => shifts),
  };
}

/** A pacer whose abandonments are counted by these limits, as their laws say. */
class Counted implements SimulatedPolicy {
  readonly slots = new AnswerSlots();
  readonly #pacer;
  readonly #limits: readonly AbandonLimit[];
  #reportedAt = Number.NEGATIVE_INFINITY;
  /** By limit: the rate at the end of each of its windows, or at every minute where it has no end. */
  readonly rates = new Map<string, number[]>();
  readonly #endsAt = new Map<string, number>();

  constructor(limits: readonly AbandonLimit[]) {
    this.#limits = limits;
    this.#pacer = createPacer(pacerOptions('predictive', { world: officeDays(), abandonTarget: 0.03 }));
  }

  observe(event: PacingEvent): void {
    if (event.type === 'window') return;
    const at = BEGIN + event.at;
    this.#pacer.observe({ ...event, at });
    if (event.type === 'live') this.slots.add(at, { ...NONE, liveAnswers: 1 });
    if (event.type === 'abandoned') this.slots.add(at, { ...NONE, abandoned: 1 });
    if (event.type === 'live' || event.type === 'abandoned') this.#report(at);
  }

  decide(now: number): { dial: number; cancel: readonly string[] } {
    const at = BEGIN + now;
    if (now % DAY_MS > 14 * HOUR_MS || now % DAY_MS < 8 * HOUR_MS) return { dial: 0, cancel: [] };
    if (at - this.#reportedAt >= MINUTE_MS) {
      this.#reportedAt = at;
      this.#report(at);
      for (const limit of this.#limits) this.#check(limit, at);
    }
    return this.#pacer.decide(at);
  }

  #report(at: number): void {
    const found = tightestWindow(this.#limits, this.slots, { zone: ZONE, now: at, open: NONE });
    if (found === undefined) return;
    const { target, liveAnswers, abandoned, endsAt } = found;
    const window = { at, type: 'window' as const, target, liveAnswers, abandoned };
    const closesAt = at - ((at - BEGIN) % DAY_MS) + CLOSES_MS;
    this.#pacer.observe(endsAt === undefined ? window : { ...window, endsAt: Math.min(endsAt, closesAt) });
  }

  #check({ name, window }: AbandonLimit, at: number): void {
    const firstAt = this.slots.firstAt ?? at;
    const { fromAt, endsAt } = boundsOf(window, ZONE, { now: at, firstAt });
    const count = this.slots.since(fromAt);
    const rates = this.rates.get(name) ?? [];
    this.rates.set(name, rates);
    const rate = count.abandoned / Math.max(1, count.liveAnswers);
    if (endsAt === undefined || this.#endsAt.get(name) !== endsAt) rates.push(rate);
    else rates[rates.length - 1] = rate;
    if (endsAt !== undefined) this.#endsAt.set(name, endsAt);
  }
}

function live(...limits: readonly AbandonLimit[]): { counted: Counted; utilisation: number } {
  const counted = new Counted(limits);
  const { utilisation } = simulate({ world: officeDays(), agents: AGENTS, policy: counted, seed: 3, abandonTarget: 1 });
  return { counted, utilisation };
}

const DAY: AbandonLimit = { name: 'day', most: 0.03, window: { span: 'day' } };
const ROLLING: AbandonLimit = { name: 'rolling', most: 0.03, window: { span: 'rolling', ms: DAY_MS } };
const MONTH: AbandonLimit = { name: 'month', most: 0.05, window: { span: 'month' } };
const PERIODS: AbandonLimit = { name: 'periods', most: 0.03, window: { span: 'periods', ms: 30 * DAY_MS } };
const TWO_DAYS: AbandonLimit = { name: 'two days', most: 0.02, window: { span: 'periods', ms: 2 * DAY_MS } };

/** One line for each free agent, on the same days. */
function progressiveUtilisation(): number {
  const world = officeDays();
  const policy = createPacer(pacerOptions('progressive', { world, abandonTarget: 0.03 }));
  return simulate({ world, agents: AGENTS, policy, seed: 3, abandonTarget: 1 }).utilisation;
}

group('windows of several laws', () => {
  const plain = progressiveUtilisation();

  test.each([
    ['a day', [DAY]],
    ['24 hours at any time', [ROLLING]],
    ['a month', [MONTH]],
    ['30 days', [PERIODS]],
    ['a day and a month', [DAY, MONTH]],
    ['a day, 24 hours, a month and two days at once', [DAY, ROLLING, MONTH, TWO_DAYS]],
  ] as const)('[P-04] %s: every window ends at or under its target, agents gain by overdialing', (_name, limits) => {
    const { counted, utilisation } = live(...limits);
    for (const { name, most } of limits) {
      expect(Math.max(...(counted.rates.get(name) ?? [1])), name).toBeLessThanOrEqual(most);
    }
    expect(utilisation).toBeGreaterThan(plain + 0.04);
  });
});
