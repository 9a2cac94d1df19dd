// What the best policy could make of one agent's time in S1, everything known, in steps of a second.
//
// A constrained Markov decision process like those of pacing/optimum.ts: the agent is free, talks (exponentially), or wraps
// up for some time; each call in flight has an age. A person who answers while the agent wraps up waits two seconds. The
// multiplier λ is in seconds of work per abandonment.

import { Flights } from './flights.ts';
import { ringLaw, wrapUpLaw, WRAP_UP_AGES } from './laws.ts';
import { WORLDS, type World } from '../../../src/sim/pacing/worlds.ts';
import type { Chain } from '../pacing/chain.ts';
import { dualOptimum } from '../pacing/optimum.ts';

const TALK_S = 120;

const FREE = 0;
const TALKING = 1;
const WRAP_UP = 2;
const STATES = WRAP_UP + WRAP_UP_AGES;

export interface LoneWorld {
  /** Most abandoned ÷ live answers, 0–1. */
  readonly target: number;
  /** Seconds after the dialing from which a call may be given up; Infinity for never. */
  readonly giveUpFrom: number;
}

/** Work per abandonment, in seconds, above which λ is not looked for. */
const HIGHEST_LAMBDA = 400;
/** At this price no call is abandoned. */
const PROHIBITIVE = 100_000;

class LoneAgent implements Chain {
  readonly rate = 1;
  readonly #flights: Flights;
  readonly #wrapUpEnds: Float64Array;
  readonly #value: Float64Array;
  readonly #best: Float64Array;
  readonly #target: number;
  #lambda = 0;

  constructor(world: World, { target, giveUpFrom }: LoneWorld) {
    this.#target = target;
    this.#flights = new Flights(ringLaw(world), giveUpFrom);
    this.#wrapUpEnds = wrapUpLaw(world);
    this.#value = new Float64Array(STATES * this.#flights.count);
    this.#best = new Float64Array(STATES * this.#flights.count);
  }

  sweep(lambda: number): { lowest: number; highest: number } {
    this.#lambda = lambda;
    this.#act();
    return this.#pass();
  }

  /** best = what a flight is worth after giving up and dialing whatever is best: both are instant and free. */
  #act(): void {
    const { count, dialed, givenUp } = this.#flights;
    const best = this.#best;
    for (let state = 0; state < STATES; state += 1) {
      const row = state * count;
      for (let i = count - 1; i >= 0; i -= 1) {
        const more = dialed[i] ?? -1;
        const now = this.#value[row + i] ?? 0;
        best[row + i] = more < 0 ? now : Math.max(now, best[row + more] ?? 0);
      }
      for (let i = 0; i < count; i += 1) {
        for (const less of givenUp[i] ?? []) best[row + i] = Math.max(best[row + i] ?? 0, best[row + less] ?? 0);
      }
    }
  }

  /** One second passes: the values before it from those after it. */
  #pass(): { lowest: number; highest: number } {
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    const { count } = this.#flights;
    for (let state = 0; state < STATES; state += 1) {
      for (let i = 0; i < count; i += 1) {
        const value = (state === FREE ? 0 : 1) + this.#afterSecond(state, i);
        const gained = value - (this.#value[state * count + i] ?? 0);
        lowest = Math.min(lowest, gained);
        highest = Math.max(highest, gained);
        this.#value[state * count + i] = value;
      }
    }
    const origin = this.#value[0] ?? 0;
    for (let at = 0; at < this.#value.length; at += 1) this.#value[at] = (this.#value[at] ?? 0) - origin;
    return { lowest, highest };
  }

  #afterSecond(state: number, flight: number): number {
    const { from, chance, left, answers } = this.#flights;
    let sum = 0;
    const end = from[flight + 1] ?? 0;
    for (let at = from[flight] ?? 0; at < end; at += 1) {
      const answered = answers[at] ?? 0;
      const allowed = this.#lambda * this.#target * answered;
      sum += (chance[at] ?? 0) * (allowed + this.#worth(state, left[at] ?? 0, answered));
    }
    return sum;
  }

  /** What it is worth to go on with this flight after so many people have answered, those abandoned paid for. */
  #worth(state: number, flight: number, answered: number): number {
    const { count } = this.#flights;
    const best = this.#best;
    const ifFree = best[FREE * count + flight] ?? 0;
    const ifTalking = best[TALKING * count + flight] ?? 0;
    if (state === FREE) return answered === 0 ? ifFree : ifTalking - this.#lambda * (answered - 1);
    if (state === TALKING) {
      const ends = 1 / TALK_S;
      return (1 - ends) * ifTalking + ends * (best[WRAP_UP * count + flight] ?? 0) - this.#lambda * answered;
    }
    const ends = this.#wrapUpEnds[state - WRAP_UP] ?? 0;
    const older = Math.min(STATES - 1, state + 1);
    const goesOn = ((best[state * count + flight] ?? 0) + (best[older * count + flight] ?? 0)) / 2;
    if (answered === 0) return ends * ifFree + (1 - ends) * goesOn;
    const inTime = 1 - (1 - ends) ** 2;
    return inTime * ifTalking + (1 - inTime) * goesOn - this.#lambda * (answered - inTime);
  }
}

/** The best utilisation, 0–1, of one agent alone in S1. */
export function loneOptimum(lone: LoneWorld): number {
  const world = WORLDS.get('S1');
  if (world === undefined) throw new Error('world S1 is missing');
  return dualOptimum(new LoneAgent(world, lone), lone.target === 0 ? PROHIBITIVE : HIGHEST_LAMBDA);
}
