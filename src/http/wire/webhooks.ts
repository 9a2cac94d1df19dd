// Webhooks as the API shows them.

import { z } from 'zod';
import { count, instant } from './wire.ts';

export const webhook = z
  .object({
    name: z.string(),
    kind: z.string(),
    address: z.string().describe('Without path and question, which may hold a secret'),
    events: z.array(z.string()).readonly(),
    waiting: count.describe('Messages that are still to be taken'),
    oldestAt: instant.nullable().describe('When the oldest of them happened'),
    givenUp: count.describe('Messages that are not tried any more, unless by hand'),
    sent: count.describe('Since the start of the daemon'),
    faults: count.describe('Tries that failed since the start of the daemon'),
    lastSentAt: instant.exactOptional(),
    lastFault: z.string().exactOptional(),
    restsUntilAt: instant.exactOptional().describe('It takes nothing, and is left alone until then'),
  })
  .describe('A webhook as it stands now');

export const webhooks = z.array(webhook).readonly();
export const webhookRetried = z.object({ retried: count });
export const webhookTested = z.object({ isTaken: z.boolean(), fault: z.string().exactOptional() });
