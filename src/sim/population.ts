// A mixed population: of so many calls so many are answered by a person, a machine, no one, and how long each takes.
// Shares and times are the base world of outdial's pacing research; every figure can be changed.

import { defined } from '../base/defined.ts';
import type { Random } from '../base/random.ts';
import type { CallOutcome, CallPlan, CallPlanner } from './call-plan.ts';
import { REFUSALS } from './call-plan.ts';

/** Shares of all calls, 0–1; what is left over rings until the caller gives up. */
interface PopulationShares {
  readonly person: number;
  readonly busy: number;
  readonly machine: number;
  readonly rejected: number;
  readonly unknown: number;
  readonly congestion: number;
  readonly fax: number;
  readonly silent: number;
  readonly hangsUpAtOnce: number;
}

export interface PopulationOptions {
  readonly shares?: Partial<PopulationShares>;
  /** Mean and standard deviation of a person's ring and talk, lognormal. */
  readonly ring?: Spread;
  readonly talk?: Spread;
  /** Shortest and longest time from INVITE to ringing. */
  readonly setUpMs?: readonly [number, number];
  /** A person without an agent hangs up after this. */
  readonly patienceMs?: number;
  /** Share of machines whose greeting passes for a person's, and of people taken for machines. */
  readonly shortGreetings?: number;
  readonly longHellos?: number;
}

export interface Spread {
  readonly meanMs: number;
  readonly deviationMs: number;
}

const BASE_SHARES: PopulationShares = {
  person: 0.3,
  busy: 0.084,
  machine: 0.266,
  rejected: 0.006,
  unknown: 0.008,
  congestion: 0.004,
  fax: 0.004,
  silent: 0.002,
  hangsUpAtOnce: 0.004,
};
const LONGEST_RING_MS = 25_000;
const MACHINE_RING: Spread = { meanMs: 15_000, deviationMs: 5000 };

/** Standard normal by the polar method of Box and Muller. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/** A lognormal time with this mean and deviation, whole ms. */
export function lognormalMs(random: Random, spread: Spread): number {
  const variance = Math.log(1 + (spread.deviationMs / spread.meanMs) ** 2);
  return Math.round(Math.exp(Math.log(spread.meanMs) - variance / 2 + Math.sqrt(variance) * normal(random)));
}

/** A ring time that is over before callers usually give up: longer ones are drawn again. */
function ringMs(random: Random, spread: Spread): number {
  for (;;) {
    const drawnMs = lognormalMs(random, spread);
    if (drawnMs < LONGEST_RING_MS) return drawnMs;
  }
}

function between(random: Random, [fromMs, toMs]: readonly [number, number]): number {
  return Math.round(fromMs + (toMs - fromMs) * random.next());
}

/** Draws a call plan for each call from shares and times; ring times are under 25 s. */
export function population(options: PopulationOptions = {}): CallPlanner {
  const shares = { ...BASE_SHARES, ...options.shares };
  const ring = options.ring ?? { meanMs: 11_000, deviationMs: 6000 };
  const talk = options.talk ?? { meanMs: 120_000, deviationMs: 120_000 };
  const patience = defined({ patienceMs: options.patienceMs });

  const ringingTo = (random: Random, spread: Spread, outcome: CallOutcome): CallPlan => ({
    setUpMs: between(random, options.setUpMs ?? [1000, 2000]),
    before: 'ringing',
    afterMs: ringMs(random, spread),
    outcome,
  });
  const shortly = (random: Random, outcome: CallOutcome): CallPlan => ({
    setUpMs: between(random, options.setUpMs ?? [1000, 2000]),
    before: 'nothing',
    afterMs: between(random, [0, 1000]),
    outcome,
  });

  const kinds: readonly (readonly [number, (random: Random) => CallPlan])[] = [
    [
      shares.person,
      (random) => {
        const hasLongGreeting = random.next() < (options.longHellos ?? 0);
        return ringingTo(random, ring, {
          type: 'person',
          talksMs: lognormalMs(random, talk),
          ...patience,
          hasLongGreeting,
        });
      },
    ],
    [shares.busy, (random) => shortly(random, REFUSALS.busy)],
    [
      shares.machine,
      (random) => {
        const greeting = random.next() < (options.shortGreetings ?? 0.1) ? 'short' : 'long';
        return ringingTo(random, MACHINE_RING, { type: 'machine', greeting, recordsMs: 30_000 });
      },
    ],
    [shares.rejected, (random) => shortly(random, REFUSALS.rejected)],
    [shares.unknown, (random) => shortly(random, REFUSALS.unknown)],
    [shares.congestion, (random) => shortly(random, REFUSALS.congestion)],
    [shares.fax, (random) => ringingTo(random, ring, { type: 'fax', staysMs: 24_000 })],
    [shares.silent, (random) => ringingTo(random, ring, { type: 'silent', staysMs: 30_000 })],
    [shares.hangsUpAtOnce, (random) => ringingTo(random, ring, { type: 'hangs-up-at-once' })],
  ];
  return (_number, random) => {
    let roll = random.next();
    for (const [share, make] of kinds) {
      if (roll < share) return make(random);
      roll -= share;
    }
    return ringingTo(random, ring, { type: 'no-answer' });
  };
}
