// The life of one call, as a table of states and events. Pure: what to do is returned, never done.
//
// placing      the INVITE has been asked for, nothing heard yet
// ringing      the network rings (or plays early media)
// answered     picked up, the leg is not yet under our control; an agent is already being sought
// detecting    before-agent detection listens on the person's leg
// waiting      a live answer that has no agent yet
// connecting   an agent was found, both legs are being bridged
// talking      in one bridge with the agent
// apologising  abandoned: the safe-harbour message plays
// releasing    the hang-up has been asked for
// ended        the leg is gone, the attempt has its result
//
// A pair without an entry leaves the call as it is: late and doubled events are normal.

import type { Result, Verdict } from '../terms.ts';
import type { Call, CallEffect, CallEvent, CallState } from './call.ts';
import {
  asEnded,
  endedReleasing,
  endedTalking,
  endedUnanswered,
  endedUnconnected,
  endedWaiting,
  end,
  release,
  releaseAgent,
  set,
  vanishedUnanswered,
  withCauses,
  type Handler,
} from './endings.ts';

/** Time the network may take before it rings, on top of the ring time itself. */
const POST_DIAL_DELAY_MS = 8_000;
/** The message must be heard within the limit, so it is asked for this much earlier. */
const MESSAGE_START_MS = 150;

export interface CallStep {
  readonly call: Call;
  readonly effects: readonly CallEffect[];
  readonly ignored: boolean;
}

type Row = { readonly [T in CallEvent['type']]?: Handler<T> };

const isMachine = (verdict: Verdict | undefined): boolean => verdict === 'machine' || verdict === 'fax';
const machineResult = (verdict: Verdict): Result => (verdict === 'fax' ? 'fax' : 'machine');

/** A call just asked for, with its first timer. */
export function placeCall(call: Omit<Call, 'state' | 'arrived'>): readonly [Call, ...CallEffect[]] {
  const at = call.dialedAt + call.plan.ringTimeoutMs + POST_DIAL_DELAY_MS;
  return [
    { ...call, state: 'placing', arrived: false },
    { do: 'set-timer', timer: 'ring', at },
  ];
}

/** The call after `event` at `now` (epoch ms) and what to do about it; total over all states and events. */
export function stepCall(call: Call, event: CallEvent, now: number): CallStep {
  const handler = TABLE[call.state][event.type] as Handler<CallEvent['type']> | undefined;
  const outcome = handler?.(call, event, now);
  if (!outcome) return { call, effects: [], ignored: true };
  const [next, ...effects] = outcome;
  return { call: next, effects, ignored: false };
}

// ---- the way to an agent

const startRinging = (call: Call, _event: CallEvent, now: number): readonly [Call, ...CallEffect[]] => [
  set(call, { state: 'ringing', ringingAt: now }),
  { do: 'set-timer', timer: 'ring', at: now + call.plan.ringTimeoutMs },
  { do: 'tell-pacer', fact: 'ringing' },
];

const limitAt = (call: Call, from: number): CallEffect => ({
  do: 'set-timer',
  timer: 'limit',
  at: from + Math.max(0, call.plan.noAgentAfterMs - MESSAGE_START_MS),
});

/** Picked up. Unless a detector comes first, the person counts as live and an agent is sought in the same turn. */
const pickedUp: Handler<'answered'> = (call, _event, now) => {
  const answered = set(call, { state: 'answered', answeredAt: now });
  const common: CallEffect[] = [
    { do: 'clear-timer', timer: 'ring' },
    { do: 'tell-pacer', fact: 'answered' },
  ];
  if (call.plan.detection === 'before-agent') return [answered, ...common];
  return [
    set(answered, { liveAt: now }),
    ...common,
    { do: 'tell-pacer', fact: 'live' },
    limitAt(call, now),
    { do: 'seek-agent' },
  ];
};

/** The leg comes under our control; the pick-up itself may have gone unheard. */
const arrivedUnheard: Handler<'arrived'> = (call, event, now) => {
  const heard = pickedUp(call, { type: 'answered' }, now);
  if (!heard) return undefined;
  const [answered, ...effects] = heard;
  const next = arrived(answered, event, now);
  return next ? [next[0], ...effects, ...next.slice(1).filter((x): x is CallEffect => 'do' in x)] : heard;
};

