// Keys of a campaign's file about what comes after a call: call-again rules, dispositions, callbacks, people who call.

import { z } from 'zod';
import { duration, integer, matching, name, oneOf, sound, text, yesNo } from './values.ts';

const DAY_MS = 86_400_000;
const nothing = {};

/** A key of the phone that stands for one of ours. */
export const phoneKey = (): z.ZodType<string, string> =>
  matching(/^\d$/, { what: 'key for this', example: '1 (one digit; * and # are taken: ** hangs up a call)' });

const digits = (): z.ZodType<string, string> =>
  matching(/^\d{1,8}$/, { what: 'part of a number', example: '"49" (1 to 8 digits, without the plus sign)' });
const anyDigits = (): z.ZodType<string, string> =>
  matching(/^\d{0,8}$/, { what: 'part of a number', example: '"49" (up to 8 digits, without the plus sign)' });

const callAgainSchema = z.strictObject({
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

const dispositionSchema = z.strictObject({
  code: name('disposition').describe('stands in reports and in call_again'),
  label: text().describe('what agents see'),
  key: phoneKey().optional().describe("digit on the agent's phone during wrap-up"),
  ask: oneOf(['callback', 'phone', 'reason'])
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

const inboundSchema = z.strictObject({
  take: yesNo().prefault('yes').describe("whether calls to the campaign's numbers are taken"),
  greeting: sound().optional().describe('what a caller hears first; default: nothing'),
  waiting: oneOf(['silence', 'music']).prefault('music').describe('what a caller hears until an agent is free'),
  wait: duration({ min: 0, max: 3_600_000 })
    .prefault('60s')
    .describe('without an agent after this a caller hears `busy` and is called back'),
  busy: sound().prefault('outdial/inbound-busy').describe('no agent is free: 1 asks to be called back'),
  closed: sound().prefault('outdial/inbound-closed').describe('outside the hours, or no agent works'),
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

export const afterCallKeys = {
  call_again: z
    .array(callAgainSchema)
    .prefault([])
    .describe('first rule that holds decides; none: the record is finished'),
  dispositions: z.array(dispositionSchema).prefault([]).describe('what agents may say a call was'),
  callbacks: callbacksSchema.prefault(nothing).describe('agreed times to call again'),
  do_not_call_back: duration({ min: 3_600_000, max: 3660 * DAY_MS })
    .prefault('90d')
    .describe('how long a record rests after "do not call back"'),
  inbound: inboundSchema.prefault(nothing).describe("people who call one of the campaign's numbers"),
  auto_callback: autoCallbackSchema
    .optional()
    .describe('mode auto-callback: whom it calls; they are put on its first list'),
};
