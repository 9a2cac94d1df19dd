// How a vector is written: a clause of a pack, a situation, and what it must come to. Times are local: a wall clock in a
// zone, `2026-03-02 07:59:59 America/New_York`.

import { firstInstantAt } from '../../src/base/local-time.ts';
import type { PersonFields, RecordingPlan } from '../../src/campaign/definition.ts';
import type { RecordingRuling } from '../../src/campaign/recording.ts';
import type { KeptThing } from '../../src/campaign/rule-pack.ts';
import type { PastAttempt } from '../../src/records/record.ts';
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
  /** Packs whose emergencies are declared. */
  readonly emergencies?: readonly string[];
  /** When the person asked to be called. */
  readonly callback?: string;
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

/** A clause on what is kept: whether it still is, so long after the call. */
interface KeptVector {
  readonly kind: 'kept';
  readonly given: string;
  readonly thing: KeptThing;
  readonly afterMs: number;
  readonly kept: boolean;
}

/** A clause on the number shown: whether a campaign with this in its file is refused. */
interface AnsweredVector {
  readonly kind: 'answered';
  readonly given: string;
  readonly written: { readonly take: 'yes' | 'no'; readonly answered: 'here' | 'elsewhere' };
  readonly refused: boolean;
}

/** A clause on recordings: what becomes of a conversation. */
interface RecordedVector {
  readonly kind: 'recorded';
  readonly given: string;
  readonly to: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly plan: Pick<RecordingPlan, 'when' | 'announce'>;
  readonly becomes: RecordingRuling['record'];
}

export type Vector =
  DialVector | DutyVector | ValueVector | LedgerVector | KeptVector | AnsweredVector | RecordedVector;

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

const value = (given: string, written: number, becomes: number): ValueVector => ({
  kind: 'value',
  given,
  written,
  becomes,
});

const DAY_MS = 86_400_000;

/** Kept so many days after a call, to the last moment; other things are not. */
export function kept(thing: KeptThing, days: number, other: KeptThing): readonly Vector[] {
  const one = (given: string, what: KeptThing, afterMs: number, isKept: boolean): KeptVector => ({
    kind: 'kept',
    given,
    thing: what,
    afterMs,
    kept: isKept,
  });
  return [
    one(`${thing}: the last moment`, thing, days * DAY_MS - 1, true),
    one(`${thing}: the time is over`, thing, days * DAY_MS, false),
    one(`${other} are another matter`, other, DAY_MS, false),
  ];
}

/** Whether a campaign that takes no calls to its number is refused. */
export function answered(mustBe: boolean): readonly Vector[] {
  const one = (given: string, take: 'yes' | 'no', by: 'here' | 'elsewhere', refused: boolean): AnsweredVector => ({
    kind: 'answered',
    given,
    written: { take, answered: by },
    refused,
  });
  return [
    one('calls to the number are taken', 'yes', 'here', false),
    one('no one takes calls to the number', 'no', 'here', mustBe),
    one('another system takes calls to the number', 'no', 'elsewhere', false),
  ];
}

/** Where all parties must agree: reported, asked, or not recorded. */
export function informedOrNot(to: string, fields: Readonly<Record<string, unknown>> = {}): readonly Vector[] {
  const one = (given: string, plan: RecordedVector['plan'], becomes: RecordedVector['becomes']): RecordedVector => ({
    kind: 'recorded',
    given,
    to,
    fields,
    plan,
    becomes,
  });
  return [
    one('announced: recorded', { when: 'all', announce: 'outdial/recorded' }, 'at-once'),
    one('not announced: not recorded', { when: 'all' }, 'never'),
    one('the agent asks and begins it', { when: 'agent' }, 'by-agent'),
  ];
}

/** A phone rings 15 seconds at least. */
export const fifteenSeconds: readonly Vector[] = [
  value('25 s are enough', 25_000, 25_000),
  value('15 s are just enough', 15_000, 15_000),
  value('14.999 s become 15 s', 14_999, 15_000),
  value('1 s becomes 15 s', 1000, 15_000),
];

/** A message this soon. */
export function withinSeconds(seconds: number): readonly Vector[] {
  const limitMs = seconds * 1000;
  return [
    value('a second before stays', limitMs - 1000, limitMs - 1000),
    value('just in time', limitMs, limitMs),
    value('a moment late is moved', limitMs + 1, limitMs),
    value('ten seconds are too long', 10_000, limitMs),
  ];
}
