// A call as the store keeps it: how far it has come, and how it ended. Writes nothing itself.

import { defined } from '../../base/defined.ts';
import type { Call } from '../../call/call.ts';
import { countsAsAttempt, type CallTraces } from '../../call/causes.ts';
import type { Result } from '../../terms.ts';
import type { AttemptProgress, CloseAttempt } from '../store/attempts.ts';
import type { LiveCall, World } from '../world.ts';

/** How far the call has come; the exchange's own times where they are known. */
export function progressOf(live: LiveCall, sessions: World['sessions']): AttemptProgress {
  const { call } = live;
  const session = call.session === undefined ? undefined : sessions.get(call.session);
  const answeredAt = live.exchangeAnsweredAt ?? call.answeredAt;
  const bridgedAt = live.exchangeBridgedAt ?? call.bridgedAt;
  return {
    attempt: call.attempt,
    ...defined({ answeredAt }),
    ...(bridgedAt === undefined || call.bridgedAt === undefined ? {} : { bridgedAt }),
    ...(session === undefined || call.bridgedAt === undefined
      ? {}
      : { agent: session.agent, session: session.session }),
    ...defined({ verdict: call.verdict, verdictCause: call.verdictCause }),
    ...(call.messageLeft ? { messageLeft: true } : {}),
    ...(live.waited === undefined || call.bridgedAt === undefined ? {} : { waited: live.waited }),
  };
}

/** How the call ended, but for what becomes of its record. */
export function closingOf(
  live: LiveCall,
  sessions: World['sessions'],
  { result, endedAt }: { readonly result: Result; readonly endedAt: number },
): Omit<CloseAttempt, 'next'> {
  const { call } = live;
  return {
    ...progressOf(live, sessions),
    result,
    endedAt,
    counts: countsAsAttempt(result, tracesOf(call)),
    ...defined({ ringingAt: call.ringingAt }),
    ...(call.liveAt === undefined || isNoPerson(result) ? {} : { liveAt: call.liveAt }),
    ...defined({ sipCode: call.sipCode, cause: call.cause, endedBy: call.endedBy }),
  };
}

/** A call whose end was not seen may have rung: in doubt somebody was disturbed. */
const tracesOf = (call: Call): CallTraces => (call.mayHaveRung ? { ...call, ringingAt: call.dialedAt } : call);

/** As reports count: a person answered. */
export const wasLive = (call: Call, result: Result): boolean =>
  (call.liveAt !== undefined && !isNoPerson(result)) || result === 'connected' || result === 'abandoned';

/** Machines and faxes are no live answers, whenever that became known. */
const isNoPerson = (result: Result): boolean => result === 'machine' || result === 'fax';
