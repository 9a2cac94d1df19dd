// What the API says of agents' SIP accounts: the password once, and never again.

import { z } from 'zod';
import { warning } from './wire.ts';

const transport = z.enum(['udp', 'tls']).describe('`tls`: over TLS with SRTP, or not at all');

export const agentAccount = z.object({
  number: z.string(),
  name: z.string(),
  groups: z.array(z.string()).readonly(),
  account: z.string(),
  server: z.string().describe('What the phone registers with'),
  transport,
  realm: z.string(),
  hasPassword: z.boolean(),
  hint: z.string().describe('How to come by a password: none is kept'),
});

export const credentials = z.object({
  number: z.string(),
  name: z.string(),
  groups: z.array(z.string()).readonly(),
  account: z.string(),
  server: z.string().describe('What the phone registers with'),
  transport,
  realm: z.string(),
  sipPassword: z.string().describe('Shown this once: a hash of it is kept'),
  pin: z.string().exactOptional(),
});

export const agentAdded = credentials.extend({ warnings: z.array(warning).readonly() });

export const newPinAnswer = z.object({ number: z.string(), pin: z.string() });
