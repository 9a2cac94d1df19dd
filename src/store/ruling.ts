// What a store does with a candidate for the next call: dial it, put it off, or finish it. The decision is explainRecord's;
// this only turns it into the one write that every store makes. Touches no database.

import { explainRecord } from '../list/eligibility.ts';
import type { EligibilityInput } from '../list/eligibility.ts';

/** Records that a store may look at without finding one to dial before it answers; the next request goes on. */
export const MAX_REFUSED = 100;
/** A record whose number is in another open attempt is looked at again after this. */
const BUSY_NUMBER_MS = 60_000;
/** A record put off without a moment is looked at again after this. */
const UNFORESEEN_MS = 3_600_000;

export type Ruling =
  | { readonly kind: 'dial'; readonly phoneIndex: number }
  | { readonly kind: 'put-off'; readonly dueAt: number; readonly why: string }
  | { readonly kind: 'finish'; readonly why: string };

export interface Candidate extends EligibilityInput {
  /** Whether another open attempt of the campaign is dialing the number. */
  readonly isBusy: (number: string) => boolean;
}

/** What becomes of a candidate at `now`; a record that is put off is due later than `now`. Total and deterministic. */
export function ruleOn(candidate: Candidate): Ruling {
  const { facts, now, isBusy } = candidate;
  const { mayDial, phoneIndex, never, notBeforeAt, verdicts } = explainRecord(candidate);
  const why = verdicts.find(({ allows }) => !allows)?.why ?? '';
  if (never) return { kind: 'finish', why };
  if (!mayDial || phoneIndex === undefined) {
    const dueAt = notBeforeAt === undefined ? now + UNFORESEEN_MS : Math.max(notBeforeAt, now + 1);
    return { kind: 'put-off', dueAt, why };
  }
  if (isBusy(facts.phones[phoneIndex]?.number ?? '')) {
    const busy = 'Its number is being dialed for another record at this moment.';
    return { kind: 'put-off', dueAt: now + BUSY_NUMBER_MS, why: busy };
  }
  return { kind: 'dial', phoneIndex };
}
