// May a callback be agreed for this time, number and agent, and if not, why? And which moment an agent means who types
// a time on the phone. Asks explainRecord what would hold at that moment; changes nothing.

import { defined } from '../base/defined.ts';
import { describeWindow, isOpenAt } from '../campaign/schedule.ts';
import { formatDuration } from '../base/durations.ts';
import { firstInstantAt, formatLocal, localTime } from '../base/local-time.ts';
import type { AgentNumber, Phone } from '../terms.ts';
import { personalDueAt } from '../records/callback-due.ts';
import { explainRecord } from './eligibility.ts';
import type { EligibilityInput } from './eligibility.ts';
import type { CallbackFacts, PastAttempt, RecordFacts } from '../records/record.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What somebody wants to agree on. */
export interface WantedCallbackTime {
  readonly at: number;
  /** IANA zone in which the time was said. */
  readonly zone: string;
  /** One of the contact's phones, or another one with its type. */
  readonly phone: Phone;
  readonly agent: AgentNumber | null;
}

export const CALLBACK_REFUSALS = [
  'callback-past',
  'callback-too-far',
  'callback-outside-hours',
  'callback-forbidden',
  'callback-record-removed',
] as const;
export type CallbackRefusal = (typeof CALLBACK_REFUSALS)[number];

export type CallbackDecision =
  | {
      readonly ok: true;
      /** When the record is looked at for whoever is free, epoch ms. */
      readonly dueAt: number;
      readonly why: string;
    }
  | {
      readonly ok: false;
      readonly code: CallbackRefusal;
      readonly why: string;
      /** Name of the rule that forbids it. */
      readonly rule?: string;
      /** From when on it would be allowed, where that is known. */
      readonly notBeforeAt?: number;
    };

export interface CallbackInput extends Omit<EligibilityInput, 'agent'> {
  readonly wanted: WantedCallbackTime;
}

/**
 * Whether the wanted time may be agreed on at `now`: not past, not too far off, within the campaign's hours, and allowed at
 * that moment by every rule that decides on dialing. Total and deterministic.
 */
export function judgeCallback(input: CallbackInput): CallbackDecision {
  const { at, zone } = input.wanted;
  const time = formatLocal(zone, at);
  const refusal = refusalOf(input, time);
  return refusal ?? byRulesThen(input, time);
}

type Refused = Extract<CallbackDecision, { ok: false }>;

/** What stands against the time before any rule is asked. */
function refusalOf({ facts, campaign, wanted: { at }, now }: CallbackInput, time: string): Refused | undefined {
  if (facts.state === 'removed') {
    return { ok: false, code: 'callback-record-removed', why: 'The record has been removed from the campaign.' };
  }
  if (at <= now) return { ok: false, code: 'callback-past', why: `${time} has passed already.` };
  const { maxAheadMs } = campaign.callbacks;
  if (at - now > maxAheadMs) {
    return { ok: false, code: 'callback-too-far', why: `${time} is more than ${formatDuration(maxAheadMs)} away.` };
  }
  if (isOpenAt(campaign.schedule, at)) return undefined;
  const window = describeWindow(campaign.schedule, at);
  return { ok: false, code: 'callback-outside-hours', why: `The campaign does not dial at ${time}. ${window}` };
}

function byRulesThen(input: CallbackInput, time: string): CallbackDecision {
  const { campaign, wanted } = input;
  const { wanted: _wanted, ...then } = input;
  const { agent } = wanted;
  const { mayDial, findings, notBeforeAt } = explainRecord({
    ...then,
    facts: factsThen(input),
    now: wanted.at,
    ...(agent === null ? {} : { agent }),
  });
  if (mayDial) {
    const whose = agent === null ? 'for any agent' : `for agent ${agent}`;
    return { ok: true, dueAt: personalDueAt(wanted, campaign.callbacks), why: `Callback ${whose} at ${time}.` };
  }
  const { rule, why = 'A rule forbids it.' } = findings.find(({ allows }) => !allows) ?? {};
  return {
    ok: false,
    code: 'callback-forbidden',
    why: `At ${time} the call would not be allowed: ${why}`,
    ...defined({ rule, notBeforeAt }),
  };
}

/** The record as it would stand at the agreed time: waiting, with the callback, its present call over. */
function factsThen({ facts, wanted, now }: CallbackInput): RecordFacts {
  const { at, agent, zone, phone } = wanted;
  const isKnown = facts.phones.some(({ number }) => number === phone.number);
  const callback: CallbackFacts = { callback: 0, at, agent, zone, number: phone.number, by: '', setAt: now };
  return {
    ...facts,
    state: 'waiting',
    dueAt: at,
    callback,
    heldUntil: null,
    uncounted: 0,
    phones: isKnown ? facts.phones : [...facts.phones, phone],
    history: facts.state === 'dialing' ? [...facts.history, presentCall(facts, now)] : facts.history,
  };
}

/** The call that is under way for the record, as a conversation that is over. */
function presentCall(facts: RecordFacts, now: number): PastAttempt {
  const number = facts.phones[facts.phoneIndex]?.number ?? '';
  const { campaign, record, contact } = facts;
  return {
    attempt: '',
    campaign,
    record,
    contact,
    number,
    dialedAt: now,
    endedAt: now,
    result: 'connected',
    talked: true,
    counts: true,
    disposition: null,
  };
}

/**
 * The moment that keys on a phone stand for: `1` in an hour, `2` tomorrow at the same time, four digits the next such
 * time of day in `zone`; on whole minutes. Undefined: they stand for none.
 */
export function timeFromKeys(typed: string, now: number, zone: string): number | undefined {
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  if (typed === '1') return minute + HOUR_MS;
  const { year, month, day, hour, minute: past } = localTime(zone, minute);
  const today = Date.UTC(year, month - 1, day);
  if (typed === '2') return firstInstantAt(zone, today + DAY_MS + hour * HOUR_MS + past * MINUTE_MS);
  const match = /^([01]\d|2[0-3])([0-5]\d)$/.exec(typed);
  if (!match) return undefined;
  const wanted = Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
  const todayAt = firstInstantAt(zone, today + wanted);
  return todayAt > now ? todayAt : firstInstantAt(zone, today + DAY_MS + wanted);
}
