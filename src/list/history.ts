// Which of a contact's past attempts a limit looks at, and how far back the limits of a campaign look.
// Judges nothing itself.

import type { Campaign } from '../campaign/definition.ts';
import type { RecordFacts } from './record.ts';

/** A local day may have 25 hours, and the one before is looked at as well. */
const LEAST_HISTORY_MS = 50 * 3_600_000;

/** How far back `RecordFacts.history` must reach for the campaign's limits and rules, in ms; at least 50 hours. */
export function historyMs(_campaign: Pick<Campaign, 'attempts'>): number {
  return LEAST_HISTORY_MS;
}

/** When the record's own attempts that count were dialed, ascending; one that has not ended does not count yet. */
export function countedAttemptsAt({ record, history }: Pick<RecordFacts, 'record' | 'history'>): readonly number[] {
  const counted = history.filter((past) => past.record === record && past.counts && past.result !== null);
  return counted.map(({ dialedAt }) => dialedAt);
}
