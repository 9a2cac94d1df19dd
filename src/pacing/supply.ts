// How many agents will be free when the next call is answered, with its whole distribution.
//
// For each instant t ahead,
//   D(t) = agents ready − callers waiting + Σ Bernoulli(agent free by t) − Σ Bernoulli(call answered by t),
// all independent. P(D(t) ≤ 0) is the chance that a person who answers at t meets nobody. Up to `EXACT` uncertain
// agents and calls it is computed exactly (Poisson-binomial by convolution), beyond that from three moments.

import { STEPS } from './grid.ts';
import { atMostZero } from './normal.ts';

/** Most agents and calls for which the distribution is kept exactly. */
const EXACT = 60;
const WIDTH = EXACT + 1;
/** A chance closer to 0 than this is 0, closer to 1 is 1. */
const NEGLIGIBLE = 1e-4;

export class Supply {
  readonly #mean = new Float64Array(STEPS);
  /** Answers expected by step k. */
  readonly #answers = new Float64Array(STEPS);
  readonly #variance = new Float64Array(STEPS);
  readonly #third = new Float64Array(STEPS);
  /** Step k: distribution of the number of successes among `#sizes[k]` uncertain ones. */
  readonly #pmf = new Float64Array(STEPS * WIDTH);
  readonly #scratch = new Float64Array(WIDTH);
  readonly #leaving = new Float64Array(STEPS);
  readonly #sizes = new Int32Array(STEPS);
  /** Step k: D is `#offsets[k]` plus the successes. */
  readonly #offsets = new Int32Array(STEPS);
  #exact = true;

