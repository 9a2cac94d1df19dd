// Callbacks of a campaign's file: agreed times, rest after "do not call back", people who were missed.

import { z } from 'zod';
import type { AutoCallback, CallbackRules } from '../../campaign/definition.ts';
import type { Checking } from '../checking.ts';
import { duration, name, oneOf } from '../values.ts';

const DAY_MS = 86_400_000;

const callbacksSchema = z.strictObject({
  personal_wait: duration({ min: 0, max: 30 * DAY_MS })
    .prefault('30m')
    .describe('how long a personal callback waits for its agent'),
  then: oneOf(['group', 'wait', 'cancel'])
    .prefault('group')
    .describe("and then: it is any agent's, waits on, or is given up"),
  max_ahead: duration({ min: 3_600_000, max: 3 * 366 * DAY_MS })
    .prefault('90d')
    .describe('no callback may be agreed for later than this'),
});

const autoCallbackSchema = z.strictObject({
  from: z.array(name('campaign')).min(1).describe('campaigns whose missed people are called'),
  missed: z
    .array(oneOf(['inbound', 'abandoned']))
    .min(1)
    .prefault(['inbound', 'abandoned'])
    .describe('which: callers whom no agent took, answered calls that got no agent'),
  after: duration({ min: 0, max: 7 * DAY_MS })
    .prefault('1m')
    .describe('how long after they were missed'),
});

export const callbackKeys = {
  callbacks: callbacksSchema.prefault({}).describe('agreed times to call again'),
  do_not_call_back: duration({ min: 3_600_000, max: 3660 * DAY_MS })
    .prefault('90d')
    .describe('how long a record rests after "do not call back"'),
  auto_callback: autoCallbackSchema
    .optional()
    .describe('mode auto-callback: whom it calls; they are put on its first list'),
};

export function toCallbacks(written: z.output<typeof callbacksSchema>): CallbackRules {
  return { personalWaitMs: written.personal_wait, then: written.then, maxAheadMs: written.max_ahead };
}

export function toAutoCallback(written: z.output<typeof autoCallbackSchema>): AutoCallback {
  return { from: written.from, missed: written.missed, afterMs: written.after };
}

export function checkAutoCallback({ at, report }: Checking): void {
  const isAuto = at(['mode']) === 'auto-callback';
  const section = at(['auto_callback']);
  if (isAuto && section === undefined) {
    report(['mode'], 'Nothing says whose missed people are called.', 'Add auto_callback: {from: [CAMPAIGN]}.');
  }
  if (!isAuto && section !== undefined) {
    report(['auto_callback'], 'Only a campaign of mode auto-callback has this.', 'Leave it out, or change the mode.');
  }
}
