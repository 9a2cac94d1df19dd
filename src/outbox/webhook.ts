// Sends one message to a webhook: a signed POST to an address that may be spoken to. Redirects are not followed, the answer
// is not read, and what went wrong is said without the address's path, which may hold a secret.

import { addressJudge } from '../base/addresses.ts';
import { AddressRefused, guardedPost } from '../base/guarded-post.ts';
import type { OutboxMessage } from '../engine/store/outbox.ts';
import type { Outcome, WebhookReceiver } from './receivers.ts';
import { signedHeaders } from './signature.ts';

/** Answers that say: not now; what is sent later may be taken. */
const LATER: ReadonlySet<number> = new Set([408, 425, 429]);

/** The body: what happened and when, with an id that stays the same when it is sent again. */
function bodyOf(message: OutboxMessage, { numbers }: Pick<WebhookReceiver, 'numbers'>): string {
  const { event, at, data, number } = message;
  const known = JSON.parse(data) as Readonly<Record<string, unknown>>;
  const shown = numbers && number !== null ? { ...known, number } : known;
  return JSON.stringify({ id: idOf(message), event, at, data: numbers ? shown : withoutNumber(shown) });
}

/** Ids of rows begin again when a database is restored; with the time of the event they do not meet. */
export const idOf = ({ id, at }: Pick<OutboxMessage, 'id' | 'at'>): string => `msg_${id}_${at}`;

function withoutNumber(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!('number' in data)) return data;
  const { number, ...rest } = data;
  return { ...rest, numberEndsWith: String(number).slice(-4) };
}

export async function postEvent(receiver: WebhookReceiver, message: OutboxMessage, now: number): Promise<Outcome> {
  const { id } = message;
  const body = bodyOf(message, receiver);
  const headers = {
    'user-agent': 'outdial',
    ...signedHeaders(receiver.secret, { id: idOf(message), timestamp: Math.floor(now / 1000), body }),
  };
  try {
    const judge = addressJudge(receiver.networks);
    const how = { timeoutMs: receiver.timeoutMs, maxBytes: 0, judge, setting: 'webhooks.networks', headers };
    const { status } = await guardedPost(receiver.url, body, how);
    if (status >= 200 && status < 300) return { id, kind: 'sent' };
    const isBusy = status >= 500 || LATER.has(status);
    const what = status >= 300 && status < 400 ? ' (redirects are not followed)' : '';
    return { id, kind: isBusy ? 'receiver' : 'message', fault: `it answered ${status}${what}` };
  } catch (cause) {
    return { id, kind: 'receiver', fault: faultOf(cause, receiver.timeoutMs) };
  }
}

function faultOf(cause: unknown, timeoutMs: number): string {
  if (cause instanceof AddressRefused) return cause.message;
  if (!(cause instanceof Error)) return 'it cannot be reached';
  if (cause.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `it cannot be reached${code}`;
}
