// What the API shows of people who sign in and of tokens, as schemas. No hash and no secret but one just made.

import { z } from 'zod';
import { ROLES } from '../../engine/store/users.ts';
import { RIGHTS, type Right } from '../access/rights.ts';
import { MAX_PASSWORD, TOKEN_NAME, USER_NAME } from '../access/user-rules.ts';
import { agentNumber, count, instant } from './wire.ts';

export const role = z.enum(ROLES);
export const right = z.enum(Object.keys(RIGHTS) as [Right, ...Right[]]);
export const userName = z.string().regex(USER_NAME, 'small letters, digits and . _ @ -, at most 64');
export const tokenName = z.string().regex(TOKEN_NAME, 'letters, digits and . _ -, at most 64');
export const password = z.string().min(1).max(MAX_PASSWORD);
const madePassword = z.string().exactOptional().describe('Only when it was made up, this once');

/** Who asks, and until when. */
export const session = z.object({
  who: z.string().describe('As the audit log has it: `user:ann`, `token:crm`; `api` for the token file'),
  kind: z.enum(['user', 'token', 'token-file']),
  rights: z.array(right).readonly(),
  name: z.string().exactOptional(),
  role: role.exactOptional(),
  fullName: z.string().exactOptional(),
  agent: agentNumber.exactOptional().describe('The agent that the user is'),
  idleEndsAt: instant.exactOptional().describe('Without a further request the session ends then'),
  endsAt: instant.exactOptional().describe('It ends then at the latest; conversations go on'),
});

export const signedOut = z.object({ signedOut: z.number().describe('How many sessions ended') });

export const user = z.object({
  name: z.string(),
  fullName: z.string(),
  role,
  agent: z.string().nullable(),
  addedAt: instant,
  passwordAt: instant.describe('When the password was set'),
  sessions: count.describe('In so many browsers the user is signed in now'),
  seenAt: instant.nullable().describe('Their latest request'),
});

export const userAdded = user.extend({ password: madePassword });
export const passwordSet = z.object({ name: z.string(), password: madePassword });
export const userRemoved = z.object({ removed: z.string() });

export const apiToken = z.object({
  name: z.string(),
  scopes: z.array(z.string()).readonly(),
  addedAt: instant,
  addedBy: z.string(),
  endsAt: instant.nullable(),
  revokedAt: instant.nullable(),
  usedAt: instant.nullable().describe('To the minute'),
});

export const tokenAdded = z.object({
  name: z.string(),
  scopes: z.array(z.string()).readonly(),
  endsAt: instant.nullable(),
  token: z.string().describe('Shown this once: a hash of it is kept'),
});

export const tokenRevoked = z.object({ revoked: z.string() });
