// The table of records, as JSON.

import { z } from 'zod';
import { count, recordRow } from './wire.ts';

export const recordTable = z.object({
  rows: z.array(recordRow).readonly().describe('Numbers of phones masked'),
  next: z
    .string()
    .nullable()
    .describe('Asked for as `after`, the next page; there may be one behind a page with few rows: it has looked far'),
  matches: count.nullable().describe('How many there are in all; null: more than could be counted at once'),
});

export const recordPrioritised = z.object({ from: z.number(), to: z.number() });
