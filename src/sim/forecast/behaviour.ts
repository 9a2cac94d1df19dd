// How people and agents behaved, as a world to simulate in: every dial, conversation and wrap-up is drawn from those
// that really happened. Makes a world of samples; where they come from is not its business.

import type { Random } from '../../base/random.ts';
import type { Draws } from '../pacing/draws.ts';
import type { Dial, Presence, World } from '../pacing/worlds.ts';

/** What became of one real dial, and when it was made. */
export interface DialSample {
  /** Seconds of the shift; samples are in order of it. */
  readonly atS: number;
  readonly dial: Dial;
}

export interface Behaviour {
  readonly dials: readonly DialSample[];
  /** Seconds. */
  readonly talksS: readonly number[];
  readonly wrapUpsS: readonly number[];
  /** How long a person waits for an agent. */
  readonly patienceS: number;
}

export interface ShiftShape {
  readonly name: string;
  readonly warmUpS: number;
  readonly shiftS: number;
  readonly presence?: readonly (readonly Presence[])[];
  /** Dials are drawn from those made at about the same time; absent: from all. */
  readonly byTime?: boolean;
}

/** Dials made within this time of another are alike, if they are enough to choose from. */
const ALIKE_S = 600;
const ENOUGH = 60;

/** A world in which everything that happens has happened before. There must be at least one of each sample. */
export function worldOfBehaviour(behaviour: Behaviour, shape: ShiftShape): World {
  const { dials, talksS, wrapUpsS, patienceS } = behaviour;
  const { byTime = false, ...rest } = shape;
  return {
    about: 'drawn from what has happened',
    ...rest,
    patienceS,
    pickUpSeen: dials.some(({ dial }) => dial.verdictS > 0),
    dial: (t, _half, random) => (byTime ? dialAbout(dials, t, random) : pick(dials, random)).dial,
    talkS: (_t, _half, draws) => pick(talksS, draws.talk),
    wrapUpS: (draws: Draws) => pick(wrapUpsS, draws.wrapUp),
    breaks: { chance: 0, meanS: 0 },
    leave: { share: 0, forS: Number.POSITIVE_INFINITY },
  };
}

/** Whoever is gone within this time of the answer cannot have waited for an agent. */
const HUNG_UP_MS = 200;

/**
 * Whether a live answer that ended with `result`, so long after it was known to be a person's, was hung up before an agent
 * could be there: with one found (rejected), or with none ready.
 */
export function hungUpAtOnce(result: string, afterMs: number): boolean {
  return result === 'rejected' || (result === 'abandoned' && afterMs < HUNG_UP_MS);
}

/** One of the dials made at about `t`, or of the nearest ones when those are few. */
function dialAbout(dials: readonly DialSample[], t: number, random: Random): DialSample {
  let from = firstFrom(dials, t - ALIKE_S);
  let to = firstFrom(dials, t + ALIKE_S);
  const missing = Math.max(0, Math.ceil((ENOUGH - (to - from)) / 2));
  from = Math.max(0, from - missing);
  to = Math.min(dials.length, Math.max(to + missing, from + 1));
  from = Math.min(from, Math.max(0, to - 1));
  return at(dials, from + random.integer(to - from));
}

/** Place of the first dial at or after `t`. */
function firstFrom(dials: readonly DialSample[], t: number): number {
  let low = 0;
  let high = dials.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(dials, middle).atS < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

function pick<T>(samples: readonly T[], random: Random): T {
  return at(samples, random.integer(samples.length));
}

function at<T>(samples: readonly T[], place: number): T {
  const sample = samples[place];
  if (sample === undefined) throw new RangeError('a world needs at least one sample of each kind');
  return sample;
}
