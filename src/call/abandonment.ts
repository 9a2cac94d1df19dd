// When a live answer is given up for want of an agent, and what the person hears then. Part of the call machine.
// In doubt a call counts as abandoned: the law asks who met no agent, not why.

import type { Call, CallEffect } from './call.ts';
import { release, releaseAgent, set, report, type Handler, type Outcome } from './steps.ts';

/** The message must be heard within the limit, so it is asked for this much earlier. */
const MESSAGE_START_MS = 150;
/** A message that never ends is cut. */
const ABANDON_MESSAGE_LIMIT_MS = 60_000;

/** When a person live since `liveAt` and without an agent is given up, so that the message comes within the limit. */
export const messageAt = (call: Call, liveAt: number): number =>
  liveAt + Math.max(0, call.plan.noAgentAfterMs - MESSAGE_START_MS);

/** The limit of a person whose leg has not come yet; it is set when it comes. */
export const limitBeforeArrival: Handler<'limit-reached'> = (call, _event, now) =>
  call.liveAt === undefined || call.session !== undefined || call.result !== undefined ? undefined : giveUp(call, now);

export const limitReached: Handler<'limit-reached'> = (call, _event, now) => giveUp(call, now);

/** No agent within the limit. A conversation that lost its agent keeps its result. */
export function giveUp(call: Call, now: number): Outcome {
  const wasBridged = call.bridgedAt !== undefined;
  const gaveUp = set(call, { result: wasBridged ? 'connected' : 'abandoned', endedBy: 'dialer' });
  const reports = wasBridged ? [] : [report('abandoned')];
  if (!call.arrived) return [gaveUp, { do: 'stop-seeking' }, ...reports];
  const [playing, ...effects] = startAbandonMessage(gaveUp, now);
  return [playing, { do: 'stop-seeking' }, ...reports, { do: 'stop-waiting-sound' }, ...effects];
}

/** The safe-harbour message plays; nothing can go wrong with it that keeps the line for ever. */
export const startAbandonMessage = (call: Call, now: number): Outcome => [
  set(call, { state: 'abandon-message' }),
  { do: 'play-abandon-message' },
  { do: 'set-timer', timer: 'limit', at: now + ABANDON_MESSAGE_LIMIT_MS },
];

/** Found in the dialplan after a restart, it comes under our control after all. */
export const arrivedForAbandonMessage: Handler<'arrived'> = (call, _event, now) =>
  call.arrived || call.abandonMessageByExchange ? undefined : startAbandonMessage(set(call, { arrived: true }), now);

/** A message of ours that could not be played to a leg which the exchange has: it plays its own. */
export const abandonMessageOver: Handler<'abandon-message-over' | 'limit-reached'> = (call, event, now) =>
  event.type === 'abandon-message-over' && call.abandonMessageByExchange ? undefined : release(call, {}, now);

/** The exchange plays the message to a person whose pick-up we did not hear of. */
export const abandonMessageUnheard: Handler<'abandon-message-begun'> = (call, _event, now) => {
  const pickedUpAt = now - call.plan.noAgentAfterMs;
  const live = set(call, { answeredAt: pickedUpAt, liveAt: pickedUpAt });
  return inDialplan(live, now, report('answered'), report('live'));
};

/** The exchange plays the message to a person whom no living daemon has given an agent in time. */
export const abandonMessageBegun: Handler<'abandon-message-begun'> = (call, _event, now) => {
  const reports: CallEffect[] = call.liveAt === undefined ? [report('live')] : [];
  return inDialplan(set(call, { liveAt: call.liveAt ?? now }), now, ...reports);
};

/** It was in our hands, or on its way; the message is the exchange's, and so is the end. */
function inDialplan(call: Call, now: number, ...reports: CallEffect[]): Outcome {
  const wasBridged = call.bridgedAt !== undefined;
  const isNew = call.result === undefined && !wasBridged;
  const { session: _session, bridge: _bridge, ...rest } = call;
  const gone: Call = {
    ...rest,
    state: 'abandon-message',
    arrived: false,
    abandonMessageByExchange: true,
    endedBy: 'dialer',
  };
  return [
    set(gone, { result: call.result ?? (wasBridged ? 'connected' : 'abandoned') }),
    ...reports,
    ...(isNew ? [report('abandoned')] : []),
    { do: 'stop-seeking' },
    ...releaseAgent(call, wasBridged ? 'person-hung-up' : 'not-connected'),
    { do: 'clear-timer', timer: 'ring' },
    { do: 'set-timer', timer: 'limit', at: now + ABANDON_MESSAGE_LIMIT_MS },
  ];
}

/** The person picked up just as our hang-up was on its way: a live answer that got no agent. */
export const answeredTooLate: Handler<'answered' | 'arrived' | 'abandon-message-begun'> = (call, _event, now) =>
  call.answeredAt === undefined
    ? [
        set(call, { answeredAt: now, liveAt: now, result: 'abandoned', endedBy: 'dialer' }),
        report('answered'),
        report('live'),
        report('abandoned'),
      ]
    : undefined;
