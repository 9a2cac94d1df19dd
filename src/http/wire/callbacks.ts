// What the API shows of callbacks and of calls that came in, as schemas.

import { z } from 'zod';
import { QUICK_TIMES } from '../../eligibility/callback-times.ts';
import { CALLBACK_REFUSALS } from '../../eligibility/callbacks.ts';
import { CALLBACK_STATES } from '../../engine/store/callbacks.ts';
import { agentNumber, instant, phoneType, typedNumber } from './wire.ts';

export const callbackRow = z
  .object({
    id: z.number(),
    campaign: z.string(),
    record: z.number(),
    contact: z.number(),
    name: z.string().describe("The contact's name"),
    at: instant,
    zone: z.string().describe('IANA zone in which the time was agreed'),
    number: z.string(),
    phoneType,
    agent: z.string().nullable().describe('Personal: whose; null: any agent'),
    state: z.enum(CALLBACK_STATES),
    setBy: z.string(),
    setAt: instant,
    setIn: z.string().nullable().describe('The call in which it was agreed'),
    keptIn: z.string().nullable().describe('The call that kept it'),
    endedAt: instant.nullable(),
    note: z.string(),
  })
  .describe('An agreed time to call again');

const callbackStep = z.object({ what: z.string(), at: instant, by: z.string(), detail: z.string() });

export const callbackDetails = callbackRow.extend({ steps: z.array(callbackStep).readonly() });

/** When: an instant, or the time on a clock in `zone` (absent: where the person is). */
const when = {
  at: instant.optional(),
  local: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a time such as 2026-12-01T10:30')
    .optional()
    .describe('Time on a clock in `zone`, instead of `at`'),
  zone: z.string().max(64).optional().describe("IANA zone; default: the person's, else the campaign's"),
};

const whom = {
  number: typedNumber.optional().describe("One of the contact's numbers or another; default: the one dialed"),
  type: phoneType.optional().describe('Of a number that the contact does not have'),
  agent: agentNumber.nullable().optional().describe('Personal: whose; null: any agent'),
  note: z.string().max(500).optional(),
};

export const newCallback = z.object({ record: z.number().int().positive(), ...when, ...whom });
export const movedCallback = z.object({ ...when, ...whom });
export const cancelledCallback = z.object({
  again: z.boolean().default(false).describe('The record becomes an ordinary one that is due at once, not finished'),
});

export const callbackQuery = z.object({
  campaign: z.string().max(64).optional(),
  agent: agentNumber.optional(),
  record: z.coerce.number().int().positive().optional(),
  state: z
    .enum([...CALLBACK_STATES, 'all'])
    .optional()
    .describe('Default: those that are still to be kept'),
  from: z.coerce.number().optional().describe('Agreed for this epoch ms or later'),
  to: z.coerce.number().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const inboundRow = z
  .object({
    call: z.string(),
    campaign: z.string(),
    record: z.number().nullable(),
    contact: z.number().nullable(),
    called: z.string(),
    caller: z.string(),
    arrivedAt: instant,
    answeredAt: instant.nullable(),
    bridgedAt: instant.nullable(),
    endedAt: instant.nullable(),
    outcome: z.enum(['talked', 'missed', 'callback-requested']).nullable().describe('Null: still going on'),
    endedBy: z.string().nullable(),
    agent: z.string().nullable(),
    disposition: z.string().nullable(),
    reason: z.string().nullable(),
    notCalledBack: z.string().nullable().describe('Why the caller, who reached no agent, is not called back'),
  })
  .describe('A call that a person made to one of our numbers');

const judgedTime = z.object({
  at: instant,
  local: z.string().describe('What the clock in the zone shows: 2026-12-01T10:30'),
  forbidden: z
    .object({
      code: z.enum(CALLBACK_REFUSALS),
      rule: z.string().exactOptional().describe('Name of the rule, where one forbids it'),
      why: z.string(),
    })
    .exactOptional()
    .describe('Absent: it may be agreed on'),
});

/** Of GET /api/agent/callback-times. */
export const callbackTimes = z.object({
  zone: z.string().describe('IANA zone of the person'),
  date: z.string(),
  quick: z.array(judgedTime.extend({ quick: z.enum(QUICK_TIMES) })).readonly(),
  slots: z.array(judgedTime).readonly().describe('The half-hours of the day in the zone'),
});
