// How many abandonments come at once when the forecast is taken by surprise: an answer rate that leaps, a carrier
// that answers falsely, agents who leave together. What has happened lately can happen again before the guard sees it.

/** Abandonments within this time have one cause: the calls in flight when the surprise came. */
const TOGETHER_MS = 20_000;
/** The worst burst counts half after this time. */
const HALF_LIFE_MS = 4 * 3_600_000;
/** This share of the worst burst, beyond the one abandonment that is always reckoned with, is kept in reserve. */
const SHARE = 0.7;

export class Bursts {
  #worst = 0;
  #worstAt = 0;
  #size = 0;
  #beganAt = Number.NEGATIVE_INFINITY;

  abandoned(at: number): void {
    if (at - this.#beganAt > TOGETHER_MS) {
      this.#beganAt = at;
      this.#size = 0;
    }
    this.#size += 1;
    this.#worst = Math.max(this.#worstAtTime(at), this.#size);
    this.#worstAt = at;
  }

  /** Abandonments to keep in reserve against the next burst. */
  reserve(now: number): number {
    return SHARE * Math.max(0, this.#worstAtTime(now) - 1);
  }

  #worstAtTime(now: number): number {
    return this.#worst * 2 ** ((this.#worstAt - now) / HALF_LIFE_MS);
  }
}
