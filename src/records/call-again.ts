// What becomes of a record after an attempt: called again (when, on which phone, how urgently), finished or removed, by
// the agent's word, an agreed callback, or the campaign's rules. Decides from facts alone; does not know hours,
// do-not-call or the other records.

import { allAre } from '../base/all-of.ts';
import { defined } from '../base/defined.ts';
import { backoffMs } from '../base/backoff.ts';
import { formatDuration } from '../base/durations.ts';
import { formatLocal } from '../base/local-time.ts';
import { MAX_UNCOUNTED } from '../campaign/definition.ts';
import type { CallAgainRule, PriorityChange } from '../campaign/call-again-rule.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { AgentNumber, DispositionThen, Result } from '../terms.ts';
import { personalDueAt } from './callback-due.ts';
import { compileCallAgain } from '../conditions/conditions.ts';
import type { CallAgainContext, Compiled } from '../conditions/conditions.ts';
import { changeNumber, describeChange } from './number-change.ts';
import { dialablePhones, nextPhone } from './phones.ts';
import type { CallbackFacts, DecidedNext, PersonFacts, WaitingNext } from './record.ts';

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
  /** The network asked not to call the person again before this time has passed (`Retry-After`). */
  readonly retryAfterMs?: number;
  /** What was answered to the script in this conversation, as conditions see it; absent: nothing. */
  readonly answers?: Readonly<Record<string, string | number>>;
  /** The person called us: no attempt of ours is used up. */
  readonly inbound?: boolean;
}

export interface DecideNextInput {
  /** As they were before this attempt. */
  readonly facts: PersonFacts;
  readonly campaign: Campaign;
  readonly outcome: AttemptOutcome;
  /** Agreed during the call or after it; its number is one of the record's phones. */
  readonly agreed?: CallbackFacts;
}

/** The first attempt that does not count comes again after this, each one after it later by half to all of that again. */
const NOT_COUNTED = { firstMs: 60_000, maxMs: 3_600_000 };
/** Spread by the record's number, so that what failed together does not come back together. */
const SPREAD = 0.25;
/** The network is taken at its word for so long. */
const RETRY_AFTER_MOST_MS = 86_400_000;

type CompiledRules = readonly Compiled<CallAgainContext>[];
const compiledRules = new WeakMap<Campaign, CompiledRules>();

/**
 * The record's next state. First what the disposition does by itself; then a callback agreed in this call; then, after
 * an attempt that does not count (trunk trouble), the same again 1, 2, 4 … minutes later, using up no attempt, until the
 * campaign's limit of such attempts in a row; else the first rule that holds and has uses left decides, and none
 * finishes. A callback that reached no one goes on by the rules on its own phone. Never throws.
 */
export function decideNext(input: DecideNextInput): DecidedNext {
  const { outcome, agreed } = input;
  const said = saidNext(input);
  if (said) return agreed ? { ...said, takesBack: true } : said;
  if (agreed) return agreedNext(input, agreed);
  const next = outcome.counts || outcome.inbound === true ? byRules(input) : notCounted(input);
  return next.state === 'waiting' ? withCallback(input, notBefore(outcome, next)) : next;
}

/** The network has said how long the person cannot be reached. */
function notBefore({ retryAfterMs = 0, endedAt }: AttemptOutcome, next: WaitingNext): WaitingNext {
  const restMs = Math.min(retryAfterMs, RETRY_AFTER_MOST_MS);
  if (endedAt + restMs <= next.dueAt) return next;
  return {
    ...next,
    dueAt: endedAt + restMs,
    why: `${next.why} Not before ${formatDuration(restMs)}: the network said so.`,
  };
}

/** An agent turned the record down: it goes back to the top of the list, on the phone that it was for. */
export function rejectedNext(facts: PersonFacts, agent: AgentNumber, now: number): WaitingNext {
  const { phoneIndex } = facts;
  const why = `Agent ${agent} rejected it: back to the top of the list.`;
  const callback = facts.callback === null ? {} : { callbackAt: now };
  return { state: 'waiting', dueAt: now, phoneIndex, first: true, why, ...callback };
}

/** What the agent's disposition does whatever the rules say. */
function saidNext({ facts, campaign, outcome }: DecideNextInput): DecidedNext | undefined {
  const disposition = campaign.dispositions.find(({ code }) => code === outcome.disposition);
  if (disposition?.then === undefined) return undefined;
  const named = `Disposition ${disposition.code}`;
  if (disposition.then.do !== 'do-not-call-back')
    return { state: 'finished', why: `${named}: ${CLOSES[disposition.then.do]}.` };
  const heldUntil = outcome.endedAt + campaign.doNotCallBackMs;
  const zone = campaign.schedule?.timezone ?? 'UTC';
  const why = `${named}: do not call back; rests until ${formatLocal(zone, heldUntil)}.`;
  return { state: 'waiting', dueAt: heldUntil, heldUntil, phoneIndex: facts.phoneIndex, why };
}

const CLOSES: Readonly<Record<Exclude<DispositionThen['do'], 'do-not-call-back'>, string>> = {
  'do-not-call': 'do not call',
  close: 'closed',
};

function agreedNext({ facts, campaign }: DecideNextInput, agreed: CallbackFacts): WaitingNext {
  const place = facts.phones.findIndex(({ number }) => number === agreed.number);
  return {
    state: 'waiting',
    dueAt: personalDueAt(agreed, campaign.callbacks),
    callbackAt: agreed.at,
    phoneIndex: place < 0 ? facts.phoneIndex : place,
    first: true,
    why: `Callback agreed for ${formatLocal(agreed.zone, agreed.at)}${agreed.agent === null ? '' : `, by agent ${agreed.agent}`}.`,
  };
}

