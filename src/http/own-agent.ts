// For whom a caller works: people who sign in for their own agent number alone, programs for the one they name.

import type { FastifyRequest } from 'fastify';
import { OperationalError } from '../base/errors.ts';
import type { AgentNumber } from '../terms.ts';
import { callerOf } from './access/caller.ts';

/** Refused with `agent-unnamed` and `agent-not-own`. */
export function ownAgent(request: FastifyRequest, named: AgentNumber | undefined): AgentNumber {
  const caller = callerOf(request);
  const own = caller?.kind === 'user' ? (caller.agent ?? undefined) : named;
  if (own === undefined) {
    throw new OperationalError('agent-unnamed', 'It is not said whose call this is.', {
      hint: 'Sign in as a user with an agent number; a program with a token gives ?agent=NUMBER.',
    });
  }
  if (named === undefined || named === own) return own;
  throw new OperationalError('agent-not-own', `The call of agent ${named} is not yours.`, {
    hint: 'Leave agent out: it is your own number.',
    httpCode: 403,
  });
}
