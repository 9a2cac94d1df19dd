// Whether a person who was missed becomes a record that waits, or is looked after already. Pure; what is known of the
// record and of calls since was looked up before.

import type { RecordState } from '../terms.ts';

/** How often callers whom no list holds are called back by themselves. */
export interface UnknownCallerLimits {
  /** Callbacks to one number in 24 hours. */
  readonly perNumberPerDay: number;
  /** To all of them together in an hour. */
  readonly perHour: number;
}

/** Callbacks to such callers that were granted lately: to this number, and to all. */
export interface GrantedCallbacks {
  readonly ofNumber: number;
  readonly ofAll: number;
}

export const NUMBER_DAY_MS = 24 * 3_600_000;
export const ALL_HOUR_MS = 3_600_000;

/** Why a caller whom no list holds is not called back, in one sentence; undefined: may be. */
export function unknownCallerRefusal(
  { ofNumber, ofAll }: GrantedCallbacks,
  { perNumberPerDay, perHour }: UnknownCallerLimits,
): string | undefined {
  if (ofNumber >= perNumberPerDay) {
    return `The caller is on no list, and ${ofNumber} of ${perNumberPerDay} callbacks to the number in 24 hours are used (unknown_callers).`;
  }
  if (ofAll < perHour) return undefined;
  return `The caller is on no list, and ${ofAll} of ${perHour} callbacks to such callers in an hour are used (unknown_callers).`;
}

/** Why a record is left as it is: no one is called twice for one missed call. */
export type LookedAfter = 'rests' | 'in-call' | 'removed' | 'waits-already' | 'talked-since';

/** The record of a missed person in the campaign that calls missed people back. */
export interface MissedRecord {
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly heldUntil: number | null;
  /** The last call to the record that has ended since the person was missed, answered or not. */
  readonly calledAt: number | null;
  /** The last conversation that has ended since, whoever called. */
  readonly talkedAt: number | null;
}

/**
 * Why the record stays as it is; undefined: it is to wait until `dueAt`. A call that was under way when the person was
 * missed is the answer to it: who was reached by it is left alone, and who was not waits as decided after it.
 */
export function lookedAfter(
  { state, dueAt, heldUntil, calledAt, talkedAt }: MissedRecord,
  missed: { readonly at: number; readonly dueAt: number },
): LookedAfter | undefined {
  if (state === 'dialing') return 'in-call';
  if (state === 'removed') return 'removed';
  if ((heldUntil ?? 0) > missed.at) return 'rests';
  if (talkedAt !== null) return 'talked-since';
  const isSooner = dueAt !== null && dueAt <= missed.dueAt;
  return state === 'waiting' && (calledAt !== null || isSooner) ? 'waits-already' : undefined;
}
