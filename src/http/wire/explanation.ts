// What the API says of whether and when a record is dialed, as schemas.

import { z } from 'zod';

const ruleCheck = z.object({
  rule: z.string(),
  allows: z.boolean(),
  why: z.string(),
  notBeforeAt: z.number().exactOptional(),
  agentEngagedFromAt: z
    .number()
    .exactOptional()
    .describe('From when on it allows a call for which an agent is engaged'),
  citation: z.string().exactOptional().describe('Where the law says it'),
  phone: z.string().exactOptional().describe('The phone that it speaks of; absent: the record'),
  inputs: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .readonly()
    .exactOptional(),
});

export const recordExplanation = z.object({
  record: z.number().nullable().describe('Null: no record has the number'),
  campaign: z.string(),
  contact: z.string(),
  zone: z.string().exactOptional().describe('Time zone of the campaign'),
  mayDialNow: z.boolean(),
  never: z.boolean(),
  phone: z.string().exactOptional(),
  notBeforeAt: z.number().exactOptional(),
  agentEngagedFromAt: z
    .number()
    .exactOptional()
    .describe('From when on it may be dialed as soon as an agent can be engaged for the call'),
  last: z.string().exactOptional().describe('What its last attempt made of it'),
  checks: z.array(ruleCheck).readonly(),
});
