// The switch of all outbound calling as JSON; spoken by the API and understood by the commands.

import { z } from 'zod';

export const outboundStep = z.object({
  on: z.boolean(),
  by: z.string().describe('Empty when it was never switched'),
  at: z.number(),
  reason: z.string(),
});

export const outboundHistory = z.array(outboundStep).readonly();
