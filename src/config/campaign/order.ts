// In which order a campaign's file wants its records dialed, and which phones.

import { z } from 'zod';
import type { RecordOrder } from '../../campaign/definition.ts';
import { PHONE_TYPES } from '../../terms.ts';
import { oneOf, text, yesNo } from '../values.ts';

export const orderKeys = {
  order: z
    .union([
      oneOf(['oldest-first']),
      z.strictObject({
        field: text().describe('field of the contact'),
        descending: yesNo().prefault('no').describe('the largest first'),
      }),
    ])
    .prefault('oldest-first')
    .describe('order of dialing after priority: oldest-first, or a field'),
  phones: z.array(oneOf(PHONE_TYPES)).prefault([]).describe('types of phone to dial, in this order; empty: all'),
};

export function toOrder(written: z.output<typeof orderKeys.order>): RecordOrder {
  if (typeof written === 'string') return { by: 'oldest-first' };
  return { by: 'field', field: written.field, descending: written.descending };
}
