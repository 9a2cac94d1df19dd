// How many people answered and how many of them met nobody, in the window that the calling rules name.
// The daemon's ledger has the last word (`correct`); between its words the pacer counts by itself.

/** The pace of the window before counts like this much of the present one. */
const OLD_PACE_S = 600;
const SHORTEST_PACE_S = 120;

/** Live answers (A) and abandoned ones (B) of the current window. */
export class Ledger {
  target: number;
  liveAnswers = 0;
  abandoned = 0;
  endsAt: number | undefined;
  /** When the pacer first heard of this window, and how many live answers it held by then. */
  #startedAt: number | undefined;
  #startedWith = 0;
  /** Live answers per second in the window before, if it was long enough to tell. */
  #oldPace: number | undefined;

  constructor(target: number) {
    this.target = target;
  }

  /** Abandonments that the answers so far allow at this rate, minus those that happened: S = rate·A − B. */
  creditAt(rate: number): number {
    return rate * this.liveAnswers - this.abandoned;
  }

  get abandonRate(): number {
    return this.liveAnswers === 0 ? 0 : this.abandoned / this.liveAnswers;
  }

  /** Takes over what the daemon says; another end, or fewer answers than before, is a new window. */
  correct(said: { at: number; target: number; liveAnswers: number; abandoned: number; endsAt?: number }): void {
    const emptied = said.endsAt !== undefined && said.liveAnswers < this.liveAnswers;
    if (this.#startedAt === undefined || said.endsAt !== this.endsAt || emptied) {
      this.#oldPace = this.#paceUntil(said.at) ?? this.#oldPace;
      this.#startedAt = said.at;
      this.#startedWith = said.liveAnswers;
    }
    this.target = said.target;
    this.liveAnswers = said.liveAnswers;
    this.abandoned = said.abandoned;
    this.endsAt = said.endsAt;
  }

  /** Seconds until the window ends; undefined when that is unknown. */
  leftS(now: number): number | undefined {
    return this.endsAt === undefined ? undefined : Math.max(0, this.endsAt - now) / 1000;
  }

  /** Live answers to come until the window ends, at the pace seen so far; undefined when its end is unknown. */
  expectedAnswers(now: number): number | undefined {
    const leftS = this.leftS(now);
    if (leftS === undefined || this.#startedAt === undefined) return undefined;
    const pastS = Math.max(0, now - this.#startedAt) / 1000;
    const seen = this.liveAnswers - this.#startedWith;
    const pace =
      this.#oldPace === undefined
        ? seen / Math.max(SHORTEST_PACE_S, pastS)
        : (seen + this.#oldPace * OLD_PACE_S) / (pastS + OLD_PACE_S);
    return pace * leftS;
  }

  #paceUntil(at: number): number | undefined {
    if (this.#startedAt === undefined) return undefined;
    const pastS = (at - this.#startedAt) / 1000;
    return pastS < SHORTEST_PACE_S ? undefined : (this.liveAnswers - this.#startedWith) / pastS;
  }
}