const arrived: Handler<'arrived'> = (call, _event, now) => {
  const here = set(call, { arrived: true });
  if (call.result === 'abandoned') return [set(here, { state: 'apologising' }), { do: 'apologise' }];
  if (call.plan.detection === 'before-agent' && call.verdict === undefined) {
    return [set(here, { state: 'detecting' }), { do: 'detect-before-agent' }];
  }
  const listen: CallEffect[] = call.plan.detection === 'parallel' ? [{ do: 'detect-in-parallel' }] : [];
  if (call.bridge !== undefined) {
    return [set(here, { state: 'connecting' }), { do: 'join-agent', bridge: call.bridge }, ...listen];
  }
  return [set(here, { state: 'waiting' }), { do: 'start-waiting-sound' }, ...listen, ...lateLimit(here, now)];
};

/** A call that became live without its limit being set (the answer went unheard) gets one now. */
const lateLimit = (call: Call, now: number): CallEffect[] => (call.liveAt === undefined ? [limitAt(call, now)] : []);

const foundWhileAnswered: Handler<'agent-found'> = (call, event) => [
  set(call, { session: event.session, bridge: event.bridge }),
  { do: 'clear-timer', timer: 'limit' },
];

const foundWhileWaiting: Handler<'agent-found'> = (call, event) => [
  set(call, { state: 'connecting', session: event.session, bridge: event.bridge }),
  { do: 'clear-timer', timer: 'limit' },
  { do: 'join-agent', bridge: event.bridge },
  { do: 'stop-waiting-sound' },
];

const bridged: Handler<'bridged'> = (call, event, now) => {
  if (event.bridge !== call.bridge || call.session === undefined) return undefined;
  return [
    set(call, { state: 'talking', bridgedAt: call.bridgedAt ?? now }),
    { do: 'agent-connected', session: call.session },
    { do: 'tell-pacer', fact: 'connected' },
    { do: 'note-progress' },
  ];
};

/** The agent's bridge would not take the leg: give the agent back and seek another; the person's own limit runs on. */
const joinRefused: Handler<'join-refused'> = (call, _event, now) => {
  const { session: _session, bridge: _bridge, ...rest } = call;
  return [
    { ...rest, state: 'waiting' },
    ...releaseAgent(call, 'not-connected'),
    limitAt(call, call.liveAt ?? now),
    { do: 'seek-agent' },
  ];
};

// ---- detection

/** The detector's word before an agent is asked for. */
const verdictBeforeAgent: Handler<'verdict'> = (call, event, now) => {
  const known = set(call, { verdict: event.verdict, verdictCause: event.cause });
  if (isMachine(event.verdict)) {
    const told: CallEffect = { do: 'tell-pacer', fact: 'machine' };
    if (call.plan.onMachine === 'hang-up') {
      return release(
        set(known, { arrived: true }),
        { result: machineResult(event.verdict), endedBy: 'dialer' },
        now,
        told,
      );
    }
  }
  return [
    set(known, { state: 'waiting', arrived: true, liveAt: now }),
    { do: 'tell-pacer', fact: 'live' },
    limitAt(call, now),
    { do: 'start-waiting-sound' },
    { do: 'seek-agent' },
  ];
};

/** A machine is heard while the agent is (or would be) connected: the agent is free again at once. */
const verdictInParallel: Handler<'verdict'> = (call, event, now) => {
  const known = set(call, { verdict: event.verdict, verdictCause: event.cause });
  if (!isMachine(event.verdict) || call.plan.onMachine === 'keep') return [known, { do: 'note-progress' }];
  return release(
    known,
    { result: machineResult(event.verdict), endedBy: 'dialer' },
    now,
    { do: 'stop-seeking' },
    { do: 'tell-pacer', fact: 'machine' },
    ...releaseAgent(call, 'machine'),
  );
};

// ---- giving up

/** No agent within the limit. A conversation that lost its agent keeps its result. */
const limitReached: Handler<'limit-reached'> = (call, _event, now) => {
  const told: CallEffect[] = call.bridgedAt === undefined ? [{ do: 'tell-pacer', fact: 'abandoned' }] : [];
  const gaveUp = set(call, { result: call.bridgedAt === undefined ? 'abandoned' : 'connected', endedBy: 'dialer' });
  if (!call.arrived) return [gaveUp, { do: 'stop-seeking' }, ...told];
  return [
    set(gaveUp, { state: 'apologising' }),
    { do: 'stop-seeking' },
    { do: 'stop-waiting-sound' },
    { do: 'apologise' },
    { do: 'set-timer', timer: 'reap', at: now + 60_000 },
    ...told,
  ];
};

