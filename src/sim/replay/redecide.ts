// Takes the logged decisions of a campaign again: the same pacer, shown and asked the same things in the same order.
// Says where it decides otherwise; touches no clock and no files.

import {
  differenceOf,
  type JournalEntry,
  type JournalHead,
  type LoggedDecision,
  type ReadDecision,
} from '../../engine/dialing/pacing-journal.ts';
import { createPacer, type Pacer } from '../../pacing/pacer.ts';

export interface Difference {
  readonly at: number;
  /** `dial`, `cancel`, or the number of the reason that differs first. */
  readonly what: string;
  readonly logged: unknown;
  readonly again: unknown;
}

export interface Redecided {
  /** Stretches from one start of the pacer to the next. */
  readonly stretches: number;
  readonly events: number;
  readonly decisions: number;
  /** Decisions to dial or cancel, and those that give another reason than the one before. */
  readonly changes: number;
  readonly dialed: number;
  readonly cancelled: number;
  readonly fromAt: number | null;
  readonly toAt: number | null;
  readonly differences: number;
  readonly firstDifference: Difference | null;
}

export interface Period {
  readonly fromAt?: number;
  readonly toAt?: number;
}

export class Redecider {
  readonly #fromAt: number;
  readonly #toAt: number;
  #pacer: Pacer | undefined;
  #limit = '';
  #found = { stretches: 0, events: 0, decisions: 0, changes: 0, dialed: 0, cancelled: 0, differences: 0 };
  #span: [number, number] | undefined;
  #first: Difference | null = null;

  /** Compares and counts within the period; what lies before it is lived through. */
  constructor({ fromAt = -Infinity, toAt = Infinity }: Period = {}) {
    this.#fromAt = fromAt;
    this.#toAt = toAt;
  }

  take(entry: JournalEntry): void {
    switch (entry.type) {
      case 'head':
        return this.#begin(entry.head);
      case 'event':
        this.#pacer?.observe(entry.event);
        if (this.#counts(entry.at)) this.#found.events += 1;
        if (this.#counts(entry.at) && entry.event.type === 'dialed') this.#found.dialed += 1;
        return;
      case 'asked':
        return this.#ask(entry.at, entry.decision);
      case 'held':
    }
  }

  result(): Redecided {
    const [fromAt, toAt] = this.#span ?? [null, null];
    return { ...this.#found, fromAt, toAt, firstDifference: this.#first };
  }

  #begin({ options, learned }: JournalHead): void {
    this.#pacer = createPacer(options, learned ?? undefined);
    this.#limit = '';
    this.#found.stretches += 1;
  }

  #ask(at: number, logged: ReadDecision | undefined): void {
    const again = this.#pacer?.decide(at);
    if (!again) return;
    const difference = this.#compare(logged, again);
    this.#limit = again.why.limit;
    if (!this.#counts(at)) return;
    this.#span = [this.#span?.[0] ?? at, at];
    this.#found.decisions += 1;
    if (logged) this.#found.changes += 1;
    this.#found.cancelled += logged?.cancel.length ?? 0;
    if (!difference) return;
    this.#found.differences += 1;
    this.#first ??= { at, ...difference };
  }

  #compare(logged: ReadDecision | undefined, again: LoggedDecision): Omit<Difference, 'at'> | undefined {
    if (logged) return differenceOf(logged, again);
    if (again.dial > 0) return { what: 'dial', logged: 0, again: again.dial };
    if (again.cancel.length > 0) return { what: 'cancel', logged: [], again: again.cancel };
    return again.why.limit === this.#limit ? undefined : { what: 'limit', logged: this.#limit, again: again.why.limit };
  }

  #counts(at: number): boolean {
    return at >= this.#fromAt && at < this.#toAt;
  }
}
