// The worlds in which pacing is judged: who answers, after how long, and how long agents need.
// Times in seconds, `t` seconds since the first agent logged in, `half` the middle of the measured shift.

import type { Random } from '../../base/random.ts';
import { exponential, lognormal, uniform, type Draws } from './draws.ts';

type DialEnd = 'person' | 'machine' | 'busy' | 'no-answer';

/** What will come of one dial. */
export interface Dial {
  end: DialEnd;
  /** From the dialing to the first ring. */
  setUpS: number;
  /** From the first ring to the answer or the end. */
  ringS: number;
  /** From the answer to the verdict; 0 is at once. */
  verdictS: number;
  /** A machine taken for a person, or a person for a machine. */
  mistaken: boolean;
  /** A person who hangs up before any agent could be there: a live answer that no one kept waiting. */
  hangsUp?: boolean;
}

export interface World {
  readonly name: string;
  readonly about: string;
  readonly warmUpS: number;
  readonly shiftS: number;
  /** How long a person waits for an agent. */
  readonly patienceS: number;
  /** Whether the dialer learns of the pick-up before the verdict. */
  readonly pickUpSeen: boolean;
  dial(t: number, half: number, random: Random): Dial;
  talkS(t: number, half: number, draws: Draws): number;
  wrapUpS(draws: Draws): number;
  /** Chance of a break after a wrap-up, and its mean length. */
  readonly breaks: { readonly chance: number; readonly meanS: number };
  /** Share of agents who log out at half shift, and for how long. */
  readonly leave: { readonly share: number; readonly forS: number };
  /** When each agent works, in seconds of the shift; absent: from its beginning to its end. */
  readonly presence?: readonly (readonly Presence[])[];
}

export interface Presence {
  readonly fromS: number;
  readonly toS: number;
}

const RING_LIMIT_S = 25;
const PERSON_RING = { mean: 11, sd: 6 };
const MACHINE_RING = { mean: 15, sd: 5 };

interface Usual {
  readonly answerRate: (t: number, half: number) => number;
  readonly talkMeanS: (t: number, half: number) => number;
  readonly wrapUpMeanS: number;
}

const BASE: Usual = { answerRate: () => 0.3, talkMeanS: () => 120, wrapUpMeanS: 20 };

function usual(name: string, about: string, changes: Partial<Usual> = {}, more: Partial<World> = {}): World {
  const world = { ...BASE, ...changes };
  return {
    name,
    about,
    warmUpS: 1800,
    shiftS: 8 * 3600,
    patienceS: 2,
    pickUpSeen: false,
    dial: (t, half, random) => usualDial(world.answerRate(t, half), random),
    talkS: (t, half, draws) => {
      const mean = world.talkMeanS(t, half);
      return lognormal(draws.talk, { mean, sd: mean });
    },
    wrapUpS: (draws) => lognormal(draws.wrapUp, { mean: world.wrapUpMeanS, sd: world.wrapUpMeanS / 2 }),
    breaks: { chance: 0, meanS: 300 },
    leave: { share: 0, forS: 1800 },
    ...more,
  };
}

/** A person with probability p; of the rest 12 % busy, 38 % machines, 50 % no one. Always draws as many values. */
function usualDial(p: number, random: Random): Dial {
  const setUpS = uniform(random, 1, 2);
  const answered = random.next() < p;
  const kind = random.next();
  const person = Math.min(RING_LIMIT_S, lognormal(random, PERSON_RING));
  const machine = Math.min(RING_LIMIT_S, lognormal(random, MACHINE_RING));
  const busy = uniform(random, 1, 3);
  const verdict = uniform(random, 2, 4);
  if (answered) return { end: 'person', setUpS, ringS: person, verdictS: 0, mistaken: false };
  if (kind < 0.12) return { end: 'busy', setUpS, ringS: busy, verdictS: 0, mistaken: false };
  if (kind < 0.5) return { end: 'machine', setUpS, ringS: machine, verdictS: verdict, mistaken: false };
  return { end: 'no-answer', setUpS, ringS: RING_LIMIT_S, verdictS: 0, mistaken: false };
}

