// What the API shows of saved filters, as schemas.

import { z } from 'zod';
import { FIELD_TYPES } from '../../campaign/fields.ts';
import { count, instant } from './wire.ts';

export const savedFilter = z.object({
  name: z.string(),
  expression: z.string().describe('CEL over fields and contact.name'),
  by: z.string().describe('Who saved it last'),
  at: instant,
});

export const filterCount = z.object({
  contacts: count.describe('Looked at'),
  fitting: count.describe('Of those, the ones that the filter fits'),
  warnings: z.array(z.string()).readonly().describe('Fields that no list has'),
});

/** Of GET /filters/fields. */
export const filterFields = z
  .array(
    z.object({
      field: z.string(),
      lists: z.array(z.string()).readonly().describe('That have it'),
      type: z.enum(FIELD_TYPES).nullable().describe('As a campaign’s file says; null: none does'),
      choices: z.array(z.string()).readonly(),
    }),
  )
  .readonly();
