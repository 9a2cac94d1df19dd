// Caller IDs of a campaign's file: whether they are numbers of ours, which other ones the trunks have, and whether the
// way of choosing fits the mode.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { CallerIds } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import type { Path } from '../source.ts';
import { integer, oneOf, phoneNumber } from '../values.ts';
import { PACED_MODES } from '../../terms.ts';

export const callerIdsSchema = z.strictObject({
  choose: oneOf(['fixed', 'rotate', 'local', 'agent'])
    .prefault('fixed')
    .describe(
      "fixed: the first number; rotate: one after the other; local: the nearest to the called number; agent: the agent's choice",
    ),
  numbers: z.array(phoneNumber()).min(1).describe('numbers that the called person sees, in E.164'),
  per_day: integer({ min: 1, max: 100_000 })
    .optional()
    .describe('calls of all campaigns that show one number in a day, at most; default: no cap'),
  used_up: z
    .union([oneOf(['stop']), phoneNumber()])
    .prefault('stop')
    .describe('every number has been shown that often: stop until the next day, or show this number'),
  answered: oneOf(['here', 'elsewhere'])
    .prefault('here')
    .describe('who takes calls to these numbers: the campaign (see inbound), or another system'),
});

export function toCallerIds(written: z.output<typeof callerIdsSchema>): CallerIds {
  const { choose, numbers, per_day: perDay, used_up: usedUp } = written;
  return { choose, numbers, ...defined({ perDay }), ...(usedUp === 'stop' ? {} : { usedUp }) };
}

/** Suggestions in one hint. */
const MOST_SUGGESTED = 5;

/** A number that is not ours is a fault, where every trunk of the campaign says which numbers are. */
export function checkCallerIds(checking: Checking): void {
  const { at, report, context } = checking;
  for (const [path, number] of writtenNumbers(checking)) {
    const read = typeof number === 'string' ? context.readNumber?.(number) : undefined;
    if (read === undefined || read === number || !/^\+\d+$/.test(String(number))) continue;
    report(path, `${String(number)} is written with a digit too many: it is ${read}.`, `Write "${read}".`);
  }
  const owned = ownedNumbers(checking);
  if (owned) {
    for (const [path, number] of writtenNumbers(checking)) {
      if (typeof number !== 'string' || number === '' || owned.includes(number)) continue;
      const some = owned.slice(0, MOST_SUGGESTED).join(', ');
      const more = owned.length > MOST_SUGGESTED ? ` and ${owned.length - MOST_SUGGESTED} more` : '';
      report(path, `${number} is no number of the campaign's trunks.`, `Numbers of ours: ${some}${more}.`);
    }
  }
  if (at(['caller_ids', 'choose']) !== 'agent' || !PACED.has(String(at(['mode'])))) return;
  const hint = 'Write local, which is what happens then.';
  const message = 'No agent is known when this mode dials: no one can choose the number.';
  report(['caller_ids', 'choose'], message, hint, 'warning');
}

const PACED: ReadonlySet<string> = new Set(PACED_MODES);

/** The numbers of the campaign's trunks; undefined when one of them does not say. */
function ownedNumbers({ at, context }: Checking): readonly string[] | undefined {
  const trunk = at(['trunk']);
  const names: readonly unknown[] = Array.isArray(trunk) ? trunk : [trunk];
  const owned = names.map((name) => (typeof name === 'string' ? context.trunkNumbers?.get(name) : undefined));
  if (owned.length === 0 || owned.includes(undefined)) return undefined;
  return [...new Set(owned.flatMap((numbers) => numbers ?? []))];
}

function writtenNumbers({ at }: Checking): readonly (readonly [Path, unknown])[] {
  const numbers = at(['caller_ids', 'numbers']);
  const usedUp = at(['caller_ids', 'used_up']);
  const listed = Array.isArray(numbers)
    ? numbers.map((number: unknown, index) => [['caller_ids', 'numbers', index], number] as const)
    : [];
  return usedUp === undefined || usedUp === 'stop' ? listed : [...listed, [['caller_ids', 'used_up'], usedUp]];
}
