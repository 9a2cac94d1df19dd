// The rules on a record as a whole: its state, its attempts, when it is due, whether it has a phone to dial.
// In the order in which they are explained.

import { allAre } from '../base/all-of.ts';
import { formatLocal } from '../base/local-time.ts';
import { MAX_UNCOUNTED } from '../campaign/definition.ts';
import type { Span } from '../campaign/rule-pack.ts';
import { callbackDue } from '../records/callback-due.ts';
import { overAt, useOf } from '../rules/frequency.ts';
import { LIST_RULES } from './list-rules.ts';
import { phonesToDial } from '../records/phones.ts';
import type { PastAttempt } from '../records/record.ts';
import { allow, campaignZone } from '../rules/ruling.ts';
import type { EligibilityInput, Inputs, RecordRule, Ruling } from '../rules/ruling.ts';

export const RECORD_RULES: readonly RecordRule[] = [
  { name: 'record-state', judge: recordState },
  { name: 'attempts-max', judge: attemptsMax },
  { name: 'due-time', judge: dueTime },
  { name: 'callback', judge: callback },
  { name: 'do-not-call-back', judge: doNotCallBack },
  { name: 'attempts-per-day', judge: attemptsPerDay },
  { name: 'attempts-per-contact', judge: attemptsPerContact },
  { name: 'attempts-uncounted', judge: attemptsUncounted },
  { name: 'phones', judge: phoneTypes },
  ...LIST_RULES,
];

const ONE_DAY: Span = { unit: 'days', days: 1 };

function recordState({ facts }: EligibilityInput): Ruling {
  const because = (why: string) => () => ({ why, inputs: { state: facts.state } });
  switch (facts.state) {
    case 'fresh':
      return allow(because('The record is fresh: it has not been dialed yet.'));
    case 'waiting':
      return allow(because('The record is waiting to be dialed.'));
    case 'dialing':
      return {
        allows: false,
        explain: because('The record is reserved for an agent, being dialed or talked to at this moment.'),
      };
    case 'finished':
      return { allows: false, never: true, explain: because('The record is finished in this campaign.') };
    case 'removed':
      return { allows: false, never: true, explain: because('The record has been removed from this campaign.') };
  }
}

function attemptsMax({ facts, campaign }: EligibilityInput): Ruling {
  const { max } = campaign.attempts;
  if (facts.callback !== null) return askedFor({ attempts: facts.attempts, max });
  const allows = facts.attempts < max;
  const explain = () => ({
    why: allows
      ? `${facts.attempts} of ${max} attempts are used.`
      : `${allAre(max, 'attempt')} used (${facts.attempts}).`,
    inputs: { attempts: facts.attempts, max },
  });
  return allows ? allow(explain) : { allows, never: true, explain };
}

/** Finished at the limit by what comes after an attempt; here it is shown, and a limit that was lowered since holds. */
function attemptsUncounted({ facts, campaign }: EligibilityInput): Ruling {
  const { maxUncounted = MAX_UNCOUNTED } = campaign.attempts;
  if (facts.callback !== null) return askedFor({ uncounted: facts.uncounted, maxUncounted });
  const allows = facts.uncounted < maxUncounted;
  const explain = () => {
    const count = `${facts.uncounted} of ${maxUncounted} attempts in a row that do not count`;
    const why = facts.uncounted === 0 ? 'No attempt has failed without counting since the last.' : `${count} are used.`;
    return { why, inputs: { uncounted: facts.uncounted, maxUncounted } };
  };
  return allows ? allow(explain) : { allows, never: true, explain };
}

/** The person asked for the call: the campaign's own limits do not hold for it; the law's do. */
export function askedFor(inputs: Inputs): Ruling {
  return allow(() => ({ why: 'The person asked for this call: the campaign does not limit it.', inputs }));
}

function dueTime({ facts, campaign, agent }: EligibilityInput, at: number): Ruling {
  const { dueAt } = facts;
  if (facts.callback !== null) {
    return allow(() => ({ why: 'A callback is agreed: it says when.', inputs: { dueAt, now: at } }));
  }
  if (agent !== undefined) {
    return allow(() => ({ why: `It has waited for an agent to be engaged: ${agent} is.`, inputs: { dueAt, now: at } }));
  }
  const explain = () => {
    const due = dueAt === null ? '' : formatLocal(campaignZone(campaign), dueAt);
    const waits = `The record ${dueAt !== null && dueAt > at ? `falls due at ${due}` : `has been due since ${due}`}.`;
    return { why: dueAt === null ? 'The record is due at any time.' : waits, inputs: { dueAt, now: at } };
  };
  return dueAt === null || dueAt <= at ? allow(explain) : { allows: false, notBeforeAt: dueAt, explain };
}

