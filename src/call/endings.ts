// How a call comes to its end: which result each way out gives, and what must be tidied. Part of the call machine.

import type { Result } from '../terms.ts';
import type { Call, CallEffect, CallEvent } from './call.ts';
import { classifyUnanswered } from './causes.ts';

/** A leg that was asked to hang up and says nothing for this long is looked for on the exchange. */
const REAP_MS = 10_000;

/** What one event does to a call in one state; undefined: nothing, the pair is ignored. */
export type Handler<T extends CallEvent['type']> = (
  call: Call,
  event: CallEvent & { readonly type: T },
  now: number,
) => readonly [Call, ...CallEffect[]] | undefined;

export const set = (call: Call, change: Partial<Call>): Call => ({ ...call, ...change });

export function end(
  call: Call,
  result: Result,
  now: number,
  ...effects: CallEffect[]
): readonly [Call, ...CallEffect[]] {
  return [
    set(call, { state: 'ended', result }),
    ...effects,
    { do: 'clear-timer', timer: 'ring' },
    { do: 'clear-timer', timer: 'limit' },
    { do: 'clear-timer', timer: 'reap' },
    { do: 'close' },
  ];
}

export function release(
  call: Call,
  change: Partial<Call>,
  now: number,
  ...effects: CallEffect[]
): readonly [Call, ...CallEffect[]] {
  return [
    set(call, { ...change, state: 'releasing' }),
    ...effects,
    { do: 'clear-timer', timer: 'ring' },
    { do: 'clear-timer', timer: 'limit' },
    { do: 'set-timer', timer: 'reap', at: now + REAP_MS },
    { do: 'hang-up' },
  ];
}

export const releaseAgent = (call: Call, why: Extract<CallEffect, { do: 'release-agent' }>['why']): CallEffect[] =>
  call.session === undefined ? [] : [{ do: 'release-agent', session: call.session, why }];

export function withCauses(call: Call, event: { readonly cause: number; readonly sipCode?: number }): Call {
  return set(call, {
    cause: call.cause ?? event.cause,
    ...(call.sipCode === undefined && event.sipCode !== undefined ? { sipCode: event.sipCode } : {}),
  });
}

/** The network ended a call that nobody had answered. */
export const endedUnanswered: Handler<'ended'> = (call, event, now) => {
  const known = withCauses(call, event);
  const result = known.result ?? classifyUnanswered(known.cause ?? event.cause, known.sipCode);
  return end(set(known, { endedBy: known.endedBy ?? 'network' }), result, now);
};

/**
 * A live answer ended before it reached its agent. Without an agent found it is abandoned, whoever hung up; with one
 * found the person was not kept waiting and simply put down.
 */
export const endedUnconnected: Handler<'ended'> = (call, event, now) => {
  const result = call.result ?? (call.session === undefined ? 'abandoned' : 'rejected');
  const told: CallEffect[] =
    result === 'abandoned' && call.result === undefined
      ? [...tellLive(call), { do: 'tell-pacer', fact: 'abandoned' }]
      : [];
  return end(
    set(withCauses(call, event), { endedBy: call.endedBy ?? 'person', liveAt: call.liveAt ?? now }),
    result,
    now,
    { do: 'stop-seeking' },
    ...told,
    ...releaseAgent(call, 'not-connected'),
  );
};

const tellLive = (call: Call): CallEffect[] => (call.liveAt === undefined ? [{ do: 'tell-pacer', fact: 'live' }] : []);

export const endedTalking: Handler<'ended'> = (call, event, now) =>
  end(
    set(withCauses(call, event), { endedBy: call.endedBy ?? 'person' }),
    call.result ?? 'connected',
    now,
    ...releaseAgent(call, 'person-hung-up'),
  );

export const endedReleasing: Handler<'ended'> = (call, event, now) =>
  end(withCauses(call, event), call.result ?? 'failed', now);

/** The leg is gone from the exchange and nothing more will be heard of it. */
export const vanishedUnanswered: Handler<'vanished'> = (call, event, now) => {
  if (event.answered)
    return end(set(call, { endedBy: 'dialer', liveAt: now }), 'abandoned', now, {
      do: 'tell-pacer',
      fact: 'abandoned',
    });
  const result = call.result ?? classifyUnanswered(event.cause, call.sipCode);
  return end(set(call, { endedBy: call.endedBy ?? 'network', cause: event.cause }), result, now);
};
export const asEnded =
  (handler: Handler<'ended'>): Handler<'vanished'> =>
  (call, event, now) =>
    handler(call, { type: 'ended', cause: event.cause }, now);

/** A conversation that lost its agent and ended while waiting stays connected; any other is judged by its agent. */
export const endedWaiting: Handler<'ended'> = (call, event, now) =>
  call.bridgedAt === undefined ? endedUnconnected(call, event, now) : endedTalking(call, event, now);
