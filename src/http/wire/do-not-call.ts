// What the API shows of do-not-call lists, as schemas.

import { z } from 'zod';
import { count, instant } from './wire.ts';

export const doNotCallAdded = z.object({
  added: z.number(),
  known: z.number().describe('On the list already'),
  invalid: z
    .array(z.object({ index: z.number(), text: z.string(), why: z.string() }))
    .readonly()
    .describe('No telephone numbers, or ones that may be several: not taken'),
});

export const doNotCallCheck = z.object({
  number: z.string(),
  blocked: z
    .boolean()
    .describe('Whether any list holds it; a campaign honours the global list, its own, and those it names'),
  lists: z
    .array(z.object({ list: z.string(), addedAt: instant, by: z.string(), reason: z.string() }))
    .readonly()
    .describe('Every list that holds it'),
});

export const doNotCallList = z.object({
  name: z.string(),
  numbers: count,
  importedAt: instant.nullable().describe('Last import; null when numbers were only added by themselves'),
  source: z.string(),
});