function callback({ facts, campaign, agent }: EligibilityInput, at: number): Ruling {
  if (facts.callback === null) return allow(() => ({ why: 'No callback is agreed.', inputs: { callback: null } }));
  const { why, inputs, ...ruling } = callbackDue(facts.callback, { campaign, agent, now: at });
  return { ...ruling, explain: () => ({ why, inputs }) };
}

function doNotCallBack({ facts, campaign }: EligibilityInput, at: number): Ruling {
  const { heldUntil } = facts;
  const holds = heldUntil !== null && heldUntil > at;
  const explain = () => {
    const until = heldUntil === null ? '' : formatLocal(campaignZone(campaign), heldUntil);
    const over =
      heldUntil === null
        ? 'No agent said "do not call back".'
        : `The rest after "do not call back" was over at ${until}.`;
    return { why: holds ? `An agent said "do not call back": rests until ${until}.` : over, inputs: { heldUntil } };
  };
  return holds ? { allows: false, notBeforeAt: heldUntil, explain } : allow(explain);
}

function attemptsPerDay(input: EligibilityInput, at: number): Ruling {
  const { facts, campaign } = input;
  if (facts.callback !== null) return askedFor({ perDay: campaign.attempts.perDay });
  const isOwn = (past: PastAttempt): boolean => past.record === facts.record && past.counts && past.result !== null;
  return dayLimit({ input, isCounted: isOwn, most: campaign.attempts.perDay, what: 'attempts' }, at);
}

/** Over all campaigns and phones of the contact. */
function attemptsPerContact(input: EligibilityInput, at: number): Ruling {
  const { facts, campaign } = input;
  const most = campaign.attempts.perContactPerDay;
  if (most === undefined) {
    return allow(() => ({
      why: 'The campaign sets no limit per contact and day.',
      inputs: { perContactPerDay: null },
    }));
  }
  if (facts.callback !== null) return askedFor({ perContactPerDay: most });
  const isCounted = (past: PastAttempt): boolean => past.contact === facts.contact && past.counts;
  return dayLimit({ input, isCounted, most, what: 'attempts to the contact' }, at);
}

interface DayLimit {
  readonly input: EligibilityInput;
  readonly isCounted: (past: PastAttempt) => boolean;
  readonly most: number;
  /** What is counted, in the sentence. */
  readonly what: string;
}

/** At most so many attempts in a day of the campaign's time zone. */
export function dayLimit({ input, isCounted, most, what }: DayLimit, at: number): Ruling {
  const zone = campaignZone(input.campaign);
  const overAts: number[] = [];
  for (const past of input.facts.history) if (isCounted(past)) overAts.push(overAt(ONE_DAY, past.dialedAt, [zone]));
  const { used, freeAt } = useOf(overAts, most, at);
  const explain = () => {
    const day = formatLocal(zone, at).slice(0, 10);
    const count = `${used} of ${most} ${what} of ${day} (${zone}) are used`;
    const why = used < most ? `${count}.` : `${count}; more from the next day on.`;
    return {
      why: most < 1 ? 'The campaign allows no attempts on any day.' : why,
      inputs: { attemptsToday: used, perDay: most, day, timezone: zone },
    };
  };
  if (used < most) return allow(explain);
  return freeAt === undefined
    ? { allows: false, never: true, explain }
    : { allows: false, notBeforeAt: freeAt, explain };
}

function phoneTypes({ facts, campaign }: EligibilityInput): Ruling {
  const dialable = phonesToDial(campaign, facts).length;
  const explain = () => {
    const count = facts.phones.length;
    const types = campaign.phones.length === 0 ? 'any' : campaign.phones.join(', ');
    const inputs = { phones: count, dialable, types };
    if (dialable > 0) return { why: `${dialable} of ${count} phones may be dialed (${types}).`, inputs };
    const none = `None of the ${count} phones is of a type that the campaign dials (${types}).`;
    return { why: count === 0 ? 'The contact has no phone.' : none, inputs };
  };
  return dialable > 0 ? allow(explain) : { allows: false, never: true, explain };
}
