// Which changes may wait a moment for others, so that they travel to the store's thread and are committed together: those
// that are written down beside a call, while everything goes on. What an INVITE or a person waits for is none of them.

import type { Store } from '../engine/store/store.ts';
import type { Request } from './worker-link.ts';

type Method = { [N in keyof Store]: `${N}.${Extract<keyof Store[N], string>}` }[keyof Store];

const UNHURRIED: ReadonlySet<string> = new Set([
  'attempts.progress',
  'attempts.close',
  'attempts.settle',
  'callParts.over',
  'forms.write',
  'inbound.progress',
  'inbound.close',
  'inbound.settle',
  'sessions.state',
] satisfies readonly Method[]);

/** Whether nothing but the row itself waits for this change to be durable. */
export const isUnhurried = ({ noun, method }: Pick<Request, 'noun' | 'method'>): boolean =>
  UNHURRIED.has(`${noun}.${method}`);
