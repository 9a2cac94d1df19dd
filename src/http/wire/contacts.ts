// What the API takes and shows of contacts, as schemas.

import { z } from 'zod';
import { KEPT_THINGS } from '../../campaign/rule-pack.ts';
import { contactRow, count, instant, phone, recordState } from './wire.ts';

export const contactDetails = contactRow.extend({
  lists: z.array(z.string()).readonly(),
  records: z.array(z.object({ id: z.number(), campaign: z.string(), state: recordState })).readonly(),
});

export const contactEdited = z.object({
  contact: contactDetails,
  changes: z.array(z.object({ what: z.string(), from: z.unknown(), to: z.unknown() })).readonly(),
});

export const contactEditBody = z.object({
  name: z.string().max(200).optional(),
  fields: z
    .record(z.string().min(1).max(64), z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('New values by field; null takes one away'),
  phones: z
    .array(z.object({ number: z.string().min(2).max(40), type: phone.shape.type }))
    .max(20)
    .optional()
    .describe('All of its phones in their order'),
});

export const contactEvent = z.object({
  at: instant,
  what: z.enum([
    ...['attempt', 'inbound-call', 'callback', 'note', 'answers', 'recording', 'imported'],
    ...['edited', 'merged', 'do-not-call', 'record', 'transfer', 'offer'],
  ] as const),
  by: z.string().nullable(),
  campaign: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).readonly(),
});

const keptForLaw = z.object({
  what: z.enum(KEPT_THINGS),
  campaign: z.string(),
  until: instant,
  clause: z.string(),
  citation: z.string(),
  recording: z.string().exactOptional(),
  consent: z.object({ field: z.string(), value: z.string() }).exactOptional(),
});

export const forgetProof = z.object({
  contact: z.number(),
  at: instant,
  by: z.string(),
  rows: z.record(z.string(), count).readonly().describe('Rows that were deleted or emptied, by table'),
  recordings: z.array(z.string()).readonly(),
  kept: z.array(keptForLaw).readonly().describe('What stays because the law wants it kept'),
  numberHashes: z.array(z.string()).readonly().describe('What stands in the place of the numbers'),
  entry: z.number().describe('Entry of the audit log'),
  seal: z.string().describe('Keyed hash over the receipt'),
  traces: count.describe('How often something that the person ever was called is still in the files of the store'),
  swept: z.record(z.string(), count).readonly().describe('Texts of others that named the person and were emptied'),
  files: z.array(z.string()).readonly().describe('Imported files and rejected rows that still name the person'),
  rewrote: z.boolean(),
  proven: z.boolean(),
});

export const scrubAnswer = z.object({ done: z.boolean() });

export const recordStepped = z.object({ from: recordState, to: recordState });
