// How many people answered and how many of them met nobody, in the window that the calling rules name.
// The daemon's ledger has the last word (`correct`); between its words the pacer counts by itself.

/** Live answers (A) and abandoned ones (B) of the current window. */
export class Ledger {
  target: number;
  liveAnswers = 0;
  abandoned = 0;
  startedAt: number | undefined;
  endsAt: number | undefined;

  constructor(target: number) {
    this.target = target;
  }

  /** Abandonments that the answers so far allow, minus those that happened: S = target·A − B. */
  get credit(): number {
    return this.target * this.liveAnswers - this.abandoned;
  }

  get abandonRate(): number {
    return this.liveAnswers === 0 ? 0 : this.abandoned / this.liveAnswers;
  }

  /** Takes over what the daemon says; true when a new window has begun. */
  correct(said: { at: number; target: number; liveAnswers: number; abandoned: number; endsAt?: number }): boolean {
    const emptied = said.endsAt !== undefined && said.liveAnswers < this.liveAnswers;
    const fresh = this.startedAt === undefined || said.endsAt !== this.endsAt || emptied;
    if (fresh) this.startedAt = said.at;
    this.target = said.target;
    this.liveAnswers = said.liveAnswers;
    this.abandoned = said.abandoned;
    this.endsAt = said.endsAt;
    return fresh;
  }
}
