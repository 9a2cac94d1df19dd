// Who asks: the holder of the token file, a program with a token of its own, or a person who has signed in. The name
// under which the audit log has what they do comes from here alone.

import type { FastifyRequest } from 'fastify';
import type { Role } from '../../engine/store/users.ts';
import type { Right } from './rights.ts';

export type Caller =
  | { readonly kind: 'token-file' }
  | { readonly kind: 'token'; readonly name: string; readonly rights: ReadonlySet<Right> }
  | {
      readonly kind: 'user';
      readonly name: string;
      readonly role: Role;
      readonly agent: string | null;
      /** Hash of what the cookie holds. */
      readonly session: string;
      readonly rights: ReadonlySet<Right>;
    };

const callers = new WeakMap<FastifyRequest, Caller>();

export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Undefined on routes that ask for nothing. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}

/** Whether the caller has a right; the token file has all. */
export function hasRight(caller: Caller, right: Right): boolean {
  return caller.kind === 'token-file' || caller.rights.has(right);
}
