// What becomes of a record after an attempt: called again (when, on which phone) or finished, by the campaign's rules.
// Decides from facts alone; does not know hours, do-not-call or the other records.

import type { CallAgainRule, Campaign } from '../campaign/definition.ts';
import { formatDuration } from '../base/durations.ts';
import type { Result } from '../terms.ts';
import { compileCallAgain } from './conditions.ts';
import type { CallAgainContext, Compiled } from './conditions.ts';
import { dialablePhones, nextPhone } from './phones.ts';
import type { RecordFacts, RecordNext } from './record.ts';

export interface AttemptOutcome {
  readonly result: Result;
  /** Code that the agent gave; absent: none. */
  readonly disposition?: string;
  /** A person and an agent were in conversation. */
  readonly connected: boolean;
  /** Index into the record's phones of the phone that was dialed. */
  readonly phoneIndex: number;
  readonly endedAt: number;
  /** False when the trouble was ours or the trunk's. */
  readonly counts: boolean;
}

export interface DecideNextInput {
  /** As they were before this attempt. */
  readonly facts: RecordFacts;
  readonly campaign: Campaign;
  readonly outcome: AttemptOutcome;
}

/** An attempt that does not count comes again after this, plus up to as much again by the record's number. */
const NOT_COUNTED_AGAIN_MS = 30_000;

type CompiledRules = readonly Compiled<CallAgainContext>[];
const compiledRules = new WeakMap<Campaign, CompiledRules>();

/**
 * The record's next state. An attempt that does not count (trunk trouble) puts the record back for 30 to 60 s later,
 * on the same phone, uses up no rule and no attempt; the spread keeps a burst of them from returning as one.
 * Otherwise the first rule that holds and has uses left decides; none: finished. Never throws.
 */
export function decideNext(input: DecideNextInput): RecordNext {
  const { facts, campaign, outcome } = input;
  if (!outcome.counts) return backSoon(facts, outcome);
  const { rule, place, notes } = ruleFor(input);
  if (rule === undefined) {
    const tail = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    return { state: 'finished', why: `No call-again rule applies to ${describe(outcome)}${tail}.` };
  }
  const named = `Call-again rule ${place + 1} (${rule.when})`;
  if (rule.then.do === 'give-up') return { state: 'finished', rule: place, why: `${named} gives up.` };
  const attempts = facts.attempts + 1;
  if (attempts >= campaign.attempts.max) {
    return { state: 'finished', why: `All ${campaign.attempts.max} attempts are used; ${named} would call again.` };
  }
  const order = dialablePhones(campaign, facts.phones);
  const phoneIndex = rule.then.phone === 'next' ? nextPhone(order, outcome.phoneIndex) : outcome.phoneIndex;
  return {
    state: 'waiting',
    dueAt: outcome.endedAt + rule.then.afterMs,
    phoneIndex,
    rule: place,
    why: `${named}: again after ${formatDuration(rule.then.afterMs)}, phone ${phoneIndex + 1}.`,
  };
}

function backSoon(facts: RecordFacts, outcome: AttemptOutcome): RecordNext {
  const afterMs = NOT_COUNTED_AGAIN_MS + ((facts.record * 7919) % (NOT_COUNTED_AGAIN_MS + 1));
  const why = `The attempt (${outcome.result}) does not count: again after ${formatDuration(afterMs)}.`;
  return { state: 'waiting', dueAt: outcome.endedAt + afterMs, phoneIndex: outcome.phoneIndex, why };
}

/** A call that was cancelled after its legal ring time rang in vain for the person: what holds for no answer holds. */
function ruleFor(input: DecideNextInput): ReturnType<typeof firstRule> {
  const own = firstRule(input);
  if (own.rule !== undefined || input.outcome.result !== 'cancelled') return own;
  return firstRule({ ...input, outcome: { ...input.outcome, result: 'no-answer' } });
}

function firstRule(input: DecideNextInput): { rule?: CallAgainRule; place: number; notes: readonly string[] } {
  const { facts, campaign } = input;
  const compiled = rulesOf(campaign);
  const context = contextOf(input);
  const notes: string[] = [];
  for (const [place, rule] of campaign.callAgain.entries()) {
    const condition = compiled[place];
    const outcome = condition?.ok === true ? condition.test(context) : { holds: false, note: 'faulty condition' };
    if (outcome.note !== undefined) notes.push(`rule ${place + 1}: ${outcome.note}`);
    if (!outcome.holds) continue;
    if ((facts.ruleUses[place] ?? 0) < (rule.times ?? Infinity)) return { rule, place, notes };
    notes.push(`rule ${place + 1}: has applied ${rule.times ?? 0} times`);
  }
  return { place: -1, notes };
}

function rulesOf(campaign: Campaign): CompiledRules {
  const known = compiledRules.get(campaign);
  if (known) return known;
  const compiled = campaign.callAgain.map((rule) => compileCallAgain(rule.when));
  compiledRules.set(campaign, compiled);
  return compiled;
}

function contextOf({ facts, outcome }: DecideNextInput): CallAgainContext {
  return {
    fields: facts.fields,
    result: outcome.result,
    disposition: outcome.disposition ?? '',
    attempts: facts.attempts + 1,
    connected: outcome.connected,
    phone_type: facts.phones[outcome.phoneIndex]?.type ?? 'other',
  };
}

function describe({ result, disposition }: AttemptOutcome): string {
  return disposition === undefined ? result : `${result}, ${disposition}`;
}
