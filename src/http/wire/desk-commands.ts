// What a workspace sends, and what it is answered. A command has a key of the client's: sent twice it is done once. An act
// names the interaction and the version that the agent saw.

import { z } from 'zod';
import { channel, deskView } from './desk.ts';
import { declines } from './desk-record.ts';
import { agentNumber, count, errorBody, instant, name, phone, typedNumber } from './wire.ts';

/** What may be typed: any text without control characters but tabs and line ends. It is shown as text, never as HTML. */
// eslint-disable-next-line no-control-regex
const CONTROL = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/u;
const typed = (max: number) => z.string().max(max).regex(CONTROL, 'no control characters');

const code = z.string().min(1).max(64);
const placeOfPhone = z.number().int().min(0).max(99).describe("Place in the record's phones, from 0");
const typedPhone = z.object({ number: typedNumber, type: phone.shape.type });

/** Where the session's phone is. */
const sessionPhone = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account') }).describe("The desk phone or softphone of the agent's SIP account"),
  z.object({ kind: z.literal('browser') }).describe('The page, which dials in by POST /api/agent/phone'),
]);

/** Or any phone, which is called over the campaign's trunk and becomes the agent's once the PIN is typed on it. */
const openPhone = z.discriminatedUnion('kind', [
  ...sessionPhone.options,
  z
    .object({ kind: z.literal('number'), number: typedNumber })
    .describe('Any phone, where the campaign allows it: it is called, and confirms with the agent’s PIN'),
]);

const deskWish = z.discriminatedUnion('do', [
  z
    .object({
      do: z.literal('open-session'),
      campaign: name,
      phone: openPhone.default({ kind: 'account' }),
      ready: z.boolean().optional().describe('Ready as soon as the phone is there; else paused until `resume`'),
    })
    .describe('Rings the phone; the session begins when it is picked up'),
  z
    .object({ do: z.literal('change-phone'), phone: sessionPhone })
    .describe('Works with that phone from now on; the other stays until it has come'),
  z.object({ do: z.literal('call-phone') }).describe('Calls the outside phone of the session, which is away, again'),
  z.object({ do: z.literal('end-session') }).describe('At once, or after the call in hand'),
  z.object({ do: z.literal('pause'), reason: code }).describe('At once, or after the call in hand'),
  z.object({ do: z.literal('resume') }).describe('Ready again; takes a queued pause back'),
  z.object({ do: z.enum(['set-ready', 'set-not-ready']), channel }),
  z.object({ do: z.literal('get-record'), campaign: name }),
  z.object({ do: z.literal('stop'), campaign: name }).describe('No more records of it after the one in hand'),
  z.object({ do: z.literal('go-on') }).describe('The button with the countdown'),
  z.object({ do: z.literal('dismiss-notice'), notice: z.string().max(64) }),
]);
export type DeskWish = z.output<typeof deskWish>;

const wantedCallback = z.object({
  at: instant.optional(),
  local: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a time such as 2026-12-01T10:30')
    .optional()
    .describe('Time on a clock in `zone`, instead of `at`'),
  zone: z.string().max(64).optional().describe("IANA zone; default: the person's, else the campaign's"),
  phone: z.union([placeOfPhone, typedPhone]).optional().describe('Default: the number dialed last, or the next'),
  personal: z.boolean().default(false).describe('Kept by this agent; else by any'),
});

/** Characters of one form, names of its inputs included. */
const MOST_OF_FORM = 10_000;
const inputs = z
  .record(z.string().regex(/^[\w-]{1,40}$/), typed(4000))
  .refine((all) => JSON.stringify(all).length <= MOST_OF_FORM, `at most ${MOST_OF_FORM} characters in one form`);

const deskAct = z.discriminatedUnion('do', [
  z.object({ do: z.enum(['accept', 'reject']) }),
  z
    .object({
      do: z.literal('call'),
      phoneIndex: placeOfPhone.optional(),
      typed: typedPhone.optional(),
      callerId: z.string().max(20).optional(),
    })
    .describe('A phone of the record, or a new number; neither: the next phone'),
  z.object({ do: z.literal('decline'), until: declines }),
  z.object({ do: z.literal('cancel-dial') }),
  z.object({ do: z.literal('hang-up'), attempt: z.string().min(1).max(128) }),
  z.object({
    do: z.literal('dispose'),
    code,
    reason: typed(1000).optional(),
    phone: typedNumber.optional().describe('Another number of the contact'),
  }),
  z.object({ do: z.literal('set-callback'), callback: wantedCallback }).describe('Also moves the one that is set'),
  z.object({ do: z.literal('cancel-callback') }),
  z
    .object({
      do: z.literal('do-not-call'),
      numbers: z.enum(['dialed', 'all']).default('all'),
      list: z.enum(['campaign', 'global']).default('global'),
      reason: typed(500).optional(),
    })
    .describe('Puts numbers of the person on a do-not-call list'),
  z.object({
    do: z.literal('edit-fields'),
    fields: z.record(z.string().min(1).max(64), z.union([typed(4000), z.number(), z.boolean()]).nullable()),
  }),
  z.object({
    do: z.literal('write-notes'),
    text: typed(10_000),
    base: count.int().min(0).describe('The version of the notes that was written on'),
  }),
  z
    .object({
      do: z.literal('keep-form'),
      form: typed(80).min(1).describe('Any name of the client’s'),
      inputs: inputs.nullable().describe('What stands in each input by its name; null: it was saved, or given up'),
      base: count.int().min(0).describe('The version of the form that was written on; 0: the first'),
    })
    .describe('Keeps a form that is half typed, until the interaction is done'),
  z.object({ do: z.literal('done'), stop: z.boolean().default(false).describe('No more records after it') }),
]);
export type DeskAct = z.output<typeof deskAct>;

const key = z
  .string()
  .regex(/^[\w-]{8,64}$/, '8 to 64 letters, digits, dashes or underscores')
  .describe('Made by the client for this one click; the same key again does nothing more');

export const deskCommand = z.union([
  z.strictObject({ key, wish: deskWish }),
  z.strictObject({
    key,
    interaction: z.string().min(1).max(128),
    expects: count.int().min(0).optional().describe('Version of the interaction that the agent saw'),
    act: deskAct,
  }),
]);
export type DeskCommand = z.output<typeof deskCommand>;

/** 200: done, or done before under this key. */
export const deskDone = z.object({ answer: z.enum(['done', 'repeated']), view: deskView });

/** 409: not done, why, and how things stand. */
export const deskRefused = errorBody.extend({
  answer: z.literal('refused'),
  missing: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  view: deskView,
});

/** The stream's `beat`: still here, every two seconds, without an id. Its other events are a DeskView (`state`) and a
 * DeskChange (`change`). */
export const deskBeat = z.object({ at: instant, version: count });
/** The stream's `taken-over`: another stream of this agent is open now. This one ends, and must not come again by itself. */
export const deskTakenOver = z.object({ at: instant, agent: agentNumber });
