// VICIdial's dial levels, as its adaptive script computes them: every 2.5 s round(level × active agents) − existing
// calls, talking ones included; agents in wrap-up are not active.

import type { Tracker } from '../../pacing/tracker.ts';
import { makeTracker, periodic } from './baselines.ts';
import type { SimulatedPolicy } from './shift.ts';

const DIALS_EVERY_MS = 2500;
const ADAPTS_EVERY_MS = 15_000;
const SAMPLES = 15;
const SAMPLES_EVERY_MS = 1000;
const HIGHEST_LEVEL = 3;
/** Drops count after this many calls. */
const LEAST_CALLS = 50;
/** A minute with more calls than this and more than half of the answers dropped halves the level. */
const BUSY_MINUTE_CALLS = 20;
const WORST_DROP_SHARE = 0.5;
const MINUTE_MS = 60_000;

export type VicidialLimit = 'hard' | 'average' | 'tapered';

function linesAt(tracker: Tracker, level: number): number {
  return Math.round(level * (tracker.agents.ready + tracker.agents.talking)) - tracker.calls.lines;
}

/** RATIO: a fixed level. */
export function vicidialRatio(level: number): SimulatedPolicy {
  const tracker = makeTracker();
  return periodic(tracker, DIALS_EVERY_MS, () => linesAt(tracker, level));
}

/** What happened within the last minute. */
class LastMinute {
  readonly #at: number[] = [];

  add(at: number): void {
    this.#at.push(at);
  }

  count(now: number): number {
    while ((this.#at[0] ?? now) < now - MINUTE_MS) this.#at.shift();
    return this.#at.length;
  }
}

/** ADAPT_HARD_LIMIT, AVERAGE or TAPERED: the level follows ready agents and waiting calls, drops hold it down. */
export function vicidialAdaptive(kind: VicidialLimit, target: number, endsAt: number): SimulatedPolicy {
  let calls = 0;
  const minute = { calls: new LastMinute(), answers: new LastMinute(), drops: new LastMinute() };
  const tracker = makeTracker({
    dialed: (at) => {
      calls += 1;
      minute.calls.add(at);
    },
    liveAnswer: (at) => minute.answers.add(at),
    abandoned: (at) => minute.drops.add(at),
  });
  const { agents, window } = tracker;
  const samples: number[] = [];
  let level = 1;
  let adaptAt = ADAPTS_EVERY_MS;
  let sampleAt = 0;
  const adapt = (now: number): void => {
    const mean = samples.reduce((a, b) => a + b, 0) / Math.max(1, samples.length);
    level = Math.min(HIGHEST_LEVEL, Math.max(1, level * (1 + mean / Math.max(1, agents.working))));
    if (calls >= LEAST_CALLS && window.abandonRate > target) level = Math.max(1, held(kind, level, endsAt - now));
    const dropped = minute.drops.count(now) > WORST_DROP_SHARE * minute.answers.count(now);
    if (dropped && minute.calls.count(now) > BUSY_MINUTE_CALLS) level = Math.max(1, level / 2);
  };
  const inner = periodic(tracker, DIALS_EVERY_MS, () => linesAt(tracker, level));
  return {
    observe: (event) => inner.observe(event),
    decide: (now) => {
      if (now >= sampleAt) {
        sampleAt = now + SAMPLES_EVERY_MS;
        samples.push(agents.ready - tracker.calls.waiting);
        if (samples.length > SAMPLES) samples.shift();
      }
      if (now >= adaptAt) {
        adaptAt = now + ADAPTS_EVERY_MS;
        adapt(now);
      }
      return inner.decide(now);
    },
  };
}

/** The level while drops are above the target; tapered: times the hours left (as HHMM) ÷ 1000, 1 at most. */
function held(kind: VicidialLimit, level: number, leftMs: number): number {
  switch (kind) {
    case 'hard':
      return 1;
    case 'average':
      return level / 2;
    case 'tapered':
      return level * Math.min(1, leftMs / 36_000_000);
  }
}