const ringTimeout: Handler<'ring-timeout'> = (call, _event, now) =>
  release(call, { result: 'no-answer', endedBy: 'dialer' }, now);

/** The pacer wants the line back: only once the person has had the legal ring time. */
const cancel: Handler<'cancel'> = (call, _event, now) => {
  if (call.ringingAt === undefined || now - call.ringingAt < call.plan.minRingMs) return undefined;
  return release(call, { result: 'cancelled', endedBy: 'dialer' }, now);
};

const agentHungUp: Handler<'agent-hung-up'> = (call, _event, now) =>
  release(call, { result: call.result ?? 'connected', endedBy: 'agent' }, now, ...releaseAgent(call, 'agent-hung-up'));

/** The agent's phone is gone in mid-conversation: the person hears music and another agent is sought. */
const agentLost: Handler<'agent-lost'> = (call, _event, now) => {
  const { session: _session, ...rest } = call;
  return [
    { ...rest, state: 'waiting' },
    { do: 'start-waiting-sound' },
    {
      do: 'set-timer',
      timer: 'limit',
      at: now + (call.bridgedAt === undefined ? call.plan.noAgentAfterMs : call.plan.reconnectMs),
    },
    { do: 'seek-agent' },
  ];
};

/** The agent chosen is lost before the legs were bridged; the person's own limit still runs from the answer. */
const agentLostEarly: Handler<'agent-lost'> = (call, _event, now) => {
  const { session: _session, bridge: _bridge, ...rest } = call;
  return [
    { ...rest, state: call.arrived ? 'waiting' : 'answered' },
    limitAt(call, call.liveAt ?? now),
    { do: 'seek-agent' },
  ];
};

const placeFailed: Handler<'place-failed'> = (call, event, now) =>
  end(set(call, { endedBy: 'dialer', verdictCause: event.reason }), 'failed', now);

const remember: Handler<'hanging-up'> = (call, event) => [withCauses(call, event)];

const TABLE: Readonly<Record<CallState, Row>> = {
  placing: {
    'place-failed': placeFailed,
    ringing: startRinging,
    progress: startRinging,
    answered: pickedUp,
    arrived: arrivedUnheard,
    'ring-timeout': ringTimeout,
    'hanging-up': remember,
    ended: endedUnanswered,
    vanished: vanishedUnanswered,
  },
  ringing: {
    'place-failed': placeFailed,
    answered: pickedUp,
    arrived: arrivedUnheard,
    'ring-timeout': ringTimeout,
    cancel,
    'hanging-up': remember,
    ended: endedUnanswered,
    vanished: vanishedUnanswered,
  },
  answered: {
    arrived,
    'agent-found': foundWhileAnswered,
    'agent-lost': agentLostEarly,
    'limit-reached': limitReached,
    'hanging-up': remember,
    ended: endedUnconnected,
    vanished: asEnded(endedUnconnected),
  },
  detecting: {
    verdict: verdictBeforeAgent,
    'detect-refused': (call, _event, now) =>
      verdictBeforeAgent(call, { type: 'verdict', verdict: 'unsure', cause: 'detector-refused' }, now),
    'hanging-up': remember,
    ended: endedUnconnected,
    vanished: asEnded(endedUnconnected),
  },
  waiting: {
    'agent-found': foundWhileWaiting,
    verdict: verdictInParallel,
    'limit-reached': limitReached,
    'hanging-up': remember,
    ended: endedWaiting,
    vanished: asEnded(endedWaiting),
  },
  connecting: {
    bridged,
    'join-refused': joinRefused,
    verdict: verdictInParallel,
    'agent-hung-up': agentHungUp,
    'agent-lost': agentLostEarly,
    'hanging-up': remember,
    ended: endedWaiting,
    vanished: asEnded(endedWaiting),
  },
  talking: {
    verdict: verdictInParallel,
    'agent-hung-up': agentHungUp,
    'agent-lost': agentLost,
    'hanging-up': remember,
    ended: endedTalking,
    vanished: asEnded(endedTalking),
  },
  apologising: {
    'apology-over': (call, _event, now) => release(call, {}, now),
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  releasing: {
    'hanging-up': remember,
    ended: endedReleasing,
    vanished: asEnded(endedReleasing),
  },
  ended: {},
};
