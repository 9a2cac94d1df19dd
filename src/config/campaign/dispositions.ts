// Dispositions of a campaign's file: what agents may say a call was, and parts of them that do not go together.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { DISPOSITION_ASKS, type Disposition, type DispositionThen } from '../../terms.ts';
import type { Checking } from '../checking.ts';
import type { Path } from '../source.ts';
import { valueAt } from '../validate.ts';
import { name, oneOf, phoneKey, text } from '../values.ts';
import { entries } from './written.ts';

export const dispositionSchema = z.strictObject({
  code: name('disposition').describe('stands in reports and in call_again'),
  label: text().describe('what agents see'),
  key: phoneKey().optional().describe("digit on the agent's phone during wrap-up"),
  ask: oneOf(DISPOSITION_ASKS)
    .optional()
    .describe('what the agent must say besides: when to call again, another phone, or why'),
  then: oneOf(['do-not-call', 'do-not-call-back', 'close'])
    .optional()
    .describe('what it does whatever call_again says'),
  list: oneOf(['global', 'campaign'])
    .optional()
    .describe("then do-not-call: on which list; default: everybody's (global)"),
  numbers: oneOf(['dialed', 'all'])
    .optional()
    .describe('then do-not-call: the dialed number (default), or all of the contact'),
});

type WrittenDisposition = z.output<typeof dispositionSchema>;

export function toDisposition(written: WrittenDisposition): Disposition {
  const { code, label, key, ask } = written;
  const then = toDispositionThen(written);
  return {
    code,
    label,
    ...defined({ key, ask, then }),
  };
}

function toDispositionThen(written: WrittenDisposition): DispositionThen | undefined {
  const { then, list = 'global', numbers = 'dialed' } = written;
  if (then === undefined) return undefined;
  return then === 'do-not-call' ? { do: then, list, numbers } : { do: then };
}

export function checkDispositions({ at, report }: Checking): void {
  for (const [index, item] of entries(at(['dispositions']))) checkDisposition(report, ['dispositions', index], item);
}

function checkDisposition(report: Checking['report'], path: Path, item: unknown): void {
  const then = valueAt(item, ['then']);
  for (const key of ['list', 'numbers']) {
    if (valueAt(item, [key]) === undefined || then === 'do-not-call') continue;
    report([...path, key], `${key} goes with then: do-not-call alone.`, 'Leave it out, or add then: do-not-call.');
  }
  if (then !== undefined && valueAt(item, ['ask']) === 'callback') {
    const hint = 'Leave ask: callback or then out.';
    report([...path, 'ask'], 'A disposition cannot agree on a callback and end the record at once.', hint);
  }
}
