// Leaving a message on an answering machine: its beep is waited for, the message plays, the call ends. Part of the call
// machine. The agent who heard the machine first has been let go by then.

import type { Call, CallEffect } from './call.ts';
import { release, set, type Handler, type Outcome } from './steps.ts';

/** A message longer than this is cut, and does not count as left. */
const MESSAGE_LIMIT_MS = 110_000;

/** A machine is known: from here on the call is a machine's, whatever comes of the message. */
export const awaitBeep = (call: Call, now: number, ...effects: CallEffect[]): Outcome => [
  set(call, { state: 'awaiting-beep', result: 'machine', endedBy: 'dialer' }),
  ...effects,
  { do: 'note-progress' },
  { do: 'await-beep' },
  { do: 'set-timer', timer: 'limit', at: now + call.plan.beepWithinMs },
];

export const beepHeard: Handler<'beep'> = (call, event, now) => {
  if (!event.heard) return release(call, {}, now);
  return [
    set(call, { state: 'leaving-message' }),
    { do: 'leave-message' },
    { do: 'set-timer', timer: 'limit', at: now + MESSAGE_LIMIT_MS },
  ];
};

/** No beep, or no one who could listen for it: no message. */
export const noBeep: Handler<'beep-refused' | 'limit-reached'> = (call, _event, now) => release(call, {}, now);

/** A machine that hung up during it has not heard it out. */
export const messageOver: Handler<'message-over'> = (call, event, now) =>
  release(call, event.played && call.cause === undefined ? { messageLeft: true } : {}, now);

export const messageCut: Handler<'limit-reached'> = (call, _event, now) => release(call, {}, now);
