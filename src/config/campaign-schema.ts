// Every key of a campaign's file: kind, default, bounds and what it means.

import { z } from 'zod';
import { FIELD_TYPES } from '../campaign/fields.ts';
import { afterCallKeys, phoneKey } from './after-call-schema.ts';
import { textKeys } from './agent-texts.ts';
import { deskSchema } from './desk.ts';
import { breaksSchema, shiftEndsSchema } from './leaves.ts';
import { lawKeys } from './law-schema.ts';
import { listKeys } from './list-schema.ts';
import {
  decimal,
  duration,
  integer,
  matching,
  name,
  oneOf,
  pacingPolicy,
  phoneNumber,
  share,
  sound,
  text,
  timeZone,
  yesNo,
  webAddress,
} from './values.ts';
import { PHONE_MODES, PHONE_TYPES } from '../terms.ts';

const nothing = {};

const MODES = [
  'predictive',
  'progressive',
  'ratio',
  'preview',
  'push-preview',
  'direct-push-preview',
  'manual',
  'auto-callback',
] as const;

const cron = (): z.ZodType<string, string> => text();

const scheduleSchema = z.strictObject({
  timezone: timeZone().describe('IANA time zone of the hours, days and holidays'),
  start: cron().describe('cron expression (minute hour day month weekday) at which dialing may begin'),
  stop: cron().describe('cron expression at which it ends'),
  holidays: z
    .union([z.array(text()), text()])
    .prefault([])
    .describe('days without dialing: dates such as 2026-12-25, or the name of a file in holidays/'),
});

const validationSchema = z.strictObject({
  url: webAddress(/^https?:\/\/[^\s/]+(\/\S*)?$/, { what: 'URL', example: 'http://127.0.0.1:9300/check' }).describe(
    'where the numbers are sent',
  ),
  timeout: duration({ min: 50, max: 10_000 }).prefault('300ms').describe('without an answer by then it is unavailable'),
  cache: duration({ min: 60_000, max: 30 * 86_400_000 })
    .prefault('24h')
    .describe('how long an answer counts'),
  when_unavailable: oneOf(['dial', 'skip', 'hold'])
    .prefault('hold')
    .describe("dial all the same; skip to the contact's next number; hold the record until the service is back"),
});

const recordingSchema = z.strictObject({
  when: oneOf(['all', 'agent', 'off'])
    .prefault('off')
    .describe("all: every conversation that the rules allow; agent: begun by the agent's key (*1); off: none"),
  announce: sound()
    .optional()
    .describe('what both hear when it begins; where the law wants an announcement, nothing is recorded without'),
  keep: duration({ min: 60_000, max: 20 * 366 * 86_400_000 })
    .prefault('30d')
    .describe('how long a recording is kept; then it is deleted'),
  machines: share({ min: 0, max: 1 })
    .prefault('0%')
    .describe('share of calls whose first seconds are kept when the detector says machine, to check it by'),
});

const transferSchema = z.strictObject({
  destinations: z
    .array(
      z.strictObject({
        name: name('destination').describe('what programs and the workspace call it'),
        label: text().describe('as agents read it'),
        number: phoneNumber().describe('in E.164; the gate of numbers has the last word'),
        key: phoneKey()
          .optional()
          .describe('digit on the phone: *3 and the digit to give the person away, *4 to speak first'),
      }),
    )
    .prefault([])
    .describe('whom agents may bring into a call or give the person to, by name'),
  any_number: yesNo().prefault('no').describe('also any number that the trunks of the campaign dial'),
  agents: yesNo().prefault('yes').describe('also other agents of the campaign who are ready'),
  ring: duration({ min: 5_000, max: 120_000 }).prefault('25s').describe('how long they are rung'),
});

