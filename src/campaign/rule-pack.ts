// What the law of one place demands of calls to it, as data: a pack of clauses, each with its citation. Written by
// config/ from config/rules/*.yaml; judged in list/ and in abandonment.ts. Plain JSON: a pack travels between threads.

import type { Result } from '../terms.ts';

export interface RulePack {
  /** Name of its file, such as `us-florida`. */
  readonly name: string;
  readonly title: string;
  /** ISO 3166 countries whose people it protects. */
  readonly countries: readonly string[];
  /** States of those countries without the country (`FL`); empty: all of them. */
  readonly states: readonly string[];
  /** Holidays of the place; see `holidaysOf`. */
  readonly holidays: readonly Holiday[];
  readonly clauses: readonly Clause[];
}

/** A day of each year, or of one year; of the whole place, or of some of its states only. */
export type Holiday = HolidayDay & { readonly states?: readonly string[] };

type HolidayDay =
  /**
   * On a Saturday or Sunday another day is one as well: the next working day that is no holiday (`substitute`); Friday
   * for a Saturday and Monday for a Sunday (`observed`).
   */
  | {
      readonly on: 'date';
      readonly month: number;
      readonly day: number;
      readonly moves: 'no' | 'substitute' | 'observed';
    }
  /** The so-manieth weekday (0 Sunday) of a month, the last one (-1), or the last one before a day of it; and days after it. */
  | {
      readonly on: 'weekday';
      readonly month: number;
      readonly weekday: number;
      readonly which: { readonly nth: number } | { readonly before: number };
      readonly offsetDays: number;
    }
  | { readonly on: 'easter'; readonly offsetDays: number }
  /** `2026-09-14` */
  | { readonly on: 'once'; readonly date: string };

interface ClauseHead {
  /** Unique in its pack. */
  readonly id: string;
  /** What it demands, one sentence. */
  readonly says: string;
  readonly citation: string;
  /** Day on which it was held against the public text, `2026-11-22`; null: not verified. */
  readonly checked: string | null;
}

export type Clause = ClauseHead & Demand;

export type Demand =
  | HoursDemand
  | AttemptsDemand
  | QuietDemand
  | ConsentDemand
  | DoNotCallDemand
  | RingDemand
  | MessageDemand
  | AbandonmentDemand
  | RecordingDemand
  | CallerIdDemand
  | RetentionDemand
  | EmergencyDemand;

/** From `from` to before `to`, minutes of the local day. */
export interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

/** Calls only at these times of the called person's day. */
export interface HoursDemand {
  readonly kind: 'hours';
  /** Seven days, Sunday first. */
  readonly week: readonly (readonly MinuteSpan[])[];
  /** On the pack's holidays; null: as on any other day. */
  readonly onHolidays: readonly MinuteSpan[] | null;
  /** On the day before one of them that is none itself; absent: as on any other day. */
  readonly onEves?: readonly MinuteSpan[];
}

/** How long something counts: a stretch of time, or local days of which the first is the day that it happened on. */
export type Span = { readonly unit: 'time'; readonly ms: number } | { readonly unit: 'days'; readonly days: number };

/** At most so many attempts. */
export interface AttemptsDemand {
  readonly kind: 'attempts';
  readonly most: number;
  readonly per: 'number' | 'contact' | 'record';
  readonly within: Span;
  /** Attempts with these results do not count. */
  readonly except: readonly Result[];
  readonly unless: readonly Excuse[];
  /** How long a callback that was agreed excuses; absent: until it is kept. */
  readonly askedFor?: Span;
}

/** No attempt for a while after something. */
export interface QuietDemand {
  readonly kind: 'quiet';
  readonly after: 'conversation' | 'abandoned' | 'machine' | 'refusal';
  readonly per: 'number' | 'contact';
  readonly for: Span;
  /** Afterwards, until an agent has talked with the person, an agent is engaged for each call. */
  readonly thenAgentEngaged: boolean;
  readonly unless: readonly Excuse[];
  /** How long a callback that was agreed excuses; absent: until it is kept. */
  readonly askedFor?: Span;
}

/** For which calls a clause does not hold: an agent is engaged for the call; the person asked for it (a callback). */
export type Excuse = 'agent-held' | 'callback';

/** Only people who have agreed to be called. */
interface ConsentDemand {
  readonly kind: 'consent';
}

/** Numbers on this list are not dialed, and the list is not older than that. */
export interface DoNotCallDemand {
  readonly kind: 'do-not-call';
  /** Name under which the list is imported. */
  readonly list: string;
  readonly greatestAgeMs: number | null;
}

/** A call rings at least so long before it is given up. */
interface RingDemand {
  readonly kind: 'ring';
  readonly leastMs: number;
}

/** A person whom no agent answers hears who called, this soon. */
interface MessageDemand {
  readonly kind: 'message';
  readonly withinMs: number;
}

/** Of the live answers of a campaign in a window, at most this share is abandoned. */
export interface AbandonmentDemand {
  readonly kind: 'abandonment';
  /** Rate 0–1. */
  readonly most: number;
  readonly window: AbandonmentWindow;
  /** Counted: persons taken for machines, by the detector's estimated error, are live answers and abandoned. */
  readonly detectorErrors: 'ignored' | 'counted';
}

export type AbandonmentWindow =
  /** Local day, to midnight. */
  | { readonly span: 'day' }
  /** Local calendar month. */
  | { readonly span: 'month' }
  /** The last so many ms, at any time. */
  | { readonly span: 'rolling'; readonly ms: number }
  /** One after the other from the campaign's first call. */
  | { readonly span: 'periods'; readonly ms: number };

interface RecordingDemand {
  readonly kind: 'recording';
  /** All parties: the person is informed before, and may refuse. */
  readonly consent: 'one-party' | 'all-parties';
}

interface CallerIdDemand {
  readonly kind: 'caller-id';
  /** Who calls the number shown reaches the caller. */
  readonly answered: boolean;
  /** And for at least so long after the call; 0: no time is demanded. */
  readonly reachableMs: number;
}

/** No calls while an emergency is declared; the admin says when one is (the campaign's `emergencies`). */
interface EmergencyDemand {
  readonly kind: 'emergency';
}

/** What a law may want kept: the books of calls, the proof of consent, the sound of recordings. */
export const KEPT_THINGS = ['calls', 'consent', 'recordings'] as const;
export type KeptThing = (typeof KEPT_THINGS)[number];

/** These are kept at least so long after the call. */
interface RetentionDemand {
  readonly kind: 'retention';
  readonly leastMs: number;
  readonly of: readonly KeptThing[];
}

/** `us-florida/hours`: how a clause is called wherever it is shown. */
export function clauseName(pack: RulePack, clause: Clause): string {
  return `${pack.name}/${clause.id}`;
}

/** The demands of one kind in all the packs, with the clauses that make them. */
export function demandsOf<Kind extends Demand['kind']>(
  packs: readonly RulePack[],
  kind: Kind,
): readonly { readonly pack: RulePack; readonly clause: ClauseHead & Extract<Demand, { kind: Kind }> }[] {
  return packs.flatMap((pack) => pack.clauses.flatMap((clause) => (isOfKind(clause, kind) ? [{ pack, clause }] : [])));
}

function isOfKind<Kind extends Demand['kind']>(
  clause: Clause,
  kind: Kind,
): clause is ClauseHead & Extract<Demand, { kind: Kind }> {
  return clause.kind === kind;
}