/** S6: the detector needs 1–2 s for people too, takes 3 % of them for machines and 10 % of machines for people. */
function detectedDial(p: number, random: Random): Dial {
  const dial = usualDial(p, random);
  const needs = uniform(random, 1, 2);
  const wrong = random.next();
  if (dial.end === 'person') return { ...dial, verdictS: needs, mistaken: wrong < 0.03 };
  if (dial.end === 'machine') return { ...dial, mistaken: wrong < 0.1 };
  return dial;
}

function exponentialRing(p: number): World['dial'] {
  return (_t, _half, random) => {
    const ringS = exponential(random, 12.5);
    return { end: random.next() < p ? 'person' : 'no-answer', setUpS: 0, ringS, verdictS: 0, mistaken: false };
  };
}

function stagedRing(p: number): World['dial'] {
  return (_t, _half, random) => {
    const stages = [exponential(random, 6.5), exponential(random, 6.5), exponential(random, 6.5)];
    const kind = random.next();
    const which = random.next();
    const after = (n: number): number => stages.slice(0, n).reduce((a, b) => a + b, 0);
    if (kind < p) {
      const ringS = after(which < 0.25 ? 1 : which < 0.75 ? 2 : 3);
      return { end: 'person', setUpS: 0, ringS, verdictS: 0, mistaken: false };
    }
    const busy = which < 0.12;
    return { end: busy ? 'busy' : 'no-answer', setUpS: 0, ringS: after(busy ? 1 : 3), verdictS: 0, mistaken: false };
  };
}

function solvable(name: string, about: string, dial: World['dial']): World {
  return usual(
    name,
    about,
    {},
    {
      patienceS: 0,
      dial,
      talkS: (_t, _half, draws) => exponential(draws.talk, 140),
      wrapUpS: () => 0,
    },
  );
}

/** Every world of the benchmark by its name. */
export const WORLDS: ReadonlyMap<string, World> = new Map(
  [
    usual('S1', 'base: 30 % answer, talk 120 s, wrap-up 20 s'),
    usual('S2', 'few answer, short calls', { answerRate: () => 0.12, talkMeanS: () => 75, wrapUpMeanS: 15 }),
    usual('S3', 'many answer, long calls', { answerRate: () => 0.55, talkMeanS: () => 240, wrapUpMeanS: 30 }),
    usual('S4', 'answer rate leaps from 20 to 45 % at half shift', {
      answerRate: (t, half) => (t < half ? 0.2 : 0.45),
    }),
    usual(
      'S5',
      'breaks, 30 % of agents leave for half an hour',
      {},
      {
        breaks: { chance: 1 / 19, meanS: 300 },
        leave: { share: 0.3, forS: 1800 },
      },
    ),
    usual(
      'S6',
      'answering machine detection with mistakes',
      {},
      {
        pickUpSeen: true,
        dial: (_t, _half, random) => detectedDial(0.3, random),
      },
    ),
    usual('S7', 'answer rate toggles 15 and 50 % every 10 min', {
      answerRate: (t) => (Math.floor(t / 600) % 2 === 0 ? 0.15 : 0.5),
    }),
    usual('S8', 'one hour from nothing', {}, { warmUpS: 0, shiftS: 3600 }),
    usual('S9', 'talk doubles at half shift', { talkMeanS: (t, half) => (t < half ? 120 : 240) }),
    solvable('w1-15', 'exponential ring, 15 % answer', exponentialRing(0.15)),
    solvable('w1-30', 'exponential ring, 30 % answer', exponentialRing(0.3)),
    solvable('w1-60', 'exponential ring, 60 % answer', exponentialRing(0.6)),
    solvable('w3-15', 'ring in three stages, 15 % answer', stagedRing(0.15)),
    solvable('w3-30', 'ring in three stages, 30 % answer', stagedRing(0.3)),
  ].map((world) => [world.name, world]),
);
