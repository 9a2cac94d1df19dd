// How many calls may start this very second: a sliding window over the last dials.
// Counts what was really dialed, not what was advised.

/** At most `perSecond` dials within any 1000 ms; a figure below 1 spaces them out further. */
export class DialRate {
  readonly #perSecond: number;
  readonly #windowMs: number;
  readonly #recent: Float64Array;
  #next = 0;

  constructor(perSecond: number) {
    const size = Math.max(1, Math.floor(perSecond));
    this.#perSecond = size;
    this.#windowMs = perSecond >= 1 ? 1000 : 1000 / Math.max(perSecond, 1e-6);
    this.#recent = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  }

  dialed(at: number): void {
    this.#recent[this.#next] = at;
    this.#next = (this.#next + 1) % this.#perSecond;
  }

  /** How many calls may start at `now`. */
  free(now: number): number {
    let used = 0;
    while (used < this.#perSecond) {
      const newest = this.#recent[(this.#next - 1 - used + this.#perSecond) % this.#perSecond] ?? 0;
      if (newest <= now - this.#windowMs) break;
      used += 1;
    }
    return this.#perSecond - used;
  }

  /** When one more call may start after `dial` calls have started at `now`; `dial` is at most `free(now)`. */
  nextAt(now: number, dial: number): number {
    const oldest = dial < this.#perSecond ? (this.#recent[(this.#next + dial) % this.#perSecond] ?? now) : now;
    return Math.max(now, oldest + this.#windowMs);
  }
}