/** A callback that was not answered is tried again when the record is, by the same agent, on the phone agreed. */
function withCallback({ facts, campaign, outcome }: DecideNextInput, next: WaitingNext): WaitingNext {
  const { callback } = facts;
  if (callback === null || outcome.connected || outcome.inbound === true) return next;
  const again: CallbackFacts = { ...callback, at: next.dueAt };
  return {
    ...next,
    phoneIndex: outcome.phoneIndex,
    dueAt: personalDueAt(again, campaign.callbacks),
    callbackAt: next.dueAt,
    first: true,
    why: `${next.why} The callback goes on.`,
  };
}

function byRules(input: DecideNextInput): DecidedNext {
  const { facts, campaign, outcome } = input;
  const { rule, place, notes } = ruleFor(input);
  if (rule === undefined) {
    const tail = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    return { state: 'finished', why: `No call-again rule applies to ${describe(outcome)}${tail}.` };
  }
  const named = `Call-again rule ${place + 1} (${rule.when})`;
  if (rule.then.do === 'give-up') return { state: 'finished', rule: place, why: `${named} gives up.` };
  if (rule.then.do === 'remove-contact')
    return { state: 'removed', rule: place, why: `${named} removes the contact from the campaign.` };
  if (attemptsUsed(input) >= campaign.attempts.max) {
    return { state: 'finished', why: `${allAre(campaign.attempts.max, 'attempt')} used; ${named} would call again.` };
  }
  const phoneIndex = phoneOf(rule.then.phone, dialablePhones(campaign, facts.phones), outcome.phoneIndex);
  const priority = rule.priority === undefined ? undefined : changePriority(facts.priority, rule.priority);
  const { number, explained } = changedNumber(rule, facts.phones[phoneIndex]?.number);
  return {
    state: 'waiting',
    dueAt: outcome.endedAt + rule.then.afterMs,
    phoneIndex,
    rule: place,
    ...defined({ priority, number }),
    why: `${named}: again after ${formatDuration(rule.then.afterMs)}, phone ${phoneIndex + 1}${explained}${
      priority === undefined ? '' : `, priority ${priority}`
    }.`,
  };
}

function phoneOf(wanted: 'same' | 'next' | 'first', order: readonly number[], dialed: number): number {
  if (wanted === 'same') return dialed;
  return wanted === 'next' ? nextPhone(order, dialed) : (order[0] ?? dialed);
}

const changePriority = (from: number, change: PriorityChange): number =>
  'to' in change ? change.to : from + change.by;

function changedNumber(
  { then }: CallAgainRule,
  number: string | undefined,
): { readonly number?: string; readonly explained: string } {
  if (then.do !== 'call-again' || then.number === undefined || number === undefined) return { explained: '' };
  const changed = changeNumber(number, then.number);
  const change = describeChange(then.number);
  if (changed === undefined) return { explained: ` (its number stays: ${change} does not fit it)` };
  return { number: changed, explained: ` with ${change}` };
}

const attemptsUsed = ({ facts, outcome }: DecideNextInput): number =>
  facts.attempts + (outcome.inbound === true || !outcome.counts ? 0 : 1);

/** A rule that names the result decides where it asks for longer; else the record backs off, and ends at the limit. */
function notCounted(input: DecideNextInput): DecidedNext {
  const { facts, campaign, outcome } = input;
  const inARow = facts.uncounted + 1;
  const { maxUncounted: most = MAX_UNCOUNTED } = campaign.attempts;
  const { rule } = firstRule(input);
  if (rule && isNamed(rule, outcome.result) && (rule.then.do !== 'call-again' || inARow >= most)) return byRules(input);
  if (inARow >= most) {
    const why = `${most} attempts in a row did not count, the last ${outcome.result}: that is the campaign's limit.`;
    return { state: 'finished', why };
  }
  const backsOff = backOff(facts, outcome, inARow);
  if (!rule || !isNamed(rule, outcome.result)) return backsOff;
  const ruled = byRules(input);
  return ruled.state !== 'waiting' || ruled.dueAt > backsOff.dueAt ? ruled : backsOff;
}

const isNamed = (rule: CallAgainRule, result: Result): boolean => new RegExp(`["']${result}["']`).test(rule.when);

function backOff(facts: PersonFacts, outcome: AttemptOutcome, inARow: number): WaitingNext {
  const baseMs = backoffMs(NOT_COUNTED, inARow - 1);
  const spreadMs = Math.floor(baseMs * SPREAD);
  const afterMs = baseMs + (((facts.record ?? 0) * 7919) % (spreadMs + 1));
  const what = inARow === 1 ? 'The attempt' : `The attempt, the ${inARow}. in a row that did so,`;
  const why = `${what} (${outcome.result}) does not count: again after ${formatDuration(afterMs)}.`;
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

function contextOf(input: DecideNextInput): CallAgainContext {
  const { facts, outcome } = input;
  return {
    fields: facts.fields,
    ...defined({ answers: outcome.answers }),
    result: outcome.result,
    disposition: outcome.disposition ?? '',
    attempts: attemptsUsed(input),
    connected: outcome.connected,
    phone_type: facts.phones[outcome.phoneIndex]?.type ?? 'other',
  };
}

function describe({ result, disposition }: AttemptOutcome): string {
  return disposition === undefined ? result : `${result}, ${disposition}`;
}
