// How many agents will be free when the next call is answered, with its whole distribution.
//
// For each instant t ahead,
//   D(t) = agents ready − callers waiting + Σ Bernoulli(agent free by t) − Σ Bernoulli(call answered by t),
// all independent. P(D(t) ≤ 0) is the chance that a person who answers at t gets no agent. With up to `EXACT` uncertain
// agents and calls it is computed exactly (two Poisson-binomial distributions), beyond that from three moments.

import { STEPS } from './grid.ts';
import { atMostZero } from './normal.ts';
import { NEGLIGIBLE, Successes } from './successes.ts';

/** Most agents and calls together for which the distributions are kept exactly. */
const EXACT = 60;

export class Supply {
  readonly #mean = new Float64Array(STEPS);
  /** Answers expected by step k. */
  readonly #answers = new Float64Array(STEPS);
  readonly #variance = new Float64Array(STEPS);
  readonly #third = new Float64Array(STEPS);
  readonly #freed = new Successes();
  readonly #answered = new Successes();
  /** Step k: agents ready minus callers waiting, less those who will have left by then. */
  readonly #free = new Int32Array(STEPS);
  readonly #leaving = new Float64Array(STEPS);
  readonly #noAgents = new Float64Array(STEPS);
  readonly #soonS: number;
  #exact = true;
  /** Whether anything was put in or taken out since `#noAgents` was worked out. */
  #changed = true;

  /** For a grid with steps of `stepS` seconds. */
  constructor(stepS: number) {
    this.#soonS = stepS / 2;
  }

  /** Starts over: `free` agents ready minus callers waiting, and this many busy agents and calls to come. */
  reset(free: number, uncertain: number): void {
    this.#changed = true;
    this.#free.fill(free);
    this.#mean.fill(free);
    this.#answers.fill(0);
    this.#variance.fill(0);
    this.#third.fill(0);
    this.#exact = uncertain <= EXACT;
    this.#freed.reset();
    this.#answered.reset();
  }

  /** So many more agents, each free by step k with probability `table[row + k]`. */
  addAgents(count: number, table: Float64Array, row: number): void {
    this.#changed = true;
    if (!this.#exact) {
      this.#addMoments(count, table, row, 1);
      return;
    }
    for (let k = 0; k < STEPS; k += 1) this.#mean[k] = (this.#mean[k] ?? 0) + count * (table[row + k] ?? 0);
    for (let i = 0; i < count; i += 1) this.#freed.add(table, row);
  }

  /** One more agent, who will have left by step `leaves`: counts before, and not from then on. */
  addLeaving(table: Float64Array, row: number, leaves: number): void {
    this.#leaving.fill(0);
    for (let k = 0; k < leaves; k += 1) this.#leaving[k] = table[row + k] ?? 0;
    this.addAgents(1, this.#leaving, 0);
  }

  /** An agent who is ready now will have left by step `leaves`. */
  readyLeaves(leaves: number): void {
    this.#changed = true;
    for (let k = leaves; k < STEPS; k += 1) {
      this.#mean[k] = (this.#mean[k] ?? 0) - 1;
      this.#free[k] = (this.#free[k] ?? 0) - 1;
    }
  }

  /** So many more calls, each answered by step k with probability `table[row + k]`. */
  addCalls(count: number, table: Float64Array, row: number): void {
    this.#changed = true;
    for (let k = 0; k < STEPS; k += 1) this.#answers[k] = (this.#answers[k] ?? 0) + count * (table[row + k] ?? 0);
    if (!this.#exact) {
      this.#addMoments(count, table, row, -1);
      return;
    }
    for (let k = 0; k < STEPS; k += 1) this.#mean[k] = (this.#mean[k] ?? 0) - count * (table[row + k] ?? 0);
    for (let i = 0; i < count; i += 1) this.#answered.add(table, row);
  }

  /** Takes out a call that was put in with the same row. */
  removeCall(table: Float64Array, row: number): void {
    this.#changed = true;
    for (let k = 0; k < STEPS; k += 1) this.#answers[k] = (this.#answers[k] ?? 0) - (table[row + k] ?? 0);
    if (this.#exact) {
      for (let k = 0; k < STEPS; k += 1) this.#mean[k] = (this.#mean[k] ?? 0) + (table[row + k] ?? 0);
      this.#answered.remove(table, row);
    } else this.#addMoments(-1, table, row, -1);
  }

  /** P(D ≤ 0) at step k if the call of this row were not there. */
  noAgentWithout(k: number, table: Float64Array, row: number): number {
    const p = table[row + k] ?? 0;
    if (this.#exact) return this.#freed.atMostWithout(k, this.#free[k] ?? 0, this.#answered, p);
    if (p < NEGLIGIBLE) return this.noAgent(k);
    const v = p * (1 - p);
    const variance = Math.max(0, (this.#variance[k] ?? 0) - v);
    return atMostZero((this.#mean[k] ?? 0) + p, variance, (this.#third[k] ?? 0) + v * (1 - 2 * p));
  }

  /** People expected to answer, of the calls put in, who then get no agent. */
  expectedAbandoned(): number {
    const noAgents = this.noAgents();
    let sum = 0;
    let before = 0;
    for (let k = 0; k < STEPS; k += 1) {
      const upTo = this.#answers[k] ?? 0;
      if (upTo - before > 1e-6) sum += (upTo - before) * (noAgents[k] ?? 0);
      before = upTo;
    }
    return sum;
  }

  /** Live answers per second that the calls put in have just now. */
  get answersPerS(): number {
    return (this.#answers[0] ?? 0) / this.#soonS;
  }

  /** Expected D at step k. */
  mean(k: number): number {
    return this.#mean[k] ?? 0;
  }

  /** P(D ≤ 0) at step k: no agent free for one more caller. */
  noAgent(k: number): number {
    if (this.#exact) return this.#freed.atMost(k, this.#free[k] ?? 0, this.#answered);
    return atMostZero(this.#mean[k] ?? 0, this.#variance[k] ?? 0, this.#third[k] ?? 0);
  }

  /** The same of every step, until something is put in or taken out; worked out once. */
  noAgents(): Float64Array {
    if (!this.#changed) return this.#noAgents;
    this.#changed = false;
    for (let k = 0; k < STEPS; k += 1) this.#noAgents[k] = this.noAgent(k);
    return this.#noAgents;
  }

  #addMoments(count: number, table: Float64Array, row: number, sign: 1 | -1): void {
    const mean = this.#mean;
    const variance = this.#variance;
    const third = this.#third;
    const signed = count * sign;
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      const v = p - p * p;
      mean[k] = (mean[k] ?? 0) + signed * p;
      variance[k] = (variance[k] ?? 0) + count * v;
      third[k] = (third[k] ?? 0) + signed * (v - 2 * p * v);
    }
  }
}
