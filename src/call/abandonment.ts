// When a live answer is given up for want of an agent, and what the person hears then. Part of the call machine.
// In doubt a call counts as abandoned: the law asks who met no agent, not why.

import type { Call } from './call.ts';
import { release, set, tell, type Handler, type Outcome } from './steps.ts';

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
  call.arrived ? undefined : startApology(set(call, { arrived: true }), now);

export const apologyOver: Handler<'apology-over' | 'limit-reached'> = (call, _event, now) => release(call, {}, now);

/** The person picked up just as our hang-up was on its way: a live answer that met nobody. */
export const answeredTooLate: Handler<'answered' | 'arrived'> = (call, _event, now) =>
  call.answeredAt === undefined
    ? [
        set(call, { answeredAt: now, liveAt: now, result: 'abandoned', endedBy: 'dialer' }),
        tell('answered'),
        tell('live'),
        tell('abandoned'),
      ]
    : undefined;
