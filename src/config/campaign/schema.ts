// Every key of a campaign's file in its order: kind, default, bounds and what it means, each from its section.

import { z } from 'zod';
import { name, oneOf, sound, text } from '../values.ts';
import { agentPhoneSchema } from './agent-phone.ts';
import { textKeys } from './agent-texts.ts';
import { answerSchema } from './answer.ts';
import { callAgainSchema } from './call-again.ts';
import { callbackKeys } from './callbacks.ts';
import { callerIdsSchema } from './caller-ids.ts';
import { deskSchema } from './desk.ts';
import { dispositionSchema } from './dispositions.ts';
import { fieldSchema } from './fields.ts';
import { inboundSchema } from './inbound.ts';
import { lawKeys } from './law.ts';
import { breaksSchema, shiftEndsSchema } from './leaves.ts';
import { listKeys } from './lists.ts';
import { orderKeys } from './order.ts';
import { pacingSchema } from './pacing.ts';
import { recordingSchema } from './recording.ts';
import { scheduleSchema } from './schedule.ts';
import { transferSchema } from './transfer.ts';
import { trunkSchema } from './trunks.ts';
import { validationSchema } from './validation.ts';
import { wrapUpKeys } from './wrap-up.ts';

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
  trunk: trunkSchema,
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
  order: orderKeys.order,
  phones: orderKeys.phones,
  fields: z.array(fieldSchema).prefault([]).describe('record information: what is known of a contact, of which type'),
  wrap_up: wrapUpKeys.wrap_up,
  call_again: z
    .array(callAgainSchema)
    .prefault([])
    .describe('first rule that holds decides; none: the record is finished'),
  dispositions: z.array(dispositionSchema).prefault([]).describe('what agents may say a call was'),
  callbacks: callbackKeys.callbacks,
  do_not_call_back: callbackKeys.do_not_call_back,
  inbound: inboundSchema.prefault(nothing).describe("people who call one of the campaign's numbers"),
  auto_callback: callbackKeys.auto_callback,
  pause_reasons: wrapUpKeys.pause_reasons,
  desk: deskSchema.prefault(nothing).describe('what agents do with records at their desks'),
  agent_phone: agentPhoneSchema.prefault(nothing).describe("how agents' phones are reached"),
  script: text()
    .optional()
    .describe('what agents read out and ask: a file of the folder scripts beside the campaigns, by its name'),
});

export type WrittenCampaign = z.output<typeof campaignSchema>;
