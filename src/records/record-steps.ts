// What a person may do to a record by hand: take it up again, or take it out of its campaign. Pure; the call that is
// going on is never touched.

import type { RecordState } from '../terms.ts';

export type RecordStep = 'reopen' | 'remove';

export type StepRuling =
  | { readonly ok: true; readonly to: Extract<RecordState, 'waiting' | 'removed'>; readonly why: string }
  | { readonly ok: false; readonly why: string; readonly hint: string };

export interface SteppedRecord {
  readonly state: RecordState;
  /** The contact still has a number. */
  readonly hasPhone: boolean;
  /** An agent looks at it, and nothing is dialed. */
  readonly isKept?: boolean;
}

/**
 * Whether the step is allowed and what it makes of the record. Re-opened, a record waits, is due at once, and its
 * attempts and rules are counted from zero; how often the person was called at all still counts.
 */
export function stepRecord(step: RecordStep, record: SteppedRecord, by: string): StepRuling {
  const { state, hasPhone, isKept = false } = record;
  if (state === 'dialing' && !(isKept && step === 'remove')) {
    const why = isKept ? 'An agent is looking at it.' : 'It is being dialed or talked on.';
    return { ok: false, why, hint: 'Wait until the agent, the call and its wrap-up are done with it.' };
  }
  if (step === 'remove') {
    if (state === 'removed') return { ok: false, why: 'It has been removed already.', hint: 'Nothing was changed.' };
    return { ok: true, to: 'removed', why: `Removed by ${by}.` };
  }
  if (state === 'fresh') return { ok: false, why: 'It has not been dialed yet.', hint: 'Nothing was changed.' };
  if (!hasPhone) {
    return { ok: false, why: 'Its contact has no number.', hint: 'Import or edit the contact first.' };
  }
  return { ok: true, to: 'waiting', why: `Re-opened by ${by}.` };
}

/** Whether the last call took place, for tables of records; null: there was none yet. */
export function callTookPlace(lastResult: string | null): 'yes' | 'refused' | 'no' | null {
  if (lastResult === null) return null;
  if (lastResult === 'connected') return 'yes';
  return lastResult === 'rejected' ? 'refused' : 'no';
}

/** Of two contacts' records in one campaign, which state stays: what is further on, so that no one is called again. */
export function mergedState(keep: RecordState, gone: RecordState): RecordState {
  const order: readonly RecordState[] = ['removed', 'fresh', 'waiting', 'finished', 'dialing'];
  return order.indexOf(gone) > order.indexOf(keep) ? gone : keep;
}
