// Who asks for something or does it: the one place that knows every kind of them, and the name that the books have for each.

import type { AgentNumber } from '../terms.ts';
import type { Role } from './store/users.ts';

export type Actor =
  /** Whoever holds the token file, with the word that they gave for themselves. */
  | { readonly kind: 'token-file'; readonly word?: string }
  /** A program with a token of its own. */
  | { readonly kind: 'token'; readonly name: string }
  /** A person who has signed in. */
  | { readonly kind: 'user'; readonly name: string; readonly role: Role }
  /** The same by phone, with the number of the agent that they are and its PIN. */
  | { readonly kind: 'user-by-phone'; readonly name: string }
  /** A command without the daemon: `cli.ann`. */
  | { readonly kind: 'command'; readonly name: string }
  /** An agent at work, by phone or at a desk. */
  | { readonly kind: 'agent'; readonly agent: AgentNumber }
  /** A phone on which no one has signed in yet; an address from which no one has. */
  | { readonly kind: 'phone'; readonly account: string }
  | { readonly kind: 'address'; readonly address: string }
  /** Whoever is called, or calls. */
  | { readonly kind: 'person' }
  /** outdial by itself: a campaign's schedule, what follows from its records, the end of a recording's time, a file. */
  | { readonly kind: 'system'; readonly part: SystemPart };

type SystemPart = 'schedule' | 'records' | 'retention' | 'file';

export const SCHEDULE: Actor = { kind: 'system', part: 'schedule' };
export const RECORDS: Actor = { kind: 'system', part: 'records' };
export const PERSON: Actor = { kind: 'person' };

/** As it stands in the audit log, in histories of campaigns, callbacks and lists, and in the log. */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'token-file':
      return actor.word ?? 'api';
    case 'token':
    case 'user':
      return `${actor.kind}:${actor.name}`;
    case 'user-by-phone':
      return `user:${actor.name}`;
    case 'command':
      return actor.name;
    case 'agent':
      return `agent ${actor.agent}`;
    case 'phone':
      return `phone ${actor.account}`;
    case 'address':
      return `address ${actor.address}`;
    case 'person':
      return 'person';
    case 'system':
      return actor.part === 'records' ? 'outdial' : actor.part;
  }
}
