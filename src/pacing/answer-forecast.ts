// When, if ever, a call in flight will be answered by a person.
//
// With p the answer rate, G(t) the share of live answers that came within t seconds, Gn(t) the same for every other
// end, a call of age a answers within the next t with probability
//   q(t | a) = p·(G(a+t) − G(a)) ÷ (1 − p·G(a) − (1−p)·Gn(a)).
// The same holds from the pick-up on, with figures of its own, while a detector still listens.

import { AnswerRate } from './answer-rate.ts';
import type { Json } from './contract.ts';
import { STEPS, type Grid } from './grid.ts';
import { TimeHistogram } from './histogram.ts';
import { partOf } from './learned.ts';

/** Times are remembered over this many outcomes of their kind. */
const MEMORY = 500;
const AGES_PER_S = 2;

export interface AnswerForecastShape {
  readonly grid: Grid;
  /** Ages up to this many seconds are told apart. */
  readonly longestS: number;
  readonly binS: number;
  readonly priorLive: readonly number[];
  readonly priorOther: readonly number[];
}

export class AnswerForecast {
  readonly rate = new AnswerRate();
  readonly #grid: Grid;
  readonly #live: TimeHistogram;
  readonly #other: TimeHistogram;
  readonly #ages: number;
  readonly #table: Float64Array;
  readonly #arrival = new Float64Array(STEPS);
  #stale = true;

  constructor(shape: AnswerForecastShape) {
    this.#grid = shape.grid;
    this.#live = new TimeHistogram({ binS: shape.binS, prior: shape.priorLive, memory: MEMORY });
    this.#other = new TimeHistogram({ binS: shape.binS, prior: shape.priorOther, memory: MEMORY });
    this.#ages = Math.ceil(shape.longestS * AGES_PER_S) + 1;
    this.#table = new Float64Array(this.#ages * STEPS);
  }

  learnLive(ageS: number, perSecond: number): void {
    this.rate.learn(1, perSecond);
    this.#live.learn(ageS);
    this.#stale = true;
  }

  learnOther(ageS: number, perSecond: number): void {
    this.rate.learn(0, perSecond);
    this.#other.learn(ageS);
    this.#stale = true;
  }

  /** The call was given up at this age: it counts as live with the chance it still had. */
  learnUnknown(ageS: number, perSecond: number): void {
    this.rate.learn(this.#chanceLeft(ageS), perSecond);
    this.#stale = true;
  }

  /** Where in `table` the row of a call of this age starts; the row holds q at the middle of each step. */
  row(ageS: number): number {
    const age = Math.max(0, Math.round(ageS * AGES_PER_S));
    return Math.min(age, this.#ages - 1) * STEPS;
  }

  /** The rows of all ages, valid until the next outcome is learned. */
  get table(): Float64Array {
    if (this.#stale) this.#refresh();
    return this.#table;
  }

  /** For a call dialed now that will be answered by a person: the chance that it happens in each step. */
  get arrival(): Float64Array {
    if (this.#stale) this.#refresh();
    return this.#arrival;
  }

  save(): Json {
    return { rate: this.rate.save(), live: this.#live.save(), other: this.#other.save() };
  }

  restore(saved: unknown, weight: number): void {
    this.rate.restore(partOf(saved, 'rate'), weight);
    this.#live.restore(saved, 'live');
    this.#other.restore(saved, 'other');
    this.#stale = true;
  }

  /** The chance that a call of this age is still answered by a person. */
  #chanceLeft(ageS: number): number {
    const p = this.rate.value;
    const before = this.#live.upTo(ageS);
    const open = 1 - p * before - (1 - p) * this.#other.upTo(ageS);
    return open < 1e-6 ? 0 : Math.min(1, (p * (1 - before)) / open);
  }

  #refresh(): void {
    const p = this.rate.value;
    for (let age = 0; age < this.#ages; age += 1) {
      const ageS = age / AGES_PER_S;
      const before = this.#live.upTo(ageS);
      const open = 1 - p * before - (1 - p) * this.#other.upTo(ageS);
      const scale = open < 1e-6 ? 0 : p / open;
      for (let k = 0; k < STEPS; k += 1) {
        const within = this.#live.upTo(ageS + (this.#grid.at[k] ?? 0)) - before;
        this.#table[age * STEPS + k] = Math.min(1, scale * within);
      }
    }
    let before = 0;
    for (let k = 0; k < STEPS; k += 1) {
      const upTo = k === STEPS - 1 ? 1 : this.#live.upTo((k + 1) * this.#grid.stepS);
      this.#arrival[k] = upTo - before;
      before = upTo;
    }
    this.#stale = false;
  }
}
