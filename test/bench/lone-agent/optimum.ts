// What the best policy could make of one agent's time in S1, everything known, in steps of a second.
//
// A constrained Markov decision process like those of pacing/optimum.ts: the agent is free, talks (exponentially), or wraps
// up for some time; each call in flight has an age. A person who answers while the agent wraps up waits two seconds. With
// the multiplier λ, seconds of work per abandonment, the gain g(λ) of the best policy comes from relative value iteration,
// and the optimum at the target is min over λ of g(λ).

import { Flights } from './flights.ts';
import { ringLaw, wrapUpLaw, WRAP_UP_AGES } from './laws.ts';
import { WORLDS } from '../../../src/sim/pacing/worlds.ts';

const TALK_S = 120;
const TOLERANCE = 2e-5;
const MOST_SWEEPS = 5000;
/** λ is looked for between these, in seconds. */
const LOWEST = 100;
const HIGHEST = 300;
const SEARCH_STEPS = 8;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

const FREE = 0;
const TALKING = 1;
const WRAP_UP = 2;
const STATES = WRAP_UP + WRAP_UP_AGES;

export class LoneAgent {
  readonly #flights: Flights;
  readonly #wrapUpEnds: Float64Array;
  readonly #value: Float64Array;
  readonly #best: Float64Array;
  #target = 0;
  #lambda = 0;
  #lowest = 0;
  #highest = 0;

  /** `giveUpFrom`: seconds after the dialing from which a call may be given up; Infinity for never. */
  constructor(giveUpFrom: number) {
    const world = WORLDS.get('S1');
    if (world === undefined) throw new Error('world S1 is missing');
    this.#flights = new Flights(ringLaw(world), giveUpFrom);
    this.#wrapUpEnds = wrapUpLaw(world);
    this.#value = new Float64Array(STATES * this.#flights.count);
    this.#best = new Float64Array(STATES * this.#flights.count);
  }

  /** The utilisation, 0–1, with at most this share of the live answers abandoned. */
  optimum(target: number): number {
    if (target === 0) return this.#gain(0, 100_000);
    let [low, high] = [LOWEST, HIGHEST];
    let best = Number.POSITIVE_INFINITY;
    const at = (lambda: number): number => {
      const gain = this.#gain(target, lambda);
      best = Math.min(best, gain);
      return gain;
    };
    let [inner, outer] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    let [atInner, atOuter] = [at(inner), at(outer)];
    for (let step = 0; step < SEARCH_STEPS; step += 1) {
      if (atInner < atOuter) {
        [high, outer, atOuter] = [outer, inner, atInner];
        inner = high - GOLDEN * (high - low);
        atInner = at(inner);
      } else {
        [low, inner, atInner] = [inner, outer, atOuter];
        outer = low + GOLDEN * (high - low);
        atOuter = at(outer);
      }
    }
    return best;
  }

  #gain(target: number, lambda: number): number {
    this.#target = target;
    this.#lambda = lambda;
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
      this.#act();
      this.#pass();
      if (this.#highest - this.#lowest < TOLERANCE) return (this.#highest + this.#lowest) / 2;
    }
    throw new Error('value iteration did not converge');
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
  #pass(): void {
    this.#lowest = Number.POSITIVE_INFINITY;
    this.#highest = Number.NEGATIVE_INFINITY;
    const { count } = this.#flights;
    for (let state = 0; state < STATES; state += 1) {
      for (let i = 0; i < count; i += 1) {
        const value = (state === FREE ? 0 : 1) + this.#afterSecond(state, i);
        const gained = value - (this.#value[state * count + i] ?? 0);
        this.#lowest = Math.min(this.#lowest, gained);
        this.#highest = Math.max(this.#highest, gained);
        this.#value[state * count + i] = value;
      }
    }
    const origin = this.#value[0] ?? 0;
    for (let at = 0; at < this.#value.length; at += 1) this.#value[at] = (this.#value[at] ?? 0) - origin;
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