const callerIdsSchema = z.strictObject({
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

const pacingSchema = z.strictObject({
  abandon_target: share({ min: 0, max: 0.1 }).prefault('3%').describe('live answers that may meet no agent, at most'),
  ring: duration({
    min: 15_000,
    max: 120_000,
    because: 'A person must have 15 seconds or four rings to pick up.',
  })
    .prefault('25s')
    .describe('how long a phone rings before the call is given up'),
  min_ring: duration({
    min: 15_000,
    max: 120_000,
    because: 'A person must have 15 seconds or four rings to pick up.',
  })
    .prefault('15s')
    .describe('a ringing call is never cancelled before this'),
  max_lines: integer({ min: 1, max: 5000 }).prefault('60').describe('lines of this campaign at once, at most'),
  max_calls_per_second: decimal({ min: 0.1, max: 500 })
    .prefault('10')
    .describe('new calls of this campaign in a second, at most'),
  ratio: decimal({ min: 1, max: 10 }).prefault('1.5').describe('mode ratio: lines for each free agent'),
  weight: decimal({ min: 0.1, max: 100 })
    .prefault('1')
    .describe("share of a trunk's lines and calls per second when several campaigns want more than there are"),
  shadow: z
    .array(pacingPolicy())
    .max(3)
    .prefault([])
    .describe('policies that decide silently beside it, to be compared: progressive, ratio:2, predictive:target=2%'),
});

const messageSchema = z.strictObject({
  play: sound().prefault('outdial/message').describe('the message: who called, and a number to call'),
  of_agent: matching(/^(?!.*\.\.)[\w][\w/-]{0,120}\{agent\}$/, {
    what: "sound of an agent's own",
    example: "'messages/{agent}' ({agent} stands for the agent's number)",
  })
    .optional()
    .describe('the own message of the agent who heard the machine; default: the same for all'),
  beep_within: duration({ min: 5000, max: 120_000 })
    .prefault('40s')
    .describe("how long the machine's greeting may take; without a beep by then nothing is left"),
});

const answerSchema = z.strictObject({
  detection: oneOf(['off', 'before-agent', 'parallel'])
    .prefault('off')
    .describe('whether machines are told from people: before the agent, or while the agent already listens'),
  on_machine: oneOf(['hang-up', 'keep', 'leave-message'])
    .prefault('hang-up')
    .describe('what happens to a machine; keep leaves it with the agent'),
  detector_error: share({ min: 0, max: 0.5 })
    .optional()
    .describe(
      'people among those taken for machines; some rules count them as abandoned; default: what a sample shows, or 2%',
    ),
  message: messageSchema.optional().describe('what is left on machines, with on_machine: leave-message'),
  no_agent: z
    .strictObject({
      after: duration({ min: 500, max: 10_000 })
        .prefault('2s')
        .describe('a person without an agent after this hears the message; the law commonly says 2 s'),
      play: sound().prefault('outdial/abandon').describe('the message: who called, and a number to call'),
      do_not_call_key: z
        .union([oneOf(['none']), phoneKey()])
        .prefault('9')
        .describe(
          'what the person presses, in the message or waiting, to be put on the do-not-call list; none: nothing',
        ),
      confirm: sound().prefault('outdial/do-not-call-confirmed').describe('what the person hears then'),
    })
    .prefault(nothing)
    .describe('a person picked up and no agent is free'),
  while_waiting: z
    .union([oneOf(['silence', 'music']), z.strictObject({ sound: sound().describe('a sound of Asterisk') })])
    .prefault('silence')
    .describe('what the person hears until then: silence, music, or a sound'),
});

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

const agentPhoneSchema = z.strictObject({
  mode: oneOf(PHONE_MODES)
    .prefault('nailed-up')
    .describe("nailed-up: the agent's phone stays connected all session; ringing: it rings for each call"),
  waiting: oneOf(['silence', 'music']).prefault('silence').describe('what a nailed-up agent hears between calls'),
  ring: duration({ min: 5000, max: 60_000 }).prefault('20s').describe("how long an agent's phone rings"),
  tones: yesNo()
    .prefault('no')
    .describe('a soft tone now and then while paused or in wrap-up, and a beep at each connection'),
  whisper: yesNo()
    .prefault('no')
    .describe("the person's name is whispered to the agent at each connection; needs speech in outdial.yaml"),
});

const fieldSchema = z.strictObject({
  field: text().describe('name of the field, as the list has it'),
  label: text().optional().describe("what agents see; default: the field's name"),
  type: oneOf(FIELD_TYPES).prefault('text').describe('what it holds'),
  choices: z.array(text()).min(1).optional().describe('of a choice: the words that it may be'),
  editable: yesNo().prefault('no').describe('whether agents may change it'),
  required: yesNo().prefault('no').describe('whether it must hold something; rows of lists without it are rejected'),
});

/** A campaign's file as it is written. */
export const campaignSchema = z.strictObject({
  campaign: name('campaign').describe('its name, unique over all files'),
  description: text({ empty: true }).prefault('').describe('what it is for'),
  ...textKeys,
  mode: oneOf(MODES).describe('how it decides what to dial'),
  ...listKeys,
  agents: z.array(name('agent group')).min(1).describe('groups whose agents may work here'),
  schedule: scheduleSchema.optional().describe('hours; without one it dials whenever it is running'),
  rules: lawKeys.rules,
  person: lawKeys.person,
  emergencies: lawKeys.emergencies,
  refusals: lawKeys.refusals,
  trunk: z
    .union([name('trunk'), z.array(name('trunk')).min(1)])
    .describe('trunk of outdial.yaml, or several in the order of preference'),
  caller_ids: callerIdsSchema.describe('numbers that the called person sees'),
  pacing: pacingSchema.prefault(nothing).describe('how many lines it dials'),
  breaks: breaksSchema,
  shift_ends: shiftEndsSchema,
  answer: answerSchema.prefault(nothing).describe('what happens when someone or something picks up'),
  validation: validationSchema
    .optional()
    .describe('a service that is asked about each number before it is dialed; default: none'),
  transfer: transferSchema.prefault(nothing).describe('third parties: whom agents may bring in'),
  listening: z
    .strictObject({ announce: sound().describe('what agent and person hear when a supervisor begins to listen') })
    .optional()
    .describe('supervisors who listen; default: nothing is announced'),
  recording: recordingSchema.prefault(nothing).describe('what is recorded of calls, and for how long'),
  attempts: lawKeys.attempts,
  order: z
    .union([
      oneOf(['oldest-first']),
      z.strictObject({
        field: text().describe('field of the contact'),
        descending: yesNo().prefault('no').describe('the largest first'),
      }),
    ])
    .prefault('oldest-first')
    .describe('order of dialing after priority: oldest-first, or a field'),
  phones: z.array(oneOf(PHONE_TYPES)).prefault([]).describe('types of phone to dial, in this order; empty: all'),
  fields: z.array(fieldSchema).prefault([]).describe('record information: what is known of a contact, of which type'),
  wrap_up: z
    .strictObject({
      limit: duration({ min: 0, max: 3_600_000 }).prefault('30s').describe('how long an agent may take after a call'),
      disposition: oneOf(['optional', 'required'])
        .prefault('optional')
        .describe('whether the agent must say what it was'),
      over: oneOf(['paused', 'ready']).prefault('paused').describe('what the agent becomes when the limit is over'),
    })
    .prefault(nothing)
    .describe("the agent's time after a call"),
  ...afterCallKeys,
  pause_reasons: z.array(pauseReasonSchema).prefault(pauseReasons).describe('why agents pause'),
  desk: deskSchema.prefault(nothing).describe('what agents do with records at their desks'),
  agent_phone: agentPhoneSchema.prefault(nothing).describe("how agents' phones are reached"),
  script: text()
    .optional()
    .describe('what agents read out and ask: a file of the folder scripts beside the campaigns, by its name'),
});

export type WrittenCampaign = z.output<typeof campaignSchema>;
