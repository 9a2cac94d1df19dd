// Call-again rules of a campaign's file: when a record is called again, and what the conditions and parts of a rule must be.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { compileCallAgain } from '../../conditions/conditions.ts';
import type { Compiled } from '../../conditions/conditions.ts';
import type { CallAgainRule, NumberChange, PriorityChange } from '../../campaign/call-again-rule.ts';
import { PHONE_TYPES, RESULTS } from '../../terms.ts';
import type { Checking } from '../checking.ts';
import type { Path } from '../source.ts';
import { valueAt } from '../validate.ts';
import { duration, integer, matching, oneOf, text, yesNo } from '../values.ts';
import { entries, isYes } from './written.ts';

const DAY_MS = 86_400_000;

const digits = (): z.ZodType<string, string> =>
  matching(/^\d{1,8}$/, { what: 'part of a number', example: '"49" (1 to 8 digits, without the plus sign)' });

const anyDigits = (): z.ZodType<string, string> =>
  matching(/^\d{0,8}$/, { what: 'part of a number', example: '"49" (up to 8 digits, without the plus sign)' });

export const callAgainSchema = z.strictObject({
  when: text().describe('CEL over result, disposition, attempts, connected, phone_type, fields'),
  after: duration({ min: 1000, max: 366 * DAY_MS })
    .optional()
    .describe('how long after the attempt'),
  phone: oneOf(['same', 'next', 'first']).prefault('same').describe("which of the contact's phones"),
  prefix: z
    .strictObject({
      add: digits().optional().describe('digits put before the number, behind its plus sign'),
      strip: digits().optional().describe('digits taken off its front'),
      replace: digits().optional().describe('digits at its front that `with` takes the place of'),
      with: anyDigits().optional().describe('what takes their place'),
    })
    .optional()
    .describe('what is changed in the number, for this record alone'),
  priority: matching(/^[+-]?\d{1,4}$/, { what: 'priority', example: '+1, -1, or 5' })
    .optional()
    .describe('a step up (+1) or down (-1), or a priority (5); higher ones are dialed first'),
  times: integer({ min: 1, max: 1000 }).optional().describe('how often the rule applies to a record; default: always'),
  give_up: yesNo().prefault('no').describe('the record is finished, instead of `after`'),
  remove_contact: yesNo().prefault('no').describe('the contact is taken out of the campaign, instead of `after`'),
});

type WrittenRule = z.output<typeof callAgainSchema>;

export function toCallAgainRule(written: WrittenRule): CallAgainRule {
  const { when, times, priority } = written;
  return {
    when,
    then: toThen(written),
    ...defined({ times }),
    ...(priority === undefined ? {} : { priority: toPriority(priority) }),
  };
}

function toThen(written: WrittenRule): CallAgainRule['then'] {
  const { after, phone, prefix, remove_contact: removes } = written;
  if (after === undefined) return { do: removes ? 'remove-contact' : 'give-up' };
  const number = prefix === undefined ? undefined : toNumberChange(prefix);
  return { do: 'call-again', afterMs: after, phone, ...defined({ number }) };
}

function toNumberChange(prefix: NonNullable<WrittenRule['prefix']>): NumberChange | undefined {
  if (prefix.add !== undefined) return { do: 'add', digits: prefix.add };
  if (prefix.strip !== undefined) return { do: 'strip', digits: prefix.strip };
  if (prefix.replace === undefined) return undefined;
  return { do: 'replace', digits: prefix.replace, with: prefix.with ?? '' };
}

const toPriority = (text: string): PriorityChange => (/^[+-]/.test(text) ? { by: Number(text) } : { to: Number(text) });

export function checkCallAgain(checking: Checking): void {
  for (const [index, rule] of entries(checking.at(['call_again']))) checkRule(checking, ['call_again', index], rule);
  checkConditions(checking);
}

function checkRule({ report }: Checking, path: Path, rule: unknown): void {
  const isAgain = valueAt(rule, ['after']) !== undefined;
  const ends = ['give_up', 'remove_contact'].filter((key) => isYes(valueAt(rule, [key])));
  const hint =
    'Write after: 10m to call again, give_up: yes to finish, or remove_contact: yes to take the contact out.';
  const [end] = ends;
  if (!isAgain && end === undefined) report(path, 'The rule says neither when to call again nor to give up.', hint);
  if (isAgain && end !== undefined)
    report([...path, end], `The rule both calls again and ${END_WORDS[end] ?? ''}.`, hint);
  if (ends.length > 1) report([...path, 'remove_contact'], 'The rule both gives up and removes the contact.', hint);
  if (end !== undefined) {
    for (const key of ['phone', 'prefix', 'priority'].filter((key) => valueAt(rule, [key]) !== undefined)) {
      report([...path, key], `A rule that ${END_WORDS[end] ?? ''} dials no phone.`, `Leave ${key} out.`);
    }
  }
  checkPrefix(report, [...path, 'prefix'], valueAt(rule, ['prefix']));
}

const END_WORDS: Readonly<Record<string, string>> = { give_up: 'gives up', remove_contact: 'removes the contact' };

function checkPrefix(report: Checking['report'], path: Path, prefix: unknown): void {
  if (prefix === undefined) return;
  const changes = ['add', 'strip', 'replace'].filter((key) => valueAt(prefix, [key]) !== undefined);
  const hint = 'Write one of add: "49", strip: "0", or replace: "49" with with: "43".';
  const hasWith = valueAt(prefix, ['with']) !== undefined;
  const second = changes[1];
  if (changes.length === 0) report(path, 'Nothing says how the number is changed.', hint);
  if (second !== undefined) report([...path, second], 'The number is changed in two ways at once.', hint);
  if (changes.includes('replace') && !hasWith) report([...path, 'replace'], 'Nothing says what takes its place.', hint);
  if (hasWith && !changes.includes('replace')) report([...path, 'with'], 'There is nothing to replace.', hint);
}

function checkConditions(checking: Checking): void {
  const { at } = checking;
  const codes = entries(at(['dispositions']))
    .map(([, item]) => valueAt(item, ['code']))
    .filter((code) => typeof code === 'string');
  const words = { result: RESULTS, phone_type: PHONE_TYPES, disposition: ['', ...codes] };
  for (const [index, rule] of entries(at(['call_again']))) {
    const when = valueAt(rule, ['when']);
    if (typeof when !== 'string' || when === '') continue;
    conditionFaults(checking, ['call_again', index, 'when'], compileCallAgain(when, { words }));
  }
}

function conditionFaults({ source, faults }: Checking, path: Path, compiled: Compiled<never>): void {
  if (compiled.ok) return;
  for (const { column, message, hint } of compiled.faults) {
    faults.push({ ...source.placeWithin(path, column - 1), severity: 'fault', message, hint });
  }
}
