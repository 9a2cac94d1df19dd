// What a store does with a candidate for the next call: dial it, put it off, set it aside, or finish it. The decision is
// the list's; this only turns it into the one write that every store makes. Touches no database.

import { defined } from '../base/defined.ts';
import { cohortHours, cohortOf } from '../eligibility/cohort.ts';
import { decideRecord } from '../eligibility/eligibility.ts';
import type { EligibilityInput } from '../eligibility/eligibility.ts';
import type { DialRefusal } from '../engine/store/attempts.ts';
import { decideWithAgentEngaged } from '../eligibility/engaged-agent.ts';
import { gateSentence } from '../eligibility/gate-rules.ts';
import { filterSentence, fitsFilter } from '../eligibility/list-rules.ts';
import { assumingAllowed, unvalidated, VALIDATION_MESSAGES, validationOutcome } from '../rules/validation.ts';

/** Records that a store may look at without finding one to dial before it answers; the next request goes on. */
export const MAX_REFUSED = 100;
/** A record put off without a moment is looked at again after this. */
const UNFORESEEN_MS = 3_600_000;
/** A record that waits for an engaged agent and for nothing else is looked at again after this. */
const HELD_AGAIN_MS = 24 * 3_600_000;

export type Ruling =
  | { readonly kind: 'dial'; readonly phoneIndex: number }
  | { readonly kind: 'put-off'; readonly dueAt: number; readonly why: string }
  /** May be dialed now when an agent is engaged for the call: waits for one, looked at again as any other at `dueAt`. */
  | { readonly kind: 'for-agent'; readonly dueAt: number; readonly why: string }
  /** Stays as it is, in the queue of its cohort, whose hours are closed. */
  | { readonly kind: 'to-cohort'; readonly cohort: string }
  /** Removed until the contact fits the campaign's filter again, or its trunks may dial one of the numbers. */
  | { readonly kind: 'set-aside'; readonly why: string }
  | { readonly kind: 'finish'; readonly why: string }
  /** Stays as it is until the campaign's validation service has been asked about these numbers. */
  | { readonly kind: 'validate'; readonly numbers: readonly string[] };

/** What is said of a record that may not be dialed because of what the validation service said, or did not say. */
function validationMessage(input: EligibilityInput): string | undefined {
  const outcome = validationOutcome(input, undefined);
  if (outcome === undefined) return undefined;
  const { validation: _said, ...unchecked } = input;
  const numbers = unvalidated(unchecked);
  return decideRecord(assumingAllowed(unchecked, numbers)).mayDial ? VALIDATION_MESSAGES[outcome] : undefined;
}

/** What is done with a record that an agent has reserved and wants dialed: the phone to dial, or why it is not. Total. */
export function ruleOnReserved(input: EligibilityInput): number | DialRefusal {
  const { facts, campaign } = input;
  const fit = fitsFilter(campaign, facts);
  if (!fit.holds) return { rule: 'filter', why: filterSentence(campaign, fit) };
  const { onlyPhone, ...anyPhone } = input;
  const unchecked = unvalidated(input);
  if (unchecked.length > 0 && decideRecord(assumingAllowed(input, unchecked)).mayDial) {
    // The others at once, too: when this one is refused, the next is known.
    const all = [...new Set([...unchecked, ...unvalidated(anyPhone)])];
    return { rule: 'validation-pending', why: 'Numbers are being checked.', unchecked: all };
  }
  const { mayDial, phoneIndex, never, notBeforeAt, why, rule = '' } = decideRecord(input);
  if (mayDial && phoneIndex !== undefined) return phoneIndex;
  const other = onlyPhone === undefined ? undefined : decideRecord(anyPhone).phoneIndex;
  return {
    rule,
    why: validationMessage(input) ?? why,
    ...(never ? { never } : {}),
    ...defined({ notBeforeAt, otherPhone: other }),
  };
}

/** What becomes of a candidate at `now`; a record that is put off is due later than `now`. Total and deterministic. */
export function ruleOn(input: EligibilityInput): Ruling {
  const { facts, campaign, now } = input;
  const fit = fitsFilter(campaign, facts);
  if (!fit.holds) return { kind: 'set-aside', why: filterSentence(campaign, fit) };
  const numbers = unvalidated(input);
  if (numbers.length > 0 && decideRecord(assumingAllowed(input, numbers)).mayDial) return { kind: 'validate', numbers };
  const decision = decideRecord(input);
  const { mayDial, phoneIndex, never, notBeforeAt, askAgainAt, why: refusal, rule } = decision;
  if (mayDial && phoneIndex !== undefined) return { kind: 'dial', phoneIndex };
  const validation = validationMessage(input);
  if (never) {
    const gated = gateSentence(input, facts);
    return gated === undefined ? { kind: 'finish', why: validation ?? refusal } : { kind: 'set-aside', why: gated };
  }
  // The rule's name in front: records that wait are counted by it.
  const why = validation === undefined ? `${rule ?? ''}: ${refusal}` : `validation: ${validation}`;
  const cohort = cohortOf(campaign, facts);
  if (!cohortHours(campaign, cohort).at(now).open) return { kind: 'to-cohort', cohort };
  const held = decideWithAgentEngaged(input);
  if (held?.mayDial === true) return { kind: 'for-agent', dueAt: notBeforeAt ?? now + HELD_AGAIN_MS, why };
  const againAt = notBeforeAt ?? held?.notBeforeAt ?? askAgainAt ?? now + UNFORESEEN_MS;
  const dueAt = Math.max(Math.min(againAt, held?.notBeforeAt ?? Infinity), now + 1);
  return { kind: 'put-off', dueAt, why };
}
