// What the API shows of who was kept out, as schemas.

import { z } from 'zod';
import { count, instant } from './wire.ts';

export const tokenReplaced = z.object({
  tokenFile: z.string().describe('Where the new token is; no answer has it'),
  oldEndsAt: instant.describe('Until then the token of before is taken too'),
});

export const securityState = z.object({
  tokens: z
    .object({
      refused: count.describe('Requests with a wrong token or none since the start of the daemon'),
      addresses: z.array(z.object({ from: z.string(), refused: count, lastAt: instant })).readonly(),
    })
    .describe('Where most came from stands first'),
  locks: z
    .array(
      z.object({
        what: z.enum(['phone', 'agent']).describe('A phone that typed wrong PINs, or a number they were typed for'),
        name: z.string().describe('SIP account of the phone, or the number'),
        until: instant,
      }),
    )
    .readonly()
    .describe('Locked after wrong PINs now'),
  passwords: z
    .array(
      z.object({
        what: z.enum(['address', 'browser', 'user']).describe('Where wrong passwords came from, or whom they were for'),
        name: z.string(),
        until: instant,
      }),
    )
    .readonly()
    .describe('Has to wait after wrong passwords now'),
});

export type SecurityState = z.output<typeof securityState>;
