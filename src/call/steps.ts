// The moves that several rows of the call machine share: ending a call, letting it go, giving its agent back.

import type { Result } from '../terms.ts';
import type { Call, CallEffect, CallEvent, ReleaseReason } from './call.ts';

/** A leg that was asked to hang up and says nothing for this long is looked for on the exchange. */
const REAP_MS = 10_000;
/** One that has not been answered may take this long: the network has 32 s for its final answer (RFC 3261, 9.1). */
const REAP_UNANSWERED_MS = 40_000;

export type Outcome = readonly [Call, ...CallEffect[]];

/** What one event does to a call in one state; undefined: nothing, the pair is ignored. */
export type Handler<T extends CallEvent['type']> = (
  call: Call,
  event: CallEvent & { readonly type: T },
  now: number,
) => Outcome | undefined;

export const set = (call: Call, change: Partial<Call>): Call => ({ ...call, ...change });

/** The attempt is over. Whoever talked with an agent was connected, whatever came afterwards. */
export function end(call: Call, result: Result, ...effects: CallEffect[]): Outcome {
  const wasBridged = result === 'abandoned' && call.bridgedAt !== undefined;
  return [
    set(call, { state: 'ended', result: wasBridged ? 'connected' : result }),
    ...effects,
    { do: 'clear-timer', timer: 'ring' },
    { do: 'clear-timer', timer: 'limit' },
    { do: 'clear-timer', timer: 'reap' },
    { do: 'close' },
  ];
}

/** The hang-up is asked for; the call ends when the exchange says so. */
export function release(call: Call, change: Partial<Call>, now: number, ...effects: CallEffect[]): Outcome {
  return [
    set(call, { ...change, state: 'releasing' }),
    ...effects,
    { do: 'clear-timer', timer: 'ring' },
    { do: 'clear-timer', timer: 'limit' },
    { do: 'set-timer', timer: 'reap', at: now + (call.answeredAt === undefined ? REAP_UNANSWERED_MS : REAP_MS) },
    { do: 'hang-up' },
  ];
}

export const releaseAgent = (call: Call, why: ReleaseReason): CallEffect[] =>
  call.session === undefined ? [] : [{ do: 'release-agent', session: call.session, why }];

/** The call with no agent and in no bridge. */
export function withoutAgent(call: Call): Call {
  const { session: _session, bridge: _bridge, ...rest } = call;
  return rest;
}

/** What the network says of an end. */
interface LastWord {
  readonly cause: number;
  readonly sipCode?: number;
  readonly retryAfterMs?: number;
}

/** The first cause and the first SIP code heard are kept. */
export function withCauses(call: Call, { cause, sipCode, retryAfterMs }: LastWord): Call {
  return set(call, {
    cause: call.cause ?? cause,
    ...(call.sipCode === undefined && sipCode !== undefined ? { sipCode } : {}),
    ...(call.retryAfterMs === undefined && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  });
}

/** Seeks an agent until `at`. */
export const seekUntil = (at: number): CallEffect[] => [{ do: 'set-timer', timer: 'limit', at }, { do: 'seek-agent' }];

export const report = (fact: Extract<CallEffect, { do: 'report-to-pacer' }>['fact']): CallEffect => ({
  do: 'report-to-pacer',
  fact,
});
