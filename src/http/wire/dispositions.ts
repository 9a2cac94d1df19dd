// What the API answers when a disposition is given.

import { z } from 'zod';

export const dispositionGiven = z.object({
  attempt: z.string(),
  campaign: z.string(),
  record: z.number().nullable().describe('Null: the campaign has none of the person'),
  agent: z.string(),
  disposition: z.string(),
  reason: z.string().nullable(),
  before: z
    .object({ disposition: z.string(), reason: z.string().nullable() })
    .nullable()
    .describe('What was said of it before'),
});
