// How many of some uncertain events have happened by each step of the grid: a Poisson-binomial distribution per step.
//
// Adding an event of chance p is one convolution, f(i) ← (1−p)·f(i) + p·f(i−1); taking it out is the inverse, done
// from the end that keeps errors small. What lies so far out that it weighs less than `DUST`, or
// beyond `MOST` events, counts as the highest number that is kept.

import { STEPS } from './grid.ts';

/** The highest number of events that is distinguished. */
const MOST = 120;
const WIDTH = MOST + 1;
const DUST = 1e-10;
/** A chance closer to 0 than this is 0. */
export const NEGLIGIBLE = 1e-4;

export class Successes {
  readonly #pmf = new Float64Array(STEPS * WIDTH);
  /** The same, one view per step. */
  readonly #steps = Array.from({ length: STEPS }, (_, k) => this.#pmf.subarray(k * WIDTH, (k + 1) * WIDTH));
  /** The highest number that is kept, by step. */
  readonly #top = new Int32Array(STEPS);
  readonly #without = new Float64Array(WIDTH);

  reset(): void {
    for (let k = 0; k < STEPS; k += 1) {
      this.#pmf[k * WIDTH] = 1;
      this.#top[k] = 0;
    }
  }

  /** One more event that has happened by step k with probability `table[row + k]`. */
  add(table: Float64Array, row: number): void {
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      if (p >= NEGLIGIBLE) this.#convolve(k, p);
    }
  }

  /** Takes out an event that was added with the same row. */
  remove(table: Float64Array, row: number): void {
    for (let k = 0; k < STEPS; k += 1) {
      const p = table[row + k] ?? 0;
      if (p < NEGLIGIBLE) continue;
      const top = this.#deconvolve(k, p);
      for (let i = 0; i <= top; i += 1) this.#pmf[k * WIDTH + i] = this.#without[i] ?? 0;
      this.#top[k] = top;
    }
  }

  /** P(own + free ≤ other) at step k. */
  atMost(k: number, free: number, other: Successes): number {
    const top = other.#top[k] ?? 0;
    return this.#atMost(k, free, other.#steps[k] ?? other.#without, top);
  }

  /** The same if `other` were without an event of chance `p` at step k. */
  atMostWithout(k: number, free: number, other: Successes, p: number): number {
    if (p < NEGLIGIBLE) return this.atMost(k, free, other);
    return this.#atMost(k, free, other.#without, other.#deconvolve(k, p));
  }

  #atMost(k: number, free: number, other: Float64Array, otherTop: number): number {
    const start = k * WIDTH;
    const top = this.#top[k] ?? 0;
    let below = 0;
    let next = 0;
    let sum = 0;
    for (let c = Math.max(0, free); c <= otherTop; c += 1) {
      const last = Math.min(top, c - free);
      while (next <= last) {
        below += this.#pmf[start + next] ?? 0;
        next += 1;
      }
      sum += (other[c] ?? 0) * below;
    }
    return sum < 0 ? 0 : sum > 1 ? 1 : sum;
  }

  #convolve(k: number, p: number): void {
    const pmf = this.#pmf;
    const start = k * WIDTH;
    const top = this.#top[k] ?? 0;
    const miss = 1 - p;
    const highest = (pmf[start + top] ?? 0) * p;
    const grows = highest > DUST && top < MOST;
    if (grows) {
      pmf[start + top + 1] = highest;
      this.#top[k] = top + 1;
    }
    for (let i = start + top; i > start; i -= 1) pmf[i] = (pmf[i] ?? 0) * miss + (pmf[i - 1] ?? 0) * p;
    pmf[start] = (pmf[start] ?? 0) * miss;
    if (!grows) pmf[start + top] = (pmf[start + top] ?? 0) + highest;
  }

  /** Writes the distribution at step k without one event of chance p aside; returns its highest number. */
  #deconvolve(k: number, p: number): number {
    const pmf = this.#pmf;
    const out = this.#without;
    const start = k * WIDTH;
    const top = this.#top[k] ?? 0;
    if (p < 0.5) {
      let below = 0;
      for (let i = 0; i <= top; i += 1) {
        below = Math.max(0, ((pmf[start + i] ?? 0) - p * below) / (1 - p));
        out[i] = below;
      }
      return top;
    }
    let above = 0;
    for (let i = top; i >= 0; i -= 1) {
      above = Math.max(0, ((pmf[start + i + 1] ?? 0) * (i < top ? 1 : 0) - (1 - p) * above) / p);
      out[i] = above;
    }
    return top;
  }
}
