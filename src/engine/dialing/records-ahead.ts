// What is known of a campaign's next record: when it is due, what keeps it back until then, whether one can come at all.
// As the store said when it was asked last, until something else becomes known.

import { defined } from '../../base/defined.ts';
import type { HeldReason, Wait } from '../../eligibility/reasons.ts';
import type { OpenedAttempts } from '../store/attempts.ts';

/** What judging whether to dial needs of it. */
export interface Ahead {
  readonly nextRecordAt?: number;
  readonly nextBecause?: string;
  readonly nextWait?: Wait;
  readonly heldBack?: string;
  readonly heldReason?: HeldReason;
}

export class RecordsAhead {
  #nothingBefore: number | undefined;
  #said: Pick<OpenedAttempts, 'nextBecause' | 'nextWait' | 'heldBack' | 'heldReason'> = {};
  #isExhausted = false;

  /** Why nothing is dialed, when records are not the reason. */
  get heldBack(): string | undefined {
    return this.#said.heldBack;
  }

  /** No record can ever be dialed again. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  now(): Ahead {
    return { ...this.#said, ...defined({ nextRecordAt: this.#nothingBefore }) };
  }

  /** The store was asked for so many records. `mayGrow`: who will be missed is not known yet. */
  answered(answer: OpenedAttempts, asked: number, mayGrow: boolean): void {
    this.#isExhausted = answer.exhausted && !mayGrow;
    const { nextBecause, nextWait, heldBack, heldReason } = answer;
    this.#said = defined({ nextBecause, nextWait, heldBack, heldReason });
    this.#nothingBefore = answer.opened.length === asked ? undefined : (answer.nextDueAt ?? Infinity);
  }

  /** The store did not answer: it is asked again then. */
  unanswered(againAt: number): void {
    this.#nothingBefore = againAt;
  }

  /** A record waits until then. */
  waits(dueAt: number): void {
    if (this.#nothingBefore !== undefined) this.#nothingBefore = Math.min(this.#nothingBefore, dueAt);
  }

  /** The same of one that was not there before. */
  added(dueAt: number): void {
    this.#isExhausted = false;
    this.waits(dueAt);
  }

  /** Something has changed that may bring a record at once. */
  unknown(): void {
    this.#nothingBefore = undefined;
  }

  /** The same, and there are records again. */
  grown(): void {
    this.#isExhausted = false;
    this.unknown();
  }
}
