// How long ago something happened on the exchange, when word of it comes late: after a freeze of ours, over a slow link.
// Goes by the exchange's time stamps and by our monotonic time, never by our time of day: either side's clock may be
// wrong, and may be set by an hour at any moment. In doubt a thing happens when it is heard. Pure.

/** Less than this is the noise of clocks and links: heard at once. */
const AT_ONCE_MS = 250;
/** An answer that took longer says too little about the exchange's time. */
const LONGEST_TRIP_MS = 400;

export class ExchangeClock {
  /** The exchange's time less our monotonic time; undefined: not measured yet. */
  #offsetMs: number | undefined;
  /** Our monotonic time of which everything that had happened by then has been heard; undefined: not known. */
  #heardUntil: number | undefined;
  #isInDoubt = false;

  /** The exchange answered a question, asked and answered at these monotonic times, that it was `at` there. */
  measured({ askedAt, answeredAt, at }: { askedAt: number; answeredAt: number; at: number }): void {
    if (answeredAt - askedAt > LONGEST_TRIP_MS) return;
    this.#offsetMs = at - (askedAt + answeredAt) / 2;
    this.#isInDoubt = false;
  }

  /** A ping sent at `sentAt` (monotonic) has been answered, on the link that events come by, in their order. */
  answered(sentAt: number): void {
    this.#heardUntil = sentAt;
  }

  /** The time of one of the two clocks cannot be right any more: it should be measured again now. */
  get isInDoubt(): boolean {
    return this.#isInDoubt || this.#offsetMs === undefined;
  }

  /** Ms since the exchange's time stamp `at`, at the monotonic time `now`; 0 when it was just now, or is not known. */
  ageOf(at: number, now: number): number {
    if (this.#offsetMs === undefined || this.#heardUntil === undefined) return 0;
    const ageMs = now - (at - this.#offsetMs);
    const mostMs = now - this.#heardUntil + AT_ONCE_MS;
    if (ageMs < -AT_ONCE_MS || ageMs > mostMs) {
      this.#isInDoubt = true;
      return 0;
    }
    return this.#isInDoubt || ageMs < AT_ONCE_MS ? 0 : Math.round(ageMs);
  }
}
