// The rules on one phone of a record that hold everywhere: what may be dialed at all, do-not-call, not two calls to a
// number or a person at once, attempts per number, calls abroad. What the law adds where the person is, is in law.ts.

import { ABROAD_RULE, GATE_RULE } from './gate-rules.ts';
import { askedFor, dayLimit } from './record-rules.ts';
import type { PastAttempt } from '../records/record.ts';
import { VALIDATION_RULE } from '../rules/validation.ts';
import { allow } from '../rules/ruling.ts';
import type { Facing, PhoneRule, Ruling } from '../rules/ruling.ts';

export const PHONE_RULES: readonly PhoneRule[] = [
  GATE_RULE,
  { name: 'do-not-call', judge: doNotCall },
  { name: 'number-in-use', judge: numberInUse },
  { name: 'attempts-per-number', judge: attemptsPerNumber },
  ABROAD_RULE,
  VALIDATION_RULE,
];

/** A call to the same number or person usually ends within this. */
const IN_USE_AGAIN_MS = 60_000;

/** Whether a number is on do-not-call lists, in the words of every place that shows it. */
export function doNotCallSentence(number: string, lists: readonly string[]): string {
  if (lists.length === 0) return `${number} is on no do-not-call list.`;
  return `${number} is on the do-not-call list${lists.length === 1 ? '' : 's'} ${lists.join(', ')}.`;
}

const NO_LISTS: readonly string[] = [];

/** A number that a call-again rule has changed is looked up as it was, too. */
function doNotCall({ input, phoneIndex, number }: Facing): Ruling {
  const { was } = input.facts.phones[phoneIndex] ?? {};
  const lists = input.blocked.get(number) ?? (was === undefined ? undefined : input.blocked.get(was)) ?? NO_LISTS;
  const explain = () => ({ why: doNotCallSentence(number, lists), inputs: { number, lists: lists.join(', ') } });
  return lists.length === 0 ? allow(explain) : { allows: false, never: true, explain };
}

function numberInUse({ input, number }: Facing): Ruling {
  const { facts } = input;
  const other = facts.history.find(
    (past) =>
      past.result === null &&
      past.record !== facts.record &&
      (past.number === number || past.contact === facts.contact),
  );
  const explain = () => ({
    why: other === undefined ? `No call to ${number} or its contact is under way.` : inUse(other, number),
    inputs: { number, attempt: other?.attempt ?? null, record: other?.record ?? null },
  });
  return other === undefined ? allow(explain) : { allows: false, askAgainMs: IN_USE_AGAIN_MS, explain };
}

function inUse(other: PastAttempt, number: string): string {
  const who = other.number === number ? number : `The contact, on ${other.number},`;
  return `${who} is being dialed or talked to at this moment for record ${other.record} of campaign ${other.campaign}.`;
}

/** Over all campaigns and contacts that have the number. */
function attemptsPerNumber({ input, number }: Facing, at: number): Ruling {
  const most = input.campaign.attempts.perNumberPerDay;
  if (most === undefined) {
    return allow(() => ({ why: 'The campaign sets no limit per number and day.', inputs: { perNumberPerDay: null } }));
  }
  if (input.facts.callback !== null) return askedFor({ perNumberPerDay: most });
  const isCounted = (past: PastAttempt): boolean => past.number === number && past.counts;
  return dayLimit({ input, isCounted, most, what: `attempts to ${number}` }, at);
}
