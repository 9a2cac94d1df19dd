// The life of one call, as a table of states and events. Pure: what to do is returned, never done.
//
// placing      the INVITE has been asked for, nothing heard yet
// ringing      the network rings (or plays early media)
// answered     picked up, the leg is not yet under our control; an agent is already being sought
// detecting    before-agent detection listens on the person's leg
// waiting      a live answer that has no agent yet, or a conversation that lost its agent
// connecting   an agent was found, both legs are being bridged
// talking      in one bridge with the agent, or on hold for them (controls.ts)
// handing-over the person hears music while a third party is called for them; the agent is gone
// handed-over  the person talks with the third party alone
// abandon-message  given up: the safe-harbour message plays
// confirming   the person has pressed the do-not-call key: the confirmation plays
// awaiting-beep    a machine that is to be left a message has not come to its beep yet
// leaving-message  the message plays to the machine
// releasing    the hang-up has been asked for
// ended        the leg is gone, the attempt has its result
//
// A pair without an entry leaves the call as it is: late and doubled events are normal.

import {
  answeredTooLate,
  abandonMessageBegun,
  abandonMessageUnheard,
  abandonMessageOver,
  arrivedForAbandonMessage,
  limitBeforeArrival,
  limitReached,
} from './abandonment.ts';
import type { Call, CallEffect, CallEvent, CallState } from './call.ts';
import {
  agentLost,
  agentLostEarly,
  agentLostWaiting,
  arrived,
  arrivedUnheard,
  bridged,
  foundWhileAnswered,
  foundWhileWaiting,
  joinRefused,
  pickedUp,
  startRinging,
  turnAgentAway,
  turnOtherAway,
} from './connecting.ts';
import { controlled } from './controls.ts';
import { detectRefused, noVerdict, verdictBeforeAgent, verdictInParallel, verdictTooLate } from './detection.ts';
import {
  agentHungUp,
  asEnded,
  cancel,
  cancelUnrung,
  endedReleasing,
  endedTalking,
  endedUnanswered,
  endedUnconnected,
  endedWaiting,
  neverRang,
  placeFailed,
  remember,
  ringTimeout,
  vanishedReleasing,
  vanishedUnanswered,
} from './endings.ts';
import { beepHeard, messageCut, messageOver, noBeep } from './message.ts';
import { confirmationOver, optOutDetecting, optOutInAbandonMessage, optOutWaiting } from './opt-out.ts';
import { cameIn, cameInAnswered, restored } from './restored.ts';
import type { Handler, Outcome } from './steps.ts';
import { endedHandedOver, leaveTalk, notReached, whileHandedOver, whileHandingOver } from './third-party.ts';

/** Time the network may take before it rings, on top of the ring time itself. */
const POST_DIAL_DELAY_MS = 8_000;

export interface CallStep {
  readonly call: Call;
  readonly effects: readonly CallEffect[];
  readonly ignored: boolean;
}

export type NewCall = Omit<Call, 'state' | 'arrived'>;

type Row = { readonly [T in CallEvent['type']]?: Handler<T> };

/** A call of which nothing has been heard yet, as each begins: `came-in`, `restored`, or what the network says follows. */
export const newCall = (call: NewCall): Call => ({ ...call, state: 'placing', arrived: false });

/** A call just asked for, with its first timer. */
export function placeCall(call: NewCall): Outcome {
  const ringMs = Math.max(call.plan.ringTimeoutMs, call.plan.minRingMs);
  return [newCall(call), { do: 'set-timer', timer: 'ring', at: call.dialedAt + ringMs + POST_DIAL_DELAY_MS }];
}

/** The call after `event` at `now` (epoch ms) and what to do about it; total over all states and events. */
export function stepCall(call: Call, event: CallEvent, now: number): CallStep {
  const handler = TABLE[call.state][event.type] as Handler<CallEvent['type']> | undefined;
  const outcome = handler?.(call, event, now);
  if (!outcome) return { call, effects: [], ignored: true };
  const [next, ...effects] = leaveTalk(call, outcome);
  return { call: next, effects, ignored: false };
}

const TABLE: Readonly<Record<CallState, Row>> = {
  placing: {
    'came-in': cameIn,
    restored,
    'place-failed': placeFailed,
    ringing: startRinging,
    progress: startRinging,
    answered: pickedUp,
    arrived: arrivedUnheard,
    'ring-timeout': neverRang,
    cancel: cancelUnrung,
    'abandon-message-begun': abandonMessageUnheard,
    'hanging-up': remember,
    ended: endedUnanswered,
    vanished: vanishedUnanswered,
  },
  ringing: {
    answered: pickedUp,
    arrived: arrivedUnheard,
    'ring-timeout': ringTimeout,
    cancel,
    'abandon-message-begun': abandonMessageUnheard,
    'hanging-up': remember,
    ended: endedUnanswered,
    vanished: vanishedUnanswered,
  },
  answered: {
    'came-in': cameInAnswered,
    arrived,
    'agent-found': foundWhileAnswered,
    'agent-lost': agentLostEarly,
    'limit-reached': limitBeforeArrival,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedUnconnected,
    vanished: asEnded(endedUnconnected),
  },
  detecting: {
    verdict: verdictBeforeAgent,
    'detect-refused': detectRefused,
    'limit-reached': noVerdict,
    'agent-found': turnAgentAway,
    'opt-out': optOutDetecting,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedUnconnected,
    vanished: asEnded(endedUnconnected),
  },
  waiting: {
    'agent-found': foundWhileWaiting,
    'agent-lost': agentLostWaiting,
    verdict: verdictInParallel,
    'limit-reached': limitReached,
    'opt-out': optOutWaiting,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedWaiting,
    vanished: asEnded(endedWaiting),
  },
  connecting: {
    bridged,
    'join-refused': joinRefused,
    verdict: verdictInParallel,
    'agent-found': turnOtherAway,
    'agent-lost': agentLostEarly,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedWaiting,
    vanished: asEnded(endedWaiting),
  },
  talking: {
    verdict: verdictInParallel,
    'agent-found': turnOtherAway,
    'agent-hung-up': agentHungUp,
    'agent-lost': agentLost,
    control: controlled,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedTalking,
    vanished: asEnded(endedTalking),
  },
  'handing-over': {
    control: whileHandingOver,
    'limit-reached': notReached,
    'agent-found': turnAgentAway,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedHandedOver,
    vanished: asEnded(endedHandedOver),
  },
  'handed-over': {
    control: whileHandedOver,
    'agent-found': turnAgentAway,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedHandedOver,
    vanished: asEnded(endedHandedOver),
  },
  'abandon-message': {
    'abandon-message-over': abandonMessageOver,
    'limit-reached': abandonMessageOver,
    arrived: arrivedForAbandonMessage,
    verdict: verdictTooLate,
    'agent-found': turnAgentAway,
    'opt-out': optOutInAbandonMessage,
    'abandon-message-begun': abandonMessageBegun,
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  confirming: {
    'confirmation-over': confirmationOver,
    'limit-reached': confirmationOver,
    verdict: verdictTooLate,
    'agent-found': turnAgentAway,
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  'awaiting-beep': {
    beep: beepHeard,
    'beep-refused': noBeep,
    'limit-reached': noBeep,
    'agent-found': turnAgentAway,
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  'leaving-message': {
    'message-over': messageOver,
    'limit-reached': messageCut,
    'agent-found': turnAgentAway,
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  releasing: {
    answered: answeredTooLate,
    arrived: answeredTooLate,
    'abandon-message-begun': answeredTooLate,
    'agent-found': turnAgentAway,
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: vanishedReleasing,
  },
  ended: {},
};
