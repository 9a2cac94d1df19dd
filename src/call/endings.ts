// How a call comes to its end: which result each way out gives, and what must be given back. Part of the call machine.

import { answeredTooLate } from './abandonment.ts';
import type { Call, CallEffect, CallEvent } from './call.ts';
import { classifyUnanswered, hadNoSound } from './causes.ts';
import { end, release, releaseAgent, set, report, withCauses, type Handler } from './steps.ts';

/** The exchange would not place it, or did not say: no leg of it may stay behind. What was not asked for leaves none. */
export const placeFailed: Handler<'place-failed'> = (call, { reason, isForbidden }) => {
  const ended = set(call, { endedBy: 'dialer', verdictCause: reason });
  return isForbidden === true ? end(ended, 'cancelled') : end(ended, 'failed', { do: 'hang-up' });
};

/** The network never even rang: its fault, not the person's. */
export const neverRang: Handler<'ring-timeout'> = (call, _event, now) =>
  release(call, { result: 'failed', endedBy: 'dialer' }, now);

/** There was no answer. A timer that fires before the legal ring time is wound again. */
export const ringTimeout: Handler<'ring-timeout'> = (call, _event, now) => {
  // a clock that has been set back would let it ring for that much longer
  const rangAt = Math.min(now, call.ringingAt ?? now);
  const earliest = rangAt + call.plan.minRingMs;
  if (now < earliest) return [call, { do: 'set-timer', timer: 'ring', at: earliest }];
  return release(call, { result: 'no-answer', endedBy: 'dialer' }, now);
};

/** The pacer wants the line back: only once the person has had the legal ring time. */
export const cancel: Handler<'cancel'> = (call, { byAgent }, now) => {
  if (byAgent === true) return release(call, { result: 'cancelled', endedBy: 'agent' }, now);
  if (call.ringingAt === undefined || now - call.ringingAt < call.plan.minRingMs) return undefined;
  return release(call, { result: 'cancelled', endedBy: 'dialer' }, now);
};

/** It has not rung yet. */
export const cancelUnrung: Handler<'cancel'> = (call, event, now) =>
  event.byAgent === true ? cancel(call, event, now) : undefined;

export const agentHungUp: Handler<'agent-hung-up'> = (call, _event, now) =>
  release(call, { result: 'connected', endedBy: 'agent' }, now, ...releaseAgent(call, 'agent-hung-up'));

export const remember: Handler<'hanging-up'> = (call, event) => [withCauses(call, event)];

/** The network ended a call that had not been answered. */
export const endedUnanswered: Handler<'ended'> = (call, event) => {
  const known = withCauses(call, event);
  return end(set(known, { endedBy: known.endedBy ?? 'network' }), classifyUnanswered(known));
};

/**
 * Whoever puts down within this time of the answer has not waited for anybody. A hang-up right after the answer can reach
 * us half a second late (504 ms measured; T1 of SIP, RFC 3261, 17.1.1.1).
 */
const AT_ONCE_MS = 1000;

/**
 * A live answer ended before it reached its agent: abandoned, whoever hung up. Only one who was not kept waiting is
 * rejected: who had an agent within the limit and put down before the legs were joined, or put down at once, before the
 * detector had reported a person for whom to look for one. A call that could carry no sound is abandoned always: the
 * person met no agent, and did not put down.
 */
export const endedUnconnected: Handler<'ended'> = (call, event, now) => {
  const known = withCauses(call, event);
  const isMute = hadNoSound(known);
  const isLate = call.liveAt !== undefined && now - call.liveAt >= call.plan.noAgentAfterMs;
  const isAtOnce = call.liveAt === undefined && now - (call.answeredAt ?? now) < AT_ONCE_MS;
  const isAbandoned = isMute || isLate || (call.session === undefined && !isAtOnce);
  const live: CallEffect[] = call.liveAt === undefined ? [report('live')] : [];
  return end(
    set(known, { endedBy: call.endedBy ?? (isMute ? 'network' : 'person'), liveAt: call.liveAt ?? now }),
    call.result ?? (isAbandoned ? 'abandoned' : 'rejected'),
    { do: 'stop-seeking' },
    ...(call.result === undefined ? live : []),
    ...(call.result === undefined && isAbandoned ? [report('abandoned')] : []),
    ...releaseAgent(call, 'not-connected'),
  );
};

