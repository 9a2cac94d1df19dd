// The record in an agent's hands and its interaction, as a workspace shows them.

import { z } from 'zod';
import { FIELD_TYPES } from '../../campaign/fields.ts';
import { ACTS, INTERACTION_STATES } from '../../interaction/interaction.ts';
import { DISPOSITION_ASKS, MODES } from '../../terms.ts';
import { count, instant, phone, result } from './wire.ts';

export const interactionKind = z.enum([...MODES, 'engaged']);

/** Until when a record is declined. */
export const declines = z.enum(['later', 'never']);

const interactionState = z.enum(INTERACTION_STATES);

const fieldValue = z.union([z.string(), z.number(), z.boolean()]);

/** Record information: a typed field with its value. */
const deskField = z.object({
  field: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  choices: z.array(z.string()).readonly().describe('Of a choice; else empty'),
  editable: z.boolean(),
  required: z.boolean(),
  value: fieldValue.nullable(),
});

/** An attempt that is over, of this record. */
const pastAttempt = z.object({
  attempt: z.string(),
  at: instant,
  number: z.string(),
  result: result.nullable(),
  disposition: z.string().nullable(),
});

const ORIGINS = ['list', 'callback', 'personal-callback', 'missed', 'inbound'] as const;

const deskRecord = z.object({
  record: z.number().nullable().describe('Null: somebody who called and of whom the campaign knows nothing'),
  contact: z.number().nullable(),
  name: z.string(),
  phones: z.array(phone).readonly().describe('An act names one by its place, from 0'),
  next: count.describe('Place of the phone that is dialed next'),
  fields: z.array(deskField).readonly(),
  priority: z.number(),
  attempts: z.array(pastAttempt).readonly().describe('Earlier attempts of this record, newest first, at most 20'),
  zone: z.string().describe('IANA zone in which a callback’s local time is read, when none is named'),
  screenPop: z.string().nullable().describe('Address of the outside page about this person; http or https'),
});

const missing = z.object({
  code: z.string(),
  message: z.string(),
  about: z.string().exactOptional().describe('The field or the question'),
});

/** A disposition as it may be chosen, with what it asks for besides. */
const disposition = z.object({
  code: z.string(),
  label: z.string(),
  key: z.string().nullable(),
  ask: z.enum(DISPOSITION_ASKS).nullable(),
});

const callback = z.object({
  at: instant,
  zone: z.string().describe('IANA zone in which the time was said'),
  local: z.string().describe('The same on a clock in that zone: 2026-12-01T10:30'),
  number: z.string(),
  type: phone.shape.type,
  personal: z.boolean(),
});

const MESSAGE_CODES = [
  'blocked-no-other',
  'blocked-next-used',
  'unavailable-no-other',
  'unavailable-next-used',
  'not-now',
  'refused',
] as const;

/** Why a number was not dialed, or which one was used instead. */
const message = z.object({
  code: z.enum(MESSAGE_CODES),
  text: z.string().describe('For the agent to read'),
  next: z.string().describe('What the agent does next'),
  rule: z.string().nullable().describe('Name of the rule that refused'),
  nextTaken: z.boolean().describe('The next number of the contact was taken in its place'),
});

/** Those of the interaction machine, and what is written beside it. */
const INTERACTION_ACTS = [...ACTS, 'do-not-call', 'edit-fields', 'write-notes', 'keep-form'] as const;

/** A form that is half typed: it becomes a value only when its own command sends it. */
export const halfTyped = z.object({
  form: z.string(),
  inputs: z.record(z.string(), z.string()).nullable().describe('What stands in each input; null: saved, or given up'),
  version: count.describe('`keep-form` sends it: of two writers the later is refused and shown these inputs'),
});

export const deskInteraction = z.object({
  id: z.string(),
  version: count.describe('An act sends it as `expects`'),
  campaign: z.string(),
  kind: interactionKind,
  state: interactionState,
  since: instant,
  deadlineAt: instant.nullable().describe('When the state ends by itself'),
  atDeadline: z.enum(['reject', 'dial', 'done']).nullable().describe('What happens then'),
  origin: z.object({
    kind: z.enum(ORIGINS),
    label: z.string().describe('Name and number, or Callback, Personal Callback, …'),
  }),
  record: deskRecord.nullable().describe('Null: blank until the person is connected'),
  call: z
    .object({
      attempt: z.string().nullable().describe('Null: about to be placed'),
      state: z.enum(['placing', 'ringing', 'answered', 'talking', 'over']),
      isInbound: z.boolean().describe('The person called us'),
      number: z.string().nullable(),
      callerId: z.string().nullable(),
      talkedSince: instant.nullable(),
    })
    .nullable()
    .describe('The call that is out, talked on, or wrapped up'),
  tried: z
    .array(z.object({ attempt: z.string(), number: z.string().nullable(), result: result.nullable() }))
    .readonly()
    .describe('Dialed within this interaction'),
  message: message.nullable(),
  may: z.array(z.enum(INTERACTION_ACTS)).readonly().describe('What is allowed now'),
  declines: z.array(declines).readonly(),
  mustClickNumber: z.boolean().describe('A person dials: the number is clicked, no timer dials'),
  newNumbers: z.boolean().describe('A number that the record does not have may be dialed'),
  callerIds: z.array(z.string()).readonly().describe('Of several, Call names one'),
  dispositions: z.array(disposition).readonly(),
  dispositionRequired: z.boolean(),
  disposition: z
    .object({ code: z.string(), reason: z.string().nullable(), phone: z.string().nullable() })
    .nullable()
    .describe('What has been said'),
  missing: z.array(missing).readonly().describe('What Done still needs; empty: nothing'),
  callback: callback.nullable().describe('The one that is set'),
  notes: z.object({
    text: z.string(),
    version: count.describe('`write-notes` sends it: of two writers the later is refused and shown this text'),
    at: instant.nullable(),
  }),
});
export type DeskInteraction = z.output<typeof deskInteraction>;
