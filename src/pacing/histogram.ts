// How long something takes, as a histogram that forgets slowly: F(t) = P(time ≤ t).
// Each new time weighs 1, older ones (1 − 1/memory) less per newer one; a prior shape keeps it sane when little is known.

import type { Json } from './contract.ts';
import { numbersFrom } from './learned.ts';

/** Above this the growing weights are scaled back; any large number does. */
const RESCALE = 1e12;

export class TimeHistogram {
  readonly #binS: number;
  readonly #counts: Float64Array;
  readonly #prior: readonly number[];
  readonly #growth: number;
  readonly #cumulative: Float64Array;
  #weight = 1;
  #stale = true;

  /** `prior` holds the prior weight of each bin of `binS` seconds; the last bin takes all longer times. */
  constructor(shape: { binS: number; prior: readonly number[]; memory: number }) {
    this.#binS = shape.binS;
    this.#prior = shape.prior;
    this.#counts = new Float64Array(shape.prior.length);
    this.#cumulative = new Float64Array(shape.prior.length + 1);
    this.#growth = 1 / (1 - 1 / shape.memory);
  }

  learn(seconds: number): void {
    this.#weight *= this.#growth;
    const bin = Math.min(this.#counts.length - 1, Math.max(0, Math.floor(seconds / this.#binS)));
    this.#counts[bin] = (this.#counts[bin] ?? 0) + this.#weight;
    this.#stale = true;
    if (this.#weight > RESCALE) this.#rescale();
  }

  /** F(t), linear within a bin. */
  upTo(seconds: number): number {
    if (this.#stale) this.#refresh();
    const last = this.#counts.length;
    const x = seconds / this.#binS;
    if (x <= 0) return 0;
    if (x >= last) return 1;
    const bin = Math.floor(x);
    const below = this.#cumulative[bin] ?? 0;
    return below + (x - bin) * ((this.#cumulative[bin + 1] ?? 1) - below);
  }

  save(): Json {
    return [...this.#counts].map((count) => count / this.#weight);
  }

  restore(saved: unknown, key: string): void {
    const counts = numbersFrom(saved, key, this.#counts.length);
    if (counts === undefined) return;
    this.#counts.set(counts);
    this.#weight = 1;
    this.#stale = true;
  }

  #refresh(): void {
    let sum = 0;
    for (let bin = 0; bin < this.#counts.length; bin += 1) {
      sum += (this.#counts[bin] ?? 0) / this.#weight + (this.#prior[bin] ?? 0);
      this.#cumulative[bin + 1] = sum;
    }
    for (let bin = 1; bin <= this.#counts.length; bin += 1) {
      this.#cumulative[bin] = (this.#cumulative[bin] ?? 0) / sum;
    }
    this.#stale = false;
  }

  #rescale(): void {
    for (let bin = 0; bin < this.#counts.length; bin += 1) {
      this.#counts[bin] = (this.#counts[bin] ?? 0) / this.#weight;
    }
    this.#weight = 1;
  }
}
