// Wrap-up and pauses of a campaign's agents: what they may take, and why they pause. Codes and keys are each there once.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { PauseReason } from '../../terms.ts';
import type { Checking } from '../checking.ts';
import { valueAt } from '../validate.ts';
import { duration, name, oneOf, phoneKey, text } from '../values.ts';
import { entries } from './written.ts';

const wrapUpSchema = z
  .strictObject({
    limit: duration({ min: 0, max: 3_600_000 }).prefault('30s').describe('how long an agent may take after a call'),
    disposition: oneOf(['optional', 'required'])
      .prefault('optional')
      .describe('whether the agent must say what it was'),
    over: oneOf(['paused', 'ready']).prefault('paused').describe('what the agent becomes when the limit is over'),
  })
  .prefault({})
  .describe("the agent's time after a call");

const pauseReasonSchema = z.strictObject({
  code: name('pause reason').describe('stands in reports'),
  label: text().describe('what people see'),
  key: phoneKey().optional().describe("digit on the agent's phone after 0"),
});

const pauseReasons = [
  { code: 'break', label: 'Break', key: '1' },
  { code: 'lunch', label: 'Lunch', key: '2' },
  { code: 'meeting', label: 'Meeting', key: '3' },
];

export const wrapUpKeys = {
  wrap_up: wrapUpSchema,
  pause_reasons: z.array(pauseReasonSchema).prefault(pauseReasons).describe('why agents pause'),
};

interface WrittenWrapUp {
  readonly wrap_up: z.output<typeof wrapUpSchema>;
  readonly pause_reasons: readonly z.output<typeof pauseReasonSchema>[];
}

export function toWrapUp(written: WrittenWrapUp): Pick<Campaign, 'wrapUp' | 'pauseReasons'> {
  const { limit, disposition, over } = written.wrap_up;
  return {
    wrapUp: { limitMs: limit, dispositionRequired: disposition === 'required', over },
    pauseReasons: written.pause_reasons.map(toReason),
  };
}

function toReason({ code, label, key }: z.output<typeof pauseReasonSchema>): PauseReason {
  return { code, label, ...defined({ key }) };
}

/** Codes and keys of dispositions and pause reasons are each there once. */
export function checkKeyed({ at, report }: Checking): void {
  for (const list of ['dispositions', 'pause_reasons']) {
    for (const part of ['code', 'key']) {
      const seen = new Map<string, number>();
      for (const [index, item] of entries(at([list]))) {
        const value = valueAt(item, [part]);
        if (typeof value !== 'string' || value === '') continue;
        const first = seen.get(value);
        if (first === undefined) seen.set(value, index);
        else
          report(
            [list, index, part],
            `The ${part} ${value} is there already (${list}[${first}]).`,
            `Give each its own ${part}.`,
          );
      }
    }
  }
}

export function checkWrapUp({ at, report }: Checking): void {
  if (at(['wrap_up', 'disposition']) !== 'required') return;
  const dispositions = entries(at(['dispositions']));
  const path = ['wrap_up', 'disposition'];
  if (dispositions.length === 0)
    report(path, 'A disposition is required, but there is none.', 'Add dispositions, or write optional.');
  else if (!dispositions.some(([, item]) => valueAt(item, ['key']) !== undefined)) {
    report(
      path,
      'A disposition is required, but none has a key: agents could not give one by phone.',
      'Give each a key.',
    );
  }
}
