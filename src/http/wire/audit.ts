// What the API shows of the audit log, as schemas.

import { z } from 'zod';
import { count, instant } from './wire.ts';

export const auditEntry = z.object({
  entry: z.number().describe('1, 2, 3 … without a gap'),
  at: instant,
  who: z.string(),
  what: z.string(),
  subject: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  hash: z.string().describe('SHA-256, chained to the entry before'),
  erasedBy: z.number().exactOptional().describe('Entry that took the values away with a forgotten person'),
});

const auditHead = z.object({ entry: z.number(), hash: z.string() });

export const auditCheck = z.object({
  entries: count,
  erased: count.describe('Entries whose values went with forgotten people'),
  head: auditHead.exactOptional().describe('The last entry: kept elsewhere it proves later that nothing was cut off'),
  broken: z.object({ entry: z.number(), why: z.string() }).exactOptional(),
});

const bridge = z.string().describe('Bridge on the exchange');
const leg = z.string().describe('Channel on the exchange');
const agent = z.string().describe('Agent number');
const attempt = z.string();

/** One thing in which what lives on the exchange disagrees with what the daemon believes. */
export const contentFault = z.discriminatedUnion('what', [
  z.object({ what: z.literal('unknown-bridge'), bridge, legs: z.array(leg).readonly() }),
  z.object({ what: z.literal('unknown-leg-in-bridge'), bridge, agent, leg }),
  z.object({ what: z.literal('unknown-leg'), leg }),
  z.object({ what: z.literal('conversation-without-customer'), agent, attempt }),
  z.object({ what: z.literal('conversation-without-agent'), attempt }),
]);

/** The number of an entry that was made. */
export const noted = z.object({ entry: z.number() });
