// From the first ring to both legs in one bridge, and back when the agent is lost. Part of the call machine.

import type { Call, CallEffect } from './call.ts';
import { giveUp, messageAt, startAbandonMessage } from './abandonment.ts';
import { listenFirst } from './detection.ts';
import { releaseAgent, seekUntil, set, report, withoutAgent, type Handler, type Outcome } from './steps.ts';

/** From now on the person has the campaign's ring time, never less than the legal one. */
export const startRinging: Handler<'ringing' | 'progress'> = (call, _event, now) => [
  set(call, { state: 'ringing', ringingAt: now }),
  { do: 'set-timer', timer: 'ring', at: now + Math.max(call.plan.ringTimeoutMs, call.plan.minRingMs) },
  report('ringing'),
];

/** Picked up. Unless a detector comes first, the person counts as live and an agent is sought in the same turn. */
export const pickedUp = (call: Call, _event: unknown, now: number): Outcome => {
  const answered = set(call, { state: 'answered', answeredAt: now });
  const common: CallEffect[] = [{ do: 'clear-timer', timer: 'ring' }, report('answered')];
  if (call.plan.detection === 'before-agent') return [answered, ...common];
  const limitAt = messageAt(call, now);
  return [set(answered, { liveAt: now, limitAt }), ...common, report('live'), ...seekUntil(limitAt)];
};

/** The leg comes under our control; the pick-up itself went unheard. */
export const arrivedUnheard: Handler<'arrived'> = (call, _event, now) => {
  const [answered, ...effects] = pickedUp(call, undefined, now);
  const [here, ...more] = takeCharge(answered, now);
  return [here, ...effects, ...more];
};

export const arrived: Handler<'arrived'> = (call, _event, now) => takeCharge(call, now);

function takeCharge(call: Call, now: number): Outcome {
  const here = set(call, { arrived: true });
  if (call.result === 'abandoned') return startAbandonMessage(here, now);
  if (call.plan.detection === 'before-agent') return listenFirst(here, now);
  const listen: CallEffect[] = call.plan.detection === 'parallel' ? [{ do: 'detect-in-parallel' }] : [];
  if (call.bridge !== undefined) {
    return [set(here, { state: 'connecting' }), { do: 'join-agent', bridge: call.bridge }, ...listen];
  }
  return [set(here, { state: 'waiting' }), { do: 'start-waiting-sound' }, ...listen];
}

/** An agent is there before the leg is: joined when it arrives. */
export const foundWhileAnswered: Handler<'agent-found'> = (call, event, now) => {
  const isWanted = call.liveAt !== undefined && call.result === undefined && call.session === undefined;
  if (!isWanted) return turnOtherAway(call, event, now);
  return [set(call, { session: event.session, bridge: event.bridge }), { do: 'clear-timer', timer: 'limit' }];
};

export const foundWhileWaiting: Handler<'agent-found'> = (call, event) => [
  set(call, { state: 'connecting', session: event.session, bridge: event.bridge }),
  { do: 'clear-timer', timer: 'limit' },
  { do: 'join-agent', bridge: event.bridge },
  { do: 'stop-waiting-sound' },
];

/** An agent comes who is no longer sought: given back at once. */
export const turnAgentAway: Handler<'agent-found'> = (call, event) => [
  call,
  { do: 'release-agent', session: event.session, why: 'not-connected' },
];

/** One agent too many; the one who is there already may well be found twice. */
export const turnOtherAway: Handler<'agent-found'> = (call, event, now) =>
  event.session === call.session ? undefined : turnAgentAway(call, event, now);

export const bridged: Handler<'bridged'> = (call, event, now) => {
  if (event.bridge !== call.bridge || call.session === undefined) return undefined;
  return [
    set(call, { state: 'talking', bridgedAt: call.bridgedAt ?? now }),
    { do: 'agent-connected', session: call.session },
    report('connected'),
    { do: 'note-progress' },
  ];
};

/** The agent's bridge would not take the leg: the agent is given back; the person's own limit runs on. */
export const joinRefused: Handler<'join-refused'> = (call, _event, now) => seekAnother(call, now);

/** The agent is lost before the legs were bridged; the person's own limit runs on. */
export const agentLostEarly: Handler<'agent-lost'> = (call, _event, now) => seekAnother(call, now);

/** The agent who was being rung for this person does not come; who is being sought runs no new limit. */
export const agentLostWaiting: Handler<'agent-lost'> = (call) => [call, { do: 'seek-agent' }];

function seekAnother(call: Call, now: number): Outcome {
  const alone = withoutAgent(call);
  const given = releaseAgent(call, 'not-connected');
  if (call.liveAt === undefined || call.result !== undefined) return [alone, ...given];
  const limitAt = call.limitAt ?? messageAt(call, call.liveAt);
  if (now >= limitAt) {
    const [gone, ...effects] = giveUp(alone, now);
    return [gone, ...given, ...effects];
  }
  if (!call.arrived) return [set(alone, { limitAt }), ...given, ...seekUntil(limitAt)];
  const waiting = set(alone, { state: 'waiting', limitAt });
  const sound: CallEffect[] = call.state === 'waiting' ? [] : [{ do: 'start-waiting-sound' }];
  return [waiting, ...given, ...sound, ...seekUntil(limitAt)];
}

/** The agent's phone is gone in mid-conversation: the person hears music and another agent is sought. */
export const agentLost: Handler<'agent-lost'> = (call, _event, now) => {
  const { session: _session, ...rest } = call;
  const limitAt = now + call.plan.reconnectMs;
  return [{ ...rest, state: 'waiting', limitAt }, { do: 'start-waiting-sound' }, ...seekUntil(limitAt)];
};