/**
 * The person hangs up, or the call breaks off. One who puts down at the very answer has talked with no agent: rejected,
 * and the agent is asked nothing. Neither has one whose call could carry no sound, and who has not put down: abandoned.
 */
export const endedTalking: Handler<'ended'> = (call, event, now) => {
  const known = withCauses(call, event);
  const talkedMs = now - (call.answeredAt ?? -Infinity);
  // a clock that has been set back says nothing of how long it was
  const isAtOnce = talkedMs >= 0 && talkedMs < AT_ONCE_MS;
  if (!isAtOnce || (call.endedBy ?? 'person') !== 'person') {
    const result = set(known, { endedBy: call.endedBy ?? 'person' });
    return end(result, 'connected', ...releaseAgent(call, 'person-hung-up'));
  }
  const given = releaseAgent(call, 'not-connected');
  if (!hadNoSound(known)) return end(set(known, { endedBy: 'person' }), 'rejected', ...given);
  const [over, ...effects] = end(set(known, { endedBy: 'network' }), 'abandoned', report('abandoned'), ...given);
  return [set(over, { result: 'abandoned' }), ...effects];
};

/** A conversation that lost its agent and ended while waiting has no one left to speak for it; any other is new. */
export const endedWaiting: Handler<'ended'> = (call, event, now) => {
  if (call.bridgedAt === undefined) return endedUnconnected(call, event, now);
  const { session: _session, ...alone } = set(withCauses(call, event), { endedBy: call.endedBy ?? 'person' });
  return end(alone, 'connected', { do: 'stop-seeking' }, ...releaseAgent(call, 'not-connected'));
};

export const endedReleasing: Handler<'ended'> = (call, event) => end(withCauses(call, event), resultSoFar(call));

/** A bug has kept the call from its own end, and its leg is gone: what is known of it decides. */
export function brokenOff(call: Call, event: CallEvent | undefined): Call {
  const known = event?.type === 'ended' || event?.type === 'vanished' ? withCauses(call, event) : call;
  const isUnanswered = known.answeredAt === undefined && known.bridgedAt === undefined;
  const result = known.result ?? (isUnanswered ? classifyUnanswered(known) : resultSoFar(known));
  const [over] = end(set(known, { endedBy: known.endedBy ?? 'dialer' }), result);
  return over;
}

/** The same where a bug keeps even that from being judged. */
export const endedAnyhow = (call: Call): Call => set(call, { state: 'ended', result: call.result ?? 'failed' });

/** Nothing was decided before a crash: what the call had come to by then decides. */
function resultSoFar(call: Call) {
  if (call.result !== undefined) return call.result;
  if (call.bridgedAt !== undefined) return 'connected';
  return call.answeredAt === undefined ? 'failed' : 'abandoned';
}

// ---- the leg is gone from the exchange, and nothing more will be heard of it

/** Its end was not seen; answered, by its call record, means that a person got no agent. */
export const vanishedUnanswered: Handler<'vanished'> = (call, event, now) => {
  const known = withCauses(call, event);
  if (event.answered) {
    return end(
      set(known, { endedBy: 'dialer', answeredAt: now, liveAt: now }),
      'abandoned',
      report('answered'),
      report('live'),
      report('abandoned'),
    );
  }
  const rang = event.recorded ? { mayHaveRung: true as const } : {};
  return end(set(known, { ...rang, endedBy: known.endedBy ?? 'network' }), classifyUnanswered(known));
};

export const vanishedReleasing: Handler<'vanished'> = (call, event, now) => {
  const late = event.answered ? answeredTooLate(call, { type: 'answered' }, now) : undefined;
  const [known, ...effects] = late ?? [call];
  return end(withCauses(known, event), resultSoFar(known), ...effects);
};

/** As if it had ended now, by no one known. */
export const asEnded =
  (handler: Handler<'ended'>): Handler<'vanished'> =>
  (call, event, now) =>
    handler(set(call, { endedBy: call.endedBy ?? 'network' }), { type: 'ended', cause: event.cause }, now);
