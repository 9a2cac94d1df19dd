// A person who has no agent presses the do-not-call key: in the safe-harbour message, while waiting, or while a detector
// still listens. Part of the call machine. Whoever talks with an agent asks the agent.

import type { Call } from './call.ts';
import { release, set, report, type Handler, type Outcome } from './steps.ts';

/** A confirmation that never ends is cut. */
const CONFIRMATION_LIMIT_MS = 30_000;

/** In the message: it stops, the confirmation plays. Where the dialplan plays it, the opt-out alone is taken down. */
export const optOutInAbandonMessage: Handler<'opt-out'> = (call, _event, now) => {
  if (call.optedOut) return undefined;
  const known = set(call, { optedOut: true });
  if (!call.arrived) return [known, { do: 'put-on-do-not-call-list' }];
  const [confirming, ...effects] = confirm(known, now);
  return [confirming, { do: 'put-on-do-not-call-list' }, { do: 'stop-abandon-message' }, ...effects];
};

/** While waiting for an agent: no agent is sought any more. A live answer that got no agent counts as abandoned. */
export const optOutWaiting: Handler<'opt-out'> = (call, _event, now) => {
  if (call.bridgedAt !== undefined) return undefined;
  const [confirming, ...effects] = confirm(set(call, { optedOut: true, result: 'abandoned', endedBy: 'person' }), now);
  return [
    confirming,
    { do: 'stop-seeking' },
    { do: 'put-on-do-not-call-list' },
    report('abandoned'),
    { do: 'stop-waiting-sound' },
    ...effects,
  ];
};

/** The detector has the leg: the confirmation comes with its word. */
export const optOutDetecting: Handler<'opt-out'> = (call) =>
  call.optedOut ? undefined : [set(call, { optedOut: true }), { do: 'put-on-do-not-call-list' }];

/** The detector has spoken of somebody who has asked not to be called: no one else speaks with them. */
export function confirmAfterVerdict(call: Call, now: number): Outcome {
  const [confirming, ...effects] = confirm(set(call, { liveAt: now, result: 'abandoned', endedBy: 'person' }), now);
  return [confirming, report('live'), report('abandoned'), ...effects];
}

const confirm = (call: Call, now: number): Outcome => [
  set(call, { state: 'confirming' }),
  { do: 'confirm-do-not-call' },
  { do: 'set-timer', timer: 'limit', at: now + CONFIRMATION_LIMIT_MS },
];

export const confirmationOver: Handler<'confirmation-over' | 'limit-reached'> = (call, _event, now) =>
  release(call, {}, now);
