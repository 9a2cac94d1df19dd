// Third parties of a campaign's file: whom agents may bring in.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { TransferPlan } from '../../campaign/transfer.ts';
import { duration, name, phoneKey, phoneNumber, text, yesNo } from '../values.ts';

export const transferSchema = z.strictObject({
  destinations: z
    .array(
      z.strictObject({
        name: name('destination').describe('what programs and the workspace call it'),
        label: text().describe('as agents read it'),
        number: phoneNumber().describe('in E.164; the gate of numbers has the last word'),
        key: phoneKey()
          .optional()
          .describe('digit on the phone: *3 and the digit to give the person away, *4 to speak first'),
      }),
    )
    .prefault([])
    .describe('whom agents may bring into a call or give the person to, by name'),
  any_number: yesNo().prefault('no').describe('also any number that the trunks of the campaign dial'),
  agents: yesNo().prefault('yes').describe('also other agents of the campaign who are ready'),
  ring: duration({ min: 5_000, max: 120_000 }).prefault('25s').describe('how long they are rung'),
});

export function toTransfer(written: z.output<typeof transferSchema>): TransferPlan {
  const { destinations, any_number: anyNumber, agents, ring } = written;
  const named = destinations.map(({ key, ...one }) => ({ ...one, ...defined({ key }) }));
  return { destinations: named, anyNumber, agents, ringMs: ring };
}
