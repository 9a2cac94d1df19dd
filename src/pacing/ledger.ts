// How many people answered and how many of them met nobody, in the window that the calling rules name.
// The daemon's ledger has the last word (`correct`); between its words the pacer counts by itself.

/** Live answers (A) and abandoned ones (B) of the current window. */
export class Ledger {
  target: number;
  liveAnswers = 0;
  abandoned = 0;
  /** When the pacer first heard of this window, and how many live answers it held by then. */
  startedAt: number | undefined;
  startedWith = 0;
  endsAt: number | undefined;

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

  /** Takes over what the daemon says; true when a new window has begun. */
  correct(said: { at: number; target: number; liveAnswers: number; abandoned: number; endsAt?: number }): boolean {
    const emptied = said.endsAt !== undefined && said.liveAnswers < this.liveAnswers;
    const fresh = this.startedAt === undefined || said.endsAt !== this.endsAt || emptied;
    if (fresh) {
      this.startedAt = said.at;
      this.startedWith = said.liveAnswers;
    }
    this.target = said.target;
    this.liveAnswers = said.liveAnswers;
    this.abandoned = said.abandoned;
    this.endsAt = said.endsAt;
    return fresh;
  }
}
