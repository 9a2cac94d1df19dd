// How far back a record's facts must reach for the limits and rules of its campaign. Judges nothing itself.

import type { Campaign } from '../campaign/definition.ts';
import { longestMs, quietReachMs } from './frequency.ts';

const DAY_MS = 86_400_000;
/** A local day may have 25 hours, and the one before is looked at as well. */
const LEAST_HISTORY_MS = 2 * DAY_MS + 3_600_000 * 2;

/** How far back `RecordFacts.history` must reach for the campaign's limits and rules, in ms; at least 50 hours. */
export function historyMs({ rules }: Pick<Campaign, 'rules'>): number {
  let reachMs = LEAST_HISTORY_MS;
  for (const { clauses } of rules) {
    for (const clause of clauses) {
      if (clause.kind === 'attempts') reachMs = Math.max(reachMs, longestMs(clause.within));
      // What a quiet time runs from is the end of the call, which may be long after its beginning.
      if (clause.kind === 'quiet') reachMs = Math.max(reachMs, quietReachMs(clause) + DAY_MS);
    }
  }
  return reachMs;
}
