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
import { RowCounts } from './row-counts.ts';
import type { Supply } from './supply.ts';

/** Times are remembered over this many outcomes of their kind. */
const MEMORY = 500;
const AGES_PER_S = 2;
/** What is learned from an outcome shows in the tables after this time at most. */
const REBUILD_MS = 1000;

export interface AnswerForecastShape {
  readonly grid: Grid;
  /** Ages up to this many seconds are distinguished. */
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
  readonly #inFlight: RowCounts;
  /** The rows of all ages: q at the middle of each step. */
  readonly table: Float64Array;
  /** For a call dialed now that will be answered by a person: the chance that it happens in each step. */
  readonly arrival = new Float64Array(STEPS);
  #stale = true;
  #builtAt = Number.NEGATIVE_INFINITY;

  constructor(shape: AnswerForecastShape) {
    this.#grid = shape.grid;
    this.#live = new TimeHistogram({ binS: shape.binS, prior: shape.priorLive, memory: MEMORY });
    this.#other = new TimeHistogram({ binS: shape.binS, prior: shape.priorOther, memory: MEMORY });
    this.#ages = Math.ceil(shape.longestS * AGES_PER_S) + 1;
    this.table = new Float64Array(this.#ages * STEPS);
    this.#inFlight = new RowCounts(this.#ages);
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

  /** Goes on as if `dials` outcomes had shown this answer rate. */
  expect(answerRate: number, dials: number): void {
    this.rate.expect(answerRate, dials);
    this.#stale = true;
  }

  /** Brings the tables up to date, once a second at most. */
  prepare(now: number): void {
    if (!this.#stale || now - this.#builtAt < REBUILD_MS) return;
    this.#builtAt = now;
    this.#stale = false;
    this.#refresh();
  }

  /** Where in `table` the row of a call of this age starts. */
  row(ageS: number): number {
    return this.#age(ageS) * STEPS;
  }

  /** One more call in flight, of this age, to be put into the supply; `clear` starts over. */
  count(ageS: number): void {
    this.#inFlight.add(this.#age(ageS));
  }

  clear(): void {
    this.#inFlight.clear();
  }

  /** Puts the calls counted into the supply. */
  addTo(supply: Supply): void {
    for (let i = 0; i < this.#inFlight.used; i += 1) {
      const age = this.#inFlight.row(i);
      supply.addCalls(this.#inFlight.count(age), this.table, age * STEPS);
    }
  }

  save(): Json {
    return { rate: this.rate.save(), live: this.#live.save(), other: this.#other.save() };
  }

  restore(saved: unknown, weight: number): void {
    this.rate.restore(partOf(saved, 'rate'), weight);
    this.#live.restore(saved, 'live');
    this.#other.restore(saved, 'other');
    this.#stale = true;
    this.#builtAt = Number.NEGATIVE_INFINITY;
  }

  #age(ageS: number): number {
    return Math.min(this.#ages - 1, Math.max(0, Math.round(ageS * AGES_PER_S)));
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
        this.table[age * STEPS + k] = Math.min(1, scale * within);
      }
    }
    let before = 0;
    for (let k = 0; k < STEPS; k += 1) {
      const upTo = k === STEPS - 1 ? 1 : this.#live.upTo((k + 1) * this.#grid.stepS);
      this.arrival[k] = upTo - before;
      before = upTo;
    }
  }
}
