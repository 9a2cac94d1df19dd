// What the API says of how the daemon is, as a schema.

import { z } from 'zod';
import { count } from './wire.ts';

export const health = z.object({
  ready: z.boolean(),
  draining: z.boolean(),
  links: z.object({ ari: z.boolean(), ami: z.boolean() }),
  sip: z
    .enum(['ok', 'silent', 'unknown'])
    .describe('Whether Asterisk answers SIP, asked every ten seconds; `unknown`: it cannot be tried from here'),
  certificate: z
    .object({
      state: z.enum(['ok', 'ending', 'ended', 'mismatched', 'unreadable']),
      detail: z.string(),
      endsAt: z.number().exactOptional(),
    })
    .exactOptional()
    .describe('That of the phones, where they register over TLS; `ending`: in less than 30 days'),
  store: z
    .enum(['ok', 'failing', 'stalled'])
    .describe(
      '`failing`: writes fail and are tried again; `stalled`: a thread of the store has not answered for seconds',
    ),
  calls: count,
  sessions: count,
  halted: z.array(z.string()).readonly().describe('Campaigns that place no new calls because of a fault'),
});
