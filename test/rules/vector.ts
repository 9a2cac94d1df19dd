// How a vector is written: a clause of a pack, a situation, and what it must come to. Times are local: a wall clock in a
// zone, `2026-03-02 07:59:59 America/New_York`.

import { firstInstantAt } from '../../src/base/local-time.ts';
import type { PersonFields } from '../../src/campaign/definition.ts';
import type { PastAttempt } from '../../src/list/record.ts';
import type { Mode } from '../../src/terms.ts';

/** A clause that decides on dialing. */
export interface DialVector {
  readonly kind: 'dial';
  readonly given: string;
  readonly to: string;
  readonly at: string;
  /** The first moment from which it allows; null: it allows at `at`; 'never': at no time. */
  readonly until: string | null;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly person?: PersonFields;
  readonly history?: readonly VectorAttempt[];
  readonly mode?: Mode;
  readonly callback?: boolean;
  /** Do-not-call lists that the campaign honours, with when they were imported. */
  readonly lists?: Readonly<Record<string, string>>;
}

export interface VectorAttempt extends Partial<Omit<PastAttempt, 'dialedAt' | 'endedAt'>> {
  readonly at: string;
}

/** A clause whose demand binds calls to people whom the pack protects, and no others. */
export interface DutyVector {
  readonly kind: 'duty';
  readonly given: string;
  readonly to: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly binds: boolean;
}

/** A clause that makes a value of the campaign stricter; durations in ms, shares 0–1. */
export interface ValueVector {
  readonly kind: 'value';
  readonly given: string;
  readonly written: number;
  readonly becomes: number;
}

/** A clause on abandoned calls: answers over time, and whether the last day's window keeps it. */
export interface LedgerVector {
  readonly kind: 'ledger';
  readonly given: string;
  readonly zone: string;
  /** When, how many live answers, how many of them abandoned, how many machines. */
  readonly answers: readonly (readonly [at: string, live: number, abandoned: number, machines?: number])[];
  readonly detectorError?: number;
  readonly kept: boolean;
}

export type Vector = DialVector | DutyVector | ValueVector | LedgerVector;

/** Vectors by `pack/clause`. */
export type Vectors = Readonly<Record<string, readonly Vector[]>>;

/** The instant at which a wall clock first shows it; `Z` at the end: UTC. */
export function instant(written: string): number {
  if (written.endsWith('Z')) return Date.parse(written);
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?) (\S+)$/.exec(written);
  if (!match) throw new Error(`no instant: ${written}`);
  const [, date = '', time = '', zone = ''] = match;
  return firstInstantAt(zone, Date.parse(`${date}T${time}Z`));
}

type More = Partial<DialVector>;

/** Allowed. */
export const yes = (given: string, to: string, at: string, more: More = {}): DialVector => ({
  kind: 'dial',
  given,
  to,
  at,
  until: null,
  ...more,
});

/** Refused until then. */
export const no = (given: string, to: string, [at, until]: readonly [string, string], more: More = {}): DialVector => ({
  ...yes(given, to, at, more),
  until,
});

export const binds = (given: string, to: string, fields: DutyVector['fields'] = {}): DutyVector => ({
  kind: 'duty',
  given,
  to,
  fields,
  binds: true,
});

export const spares = (given: string, to: string, fields: DutyVector['fields'] = {}): DutyVector => ({
  ...binds(given, to, fields),
  binds: false,
});

export const value = (given: string, written: number, becomes: number): ValueVector => ({
  kind: 'value',
  given,
  written,
  becomes,
});