  /** Starts anew: `free` agents ready minus callers waiting, and this many busy agents and calls to come. */
  reset(free: number, uncertain: number): void {
    this.#mean.fill(free);
    this.#answers.fill(0);
    this.#variance.fill(0);
    this.#third.fill(0);
    this.#offsets.fill(free);
    this.#sizes.fill(0);
    this.#exact = uncertain <= EXACT;
    if (!this.#exact) return;
    for (let k = 0; k < STEPS; k += 1) this.#pmf[k * WIDTH] = 1;
  }

  /** One more agent who is free by step k with probability `table[row + k]`. */
  addAgent(table: Float64Array, row: number): void {
    if (!this.#exact || !this.#addExactly(table, row, 1)) this.#exact = false;
    this.#addMoments(table, row, 1);
  }

  /** The same for an agent who will have left by step `leaves`: counts before, and not from then on. */
  addLeaving(table: Float64Array, row: number, leaves: number): void {
    this.#leaving.fill(0);
    for (let k = 0; k < leaves; k += 1) this.#leaving[k] = table[row + k] ?? 0;
    this.addAgent(this.#leaving, 0);
  }

  /** An agent who is ready now will have left by step `leaves`. */
  readyLeaves(leaves: number): void {
    for (let k = leaves; k < STEPS; k += 1) {
      this.#mean[k] = (this.#mean[k] ?? 0) - 1;
      this.#offsets[k] = (this.#offsets[k] ?? 0) - 1;
    }
  }

  /** One more call that is answered by step k with probability `table[row + k]`. */
  addCall(table: Float64Array, row: number): void {
    for (let k = 0; k < STEPS; k += 1) this.#answers[k] = (this.#answers[k] ?? 0) + (table[row + k] ?? 0);
    if (!this.#exact || !this.#addExactly(table, row, -1)) this.#exact = false;
    this.#addMoments(table, row, -1);
  }

  /** Takes out a call that was put in with the same row. */
  removeCall(table: Float64Array, row: number): void {
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      if (p < NEGLIGIBLE) continue;
      const v = p * (1 - p);
      this.#mean[k] = (this.#mean[k] ?? 0) + p;
      this.#variance[k] = Math.max(0, (this.#variance[k] ?? 0) - v);
      this.#third[k] = (this.#third[k] ?? 0) + v * (1 - 2 * p);
      if (this.#exact) this.#takeOut(k, p);
    }
  }

  /** P(D ≤ 0) at step k if the call of this row were not there. */
  nobodyWithout(k: number, table: Float64Array, row: number): number {
    const p = table[row + k] ?? 0;
    if (p < NEGLIGIBLE) return this.nobody(k);
    const v = p * (1 - p);
    if (!this.#exact) {
      const variance = Math.max(0, (this.#variance[k] ?? 0) - v);
      return atMostZero((this.#mean[k] ?? 0) + p, variance, (this.#third[k] ?? 0) + v * (1 - 2 * p));
    }
    const upTo = -(this.#offsets[k] ?? 0) - 1;
    if (p > 1 - NEGLIGIBLE) return this.#upTo(this.#pmf, k * WIDTH, Math.min(upTo, this.#sizes[k] ?? 0));
    this.#deconvolve(k * WIDTH, this.#sizes[k] ?? 0, 1 - p);
    return this.#upTo(this.#scratch, 0, Math.min(upTo, (this.#sizes[k] ?? 0) - 1));
  }

  /** People expected to answer, of the calls put in, who then meet nobody. */
  expectedAbandoned(): number {
    let sum = 0;
    let before = 0;
    for (let k = 0; k < STEPS; k += 1) {
      const upTo = this.#answers[k] ?? 0;
      if (upTo - before > 1e-6) sum += (upTo - before) * this.nobody(k);
      before = upTo;
    }
    return sum;
  }

  /** Expected D at step k. */
  mean(k: number): number {
    return this.#mean[k] ?? 0;
  }

  /** P(D ≤ 0) at step k: nobody free for one more caller. */
  nobody(k: number): number {
    if (!this.#exact) return atMostZero(this.#mean[k] ?? 0, this.#variance[k] ?? 0, this.#third[k] ?? 0);
    return this.#upTo(this.#pmf, k * WIDTH, Math.min(-(this.#offsets[k] ?? 0), this.#sizes[k] ?? 0));
  }

  #addMoments(table: Float64Array, row: number, sign: 1 | -1): void {
    const mean = this.#mean;
    const variance = this.#variance;
    const third = this.#third;
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      const v = p - p * p;
      mean[k] = (mean[k] ?? 0) + sign * p;
      variance[k] = (variance[k] ?? 0) + v;
      third[k] = (third[k] ?? 0) + sign * (v - 2 * p * v);
    }
  }

  /** Adds ±Bernoulli(p) to D at every step; false when there are too many to go on exactly. */
  #addExactly(table: Float64Array, row: number, sign: 1 | -1): boolean {
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      if (p < NEGLIGIBLE) continue;
      const certain = p > 1 - NEGLIGIBLE;
      // −Bernoulli(p) is Bernoulli(1−p) − 1.
      if (certain || sign === -1) this.#offsets[k] = (this.#offsets[k] ?? 0) + sign;
      if (certain) continue;
      const size = this.#sizes[k] ?? 0;
      if (size === EXACT) return false;
      this.#convolve(k * WIDTH, size, sign === 1 ? p : 1 - p);
      this.#sizes[k] = size + 1;
    }
    return true;
  }

  #upTo(pmf: Float64Array, start: number, last: number): number {
    let sum = 0;
    for (let i = 0; i <= last; i += 1) sum += pmf[start + i] ?? 0;
    return Math.min(1, Math.max(0, sum));
  }

  #takeOut(k: number, p: number): void {
    this.#offsets[k] = (this.#offsets[k] ?? 0) + 1;
    if (p > 1 - NEGLIGIBLE) return;
    const size = this.#sizes[k] ?? 0;
    this.#deconvolve(k * WIDTH, size, 1 - p);
    for (let i = 0; i < size; i += 1) this.#pmf[k * WIDTH + i] = this.#scratch[i] ?? 0;
    this.#sizes[k] = size - 1;
  }

  /** Writes the distribution without one Bernoulli(p) into the scratch, from the end that keeps errors small. */
  #deconvolve(start: number, size: number, p: number): void {
    const pmf = this.#pmf;
    const out = this.#scratch;
    if (p < 0.5) {
      let below = 0;
      for (let i = 0; i < size; i += 1) {
        below = Math.max(0, ((pmf[start + i] ?? 0) - p * below) / (1 - p));
        out[i] = below;
      }
      return;
    }
    let above = 0;
    for (let i = size; i > 0; i -= 1) {
      above = Math.max(0, ((pmf[start + i] ?? 0) - (1 - p) * above) / p);
      out[i - 1] = above;
    }
  }

  #convolve(start: number, size: number, p: number): void {
    const pmf = this.#pmf;
    const miss = 1 - p;
    pmf[start + size + 1] = (pmf[start + size] ?? 0) * p;
    for (let i = size; i > 0; i -= 1) {
      pmf[start + i] = (pmf[start + i] ?? 0) * miss + (pmf[start + i - 1] ?? 0) * p;
    }
    pmf[start] = (pmf[start] ?? 0) * miss;
  }
}
