// How many calls may start this very moment: sliding windows over the last dials.
// Counts what was really dialed, not what was advised.

/** A tenth of a second takes a tenth of a second's calls at most, so that neither calls nor answers come in heaps. */
const BURST_MS = 100;

/** At most `perSecond` dials within any 1000 ms, evenly; a figure below 1 spaces them out further. */
export class DialRate {
  readonly #perSecond: number;
  readonly #windowMs: number;
  readonly #burst: number;
  readonly #recent: Float64Array;
  #next = 0;

  constructor(perSecond: number) {
    const size = Math.max(1, Math.floor(perSecond));
    this.#perSecond = size;
    this.#windowMs = perSecond >= 1 ? 1000 : 1000 / Math.max(perSecond, 1e-6);
    this.#burst = Math.ceil((size * BURST_MS) / 1000);
    this.#recent = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  dialed(at: number): void {
    this.#recent[this.#next] = at;
    this.#next = (this.#next + 1) % this.#perSecond;
  }

  /** How many calls may start at `now`. */
  free(now: number): number {
    return Math.min(
      this.#perSecond - this.#dialedSince(now - this.#windowMs),
      this.#burst - this.#dialedSince(now - BURST_MS),
    );
  }

  /** When one more call may start after `dial` calls have started at `now`; `dial` is at most `free(now)`. */
  nextAt(now: number, dial: number): number {
    return Math.max(
      now,
      this.#nth(this.#perSecond, dial, now) + this.#windowMs,
      this.#nth(this.#burst, dial, now) + BURST_MS,
    );
  }

  /** Dials after `at`, as far as they are remembered. */
  #dialedSince(at: number): number {
    let used = 0;
    while (used < this.#perSecond && this.#before(used) > at) used += 1;
    return used;
  }

  /** The moment of the `place`-th last dial once `dial` more have started at `now`. */
  #nth(place: number, dial: number, now: number): number {
    return dial >= place ? now : this.#before(place - dial - 1);
  }

  /** The last dial, or one as many dials before it. */
  #before(dials: number): number {
    return this.#recent[(this.#next - 1 - dials + 2 * this.#perSecond) % this.#perSecond] ?? 0;
  }
}
