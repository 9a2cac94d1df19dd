// Who is signed in, as the server says.

import type { z } from 'zod';
import type { right, session } from '../../http/wire/users.ts';
import { ask } from './ask.ts';

export type Right = z.output<typeof right>;
export type Session = z.output<typeof session>;

/** Undefined: no one is signed in. Rejects when the server does not answer. */
export async function readSession(): Promise<Session | undefined> {
  const { status, body } = await ask<Session>('GET', '/api/session');
  if (status === 200) return body;
  if (status === 401) return undefined;
  throw new Error(`The session could not be read: ${status}.`);
}
