// A world of figures that somebody gives: answer rate, times of ringing, talk and wrap-up, and what becomes of the rest.

import type { Random } from '../../base/random.ts';
import { lognormal, uniform, type Lognormal } from '../pacing/draws.ts';
import type { Dial, World } from '../pacing/worlds.ts';

/** Times in seconds, shares 0–1. */
export interface WorldFigures {
  readonly name: string;
  /** From each instant of the shift on; the first counts from its beginning. */
  readonly answerRates: readonly { readonly fromS: number; readonly rate: number }[];
  readonly setUpS: readonly [number, number];
  readonly ring: Lognormal;
  readonly machineRing: Lognormal;
  /** When the dialer gives up. */
  readonly ringLimitS: number;
  /** Of the dials that reach no person. */
  readonly busy: number;
  readonly machine: number;
  /** How long a detector listens before its result; 0: no detector. */
  readonly detectS: number;
  readonly talk: Lognormal;
  readonly wrapUp: Lognormal;
  /** After a wrap-up. */
  readonly breaks: { readonly chance: number; readonly meanS: number };
  readonly patienceS: number;
}

/** The base world of outdial's pacing research. */
export const USUAL_FIGURES: WorldFigures = {
  name: 'given figures',
  answerRates: [{ fromS: 0, rate: 0.3 }],
  setUpS: [1, 2],
  ring: { mean: 11, sd: 6 },
  machineRing: { mean: 15, sd: 5 },
  ringLimitS: 25,
  busy: 0.12,
  machine: 0.38,
  detectS: 0,
  talk: { mean: 120, sd: 120 },
  wrapUp: { mean: 20, sd: 10 },
  breaks: { chance: 0, meanS: 300 },
  patienceS: 2,
};

export function givenWorld(figures: WorldFigures, shape: { readonly warmUpS: number; readonly shiftS: number }): World {
  const { name, talk, wrapUp, breaks, patienceS, detectS } = figures;
  return {
    name,
    about: 'from given figures',
    ...shape,
    patienceS,
    pickUpSeen: detectS > 0,
    dial: (t, _half, random) => dialOf(figures, t - shape.warmUpS, random),
    talkS: (_t, _half, draws) => lognormal(draws.talk, talk),
    wrapUpS: (draws) => (wrapUp.mean <= 0 ? 0 : lognormal(draws.wrapUp, wrapUp)),
    breaks,
    leave: { share: 0, forS: 0 },
  };
}

/** Draws as many values for every dial, whatever becomes of it. */
function dialOf(figures: WorldFigures, t: number, random: Random): Dial {
  const { ringLimitS, busy, machine, detectS } = figures;
  const setUpS = uniform(random, ...figures.setUpS);
  const isPerson = random.next() < rateAt(figures, t);
  const kind = random.next();
  const ringS = lognormal(random, figures.ring);
  const machineS = lognormal(random, figures.machineRing);
  const busyS = uniform(random, 1, 3);
  const isLate = ringLimitS < (isPerson ? ringS : machineS);
  if (isPerson && !isLate) return { end: 'person', setUpS, ringS, verdictS: detectS, mistaken: false };
  if (!isPerson && kind < busy) return { end: 'busy', setUpS, ringS: busyS, verdictS: 0, mistaken: false };
  if (!isPerson && kind < busy + machine && !isLate) {
    return { end: 'machine', setUpS, ringS: machineS, verdictS: Math.max(detectS, 3), mistaken: false };
  }
  return { end: 'no-answer', setUpS, ringS: ringLimitS, verdictS: 0, mistaken: false };
}

function rateAt({ answerRates }: WorldFigures, t: number): number {
  return answerRates.findLast(({ fromS }) => fromS <= Math.max(0, t))?.rate ?? answerRates[0]?.rate ?? 0;
}
