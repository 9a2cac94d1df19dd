// A policy that decides silently beside the one that dials: it sees the same events, is asked at the same moments, and its
// advice is compared with what was done. Pure; nothing of it is carried out.

import { createPacer, type Json, type Pacer, type PacerOptions, type PacingEvent } from './pacer.ts';
import type { WrittenPolicy } from './policy-words.ts';

export interface Advised {
  /** Shares of the moments at which it would have had more or fewer lines out than the one that dialed. */
  readonly more: number;
  readonly fewer: number;
  /** Lines that it would have wanted out beyond the real ones, on average; below 0: fewer. */
  readonly meanLines: number;
}

export class Shadow {
  readonly policy: WrittenPolicy;
  #pacer: Pacer | undefined;
  #asked = 0;
  #more = 0;
  #fewer = 0;
  #lines = 0;

  constructor(policy: WrittenPolicy) {
    this.policy = policy;
  }

  /** A stretch begins: with the options of the one that dials, but for what the policy changes. */
  begin(options: PacerOptions, learned: Json | undefined): void {
    this.#pacer = createPacer({ ...options, ...this.policy.options }, learned);
  }

  observe(event: PacingEvent): void {
    this.#pacer?.observe(event);
  }

  /** The one that dials was asked at `now` and wanted so many more lines out; below 0: fewer. */
  asked(now: number, realLines: number): void {
    if (!this.#pacer) return;
    const { dial, cancel } = this.#pacer.decide(now);
    const lines = dial - cancel.length - realLines;
    this.#asked += 1;
    this.#lines += lines;
    if (lines > 0) this.#more += 1;
    if (lines < 0) this.#fewer += 1;
  }

  result(): Advised {
    const asked = Math.max(1, this.#asked);
    return { more: this.#more / asked, fewer: this.#fewer / asked, meanLines: this.#lines / asked };
  }

  get decisions(): number {
    return this.#asked;
  }
}
