// The facts of a record as they were before a call that is over, for deciding again what comes of it.

import type { Campaign } from '../campaign/definition.ts';
import type { PersonFacts } from './record.ts';

/** What a call has changed in its record. */
export interface PastCall {
  /** An attempt of ours that counts; calls that came in do not. */
  readonly counts: boolean;
  /** The call-again rule that decided after it, by its place in the campaign; null: none. */
  readonly rule: number | null;
}

/**
 * Takes back the attempt and the use of the rule, and the step in priority that the rule made. A priority that a rule has
 * set outright stays: it is not known what it was.
 */
export function factsBefore(facts: PersonFacts, call: PastCall, campaign?: Campaign): PersonFacts {
  const attempts = Math.max(0, facts.attempts - (call.counts ? 1 : 0));
  if (call.rule === null) return { ...facts, attempts };
  const uses = Math.max(0, (facts.ruleUses[call.rule] ?? 0) - 1);
  const change = campaign?.callAgain[call.rule]?.priority;
  const priority = facts.priority - (change !== undefined && 'by' in change ? change.by : 0);
  return { ...facts, attempts, priority, ruleUses: { ...facts.ruleUses, [call.rule]: uses } };
}
