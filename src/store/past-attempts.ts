// The history of a record put together from attempts that were read for many records at once. Touches no database.

import type { OpenedAttempt } from '../engine/store/attempts.ts';
import type { PastAttempt, RecordFacts } from '../records/record.ts';

/** Attempts ascending by when they were dialed. */
export function inTime(attempts: readonly PastAttempt[]): readonly PastAttempt[] {
  return attempts.toSorted((a, b) => a.dialedAt - b.dialedAt || (a.attempt < b.attempt ? -1 : 1));
}

/** Those of the attempts that belong to the record's history: its contact's and to its numbers, but not its own open one. */
export function ownAttempts(
  { record, contact, phones }: Pick<RecordFacts, 'record' | 'contact' | 'phones'>,
  attempts: readonly PastAttempt[],
): readonly PastAttempt[] {
  return attempts.filter(
    (past) =>
      (past.contact === contact && (past.result !== null || past.record !== record)) ||
      (past.contact !== contact && phones.some(({ number }) => number === past.number)),
  );
}

/** The facts with those of the attempts in their history that belong there; the attempts must not be in it already. */
export function withAttempts(facts: RecordFacts, attempts: readonly PastAttempt[]): RecordFacts {
  const own = attempts.length === 0 ? attempts : ownAttempts(facts, attempts);
  return own.length === 0 ? facts : { ...facts, history: inTime([...facts.history, ...own]) };
}

/** An attempt that was opened at `now`, as the history of others has it. */
export function openedNow({ attempt, record, phoneIndex }: OpenedAttempt, now: number): PastAttempt {
  return {
    attempt,
    campaign: record.campaign,
    record: record.record,
    contact: record.contact,
    number: record.phones[phoneIndex]?.number ?? '',
    dialedAt: now,
    endedAt: null,
    result: null,
    talked: false,
    counts: true,
    disposition: null,
  };
}
