// When a live answer is given up for want of an agent, and what the person hears then. Part of the call machine.
// In doubt a call counts as abandoned: the law asks who met no agent, not why.

import type { Call, CallEffect } from './call.ts';
import { release, releaseAgent, set, tell, type Handler, type Outcome } from './steps.ts';

/** The message must be heard within the limit, so it is asked for this much earlier. */
const MESSAGE_START_MS = 150;
/** A message that never ends is cut. */
const APOLOGY_LIMIT_MS = 60_000;

/** When a person live since `liveAt` and without an agent is given up, so that the message comes within the limit. */
export const messageAt = (call: Call, liveAt: number): number =>
  liveAt + Math.max(0, call.plan.noAgentAfterMs - MESSAGE_START_MS);

/** The limit of a person whose leg has not come yet; it is told so when it comes. */
export const limitBeforeArrival: Handler<'limit-reached'> = (call, _event, now) =>
  call.liveAt === undefined || call.session !== undefined || call.result !== undefined ? undefined : giveUp(call, now);

export const limitReached: Handler<'limit-reached'> = (call, _event, now) => giveUp(call, now);

/** No agent within the limit. A conversation that lost its agent keeps its result. */
export function giveUp(call: Call, now: number): Outcome {
  const wasBridged = call.bridgedAt !== undefined;
  const gaveUp = set(call, { result: wasBridged ? 'connected' : 'abandoned', endedBy: 'dialer' });
  const told = wasBridged ? [] : [tell('abandoned')];
  if (!call.arrived) return [gaveUp, { do: 'stop-seeking' }, ...told];
  const [apologising, ...effects] = startApology(gaveUp, now);
  return [apologising, { do: 'stop-seeking' }, ...told, { do: 'stop-waiting-sound' }, ...effects];
}

/** The safe-harbour message plays; nothing can go wrong with it that keeps the line for ever. */
export const startApology = (call: Call, now: number): Outcome => [
  set(call, { state: 'apologising' }),
  { do: 'apologise' },
  { do: 'set-timer', timer: 'limit', at: now + APOLOGY_LIMIT_MS },
];

/** Found in the dialplan after a restart, it comes under our control after all. */
export const arrivedForApology: Handler<'arrived'> = (call, _event, now) =>
  call.arrived || call.apologised ? undefined : startApology(set(call, { arrived: true }), now);

/** A message of ours that could not be played to a leg which the exchange has: it plays its own. */
export const apologyOver: Handler<'apology-over' | 'limit-reached'> = (call, event, now) =>
  event.type === 'apology-over' && call.apologised ? undefined : release(call, {}, now);

/** The exchange plays the message to a person whose pick-up we did not hear of. */
export const apologisedUnheard: Handler<'apologised'> = (call, _event, now) => {
  const pickedUpAt = now - call.plan.noAgentAfterMs;
  const live = set(call, { answeredAt: pickedUpAt, liveAt: pickedUpAt });
  return inDialplan(live, now, tell('answered'), tell('live'));
};

/** The exchange plays the message to a person whom no living daemon has given an agent in time. */
export const apologised: Handler<'apologised'> = (call, _event, now) => {
  const told: CallEffect[] = call.liveAt === undefined ? [tell('live')] : [];
  return inDialplan(set(call, { liveAt: call.liveAt ?? now }), now, ...told);
};

/** It was in our hands, or on its way; the message is the exchange's, and so is the end. */
function inDialplan(call: Call, now: number, ...told: CallEffect[]): Outcome {
  const wasBridged = call.bridgedAt !== undefined;
  const isNew = call.result === undefined && !wasBridged;
  const { session: _session, bridge: _bridge, ...rest } = call;
  const gone: Call = { ...rest, state: 'apologising', arrived: false, apologised: true, endedBy: 'dialer' };
  return [
    set(gone, { result: call.result ?? (wasBridged ? 'connected' : 'abandoned') }),
    ...told,
    ...(isNew ? [tell('abandoned')] : []),
    { do: 'stop-seeking' },
    ...releaseAgent(call, wasBridged ? 'person-hung-up' : 'not-connected'),
    { do: 'clear-timer', timer: 'ring' },
    { do: 'set-timer', timer: 'limit', at: now + APOLOGY_LIMIT_MS },
  ];
}

/** The person picked up just as our hang-up was on its way: a live answer that got no agent. */
export const answeredTooLate: Handler<'answered' | 'arrived' | 'apologised'> = (call, _event, now) =>
  call.answeredAt === undefined
    ? [
        set(call, { answeredAt: now, liveAt: now, result: 'abandoned', endedBy: 'dialer' }),
        tell('answered'),
        tell('live'),
        tell('abandoned'),
      ]
    : undefined;
