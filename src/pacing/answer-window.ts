// How many people answered and how many of them met no agent, in the window that the calling rules name.
// What the daemon says of it is right (`correct`); in between the pacer counts by itself.

import type { PacingEvent } from './contract.ts';

/** Live answers (A) and abandoned ones (B) of the current window. */
export class AnswerWindow {
  target: number;
  liveAnswers = 0;
  abandoned = 0;
  endsAt: number | undefined;
  /** Dials that can still be made in the window; undefined: more than will be. */
  dialsLeft: number | undefined;

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

  /** One of the dials that are left was made. */
  dialed(): void {
    if (this.dialsLeft !== undefined) this.dialsLeft = Math.max(0, this.dialsLeft - 1);
  }

  /** Takes over what the daemon says. */
  correct(said: Omit<Extract<PacingEvent, { type: 'window' }>, 'at' | 'type'>): void {
    this.target = said.target;
    this.liveAnswers = said.liveAnswers;
    this.abandoned = said.abandoned;
    this.endsAt = said.endsAt;
    this.dialsLeft = said.dialsLeft;
  }

  /** Seconds until the window ends; undefined when that is unknown. */
  leftS(now: number): number | undefined {
    return this.endsAt === undefined ? undefined : Math.max(0, this.endsAt - now) / 1000;
  }
}
