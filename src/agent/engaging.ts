// An agent is given a call, or kept for one person or record before it: steps of the session's table in machine.ts. Pure.

import { defined } from '../base/defined.ts';
import type { AgentSession, SessionEffect } from './session.ts';
import {
  afterCall,
  isWrappedUpAtDesk,
  leaving,
  letGo,
  set,
  withoutCall,
  withoutDisposition,
  withoutMenu,
  type Handler,
  type Outcome,
} from './steps.ts';

/** A call for this agent: a phone that is up takes it at once, else it is rung. */
export const reserve: Handler<'reserve'> = (session, event, now) => {
  const rest = withoutDisposition(withoutMenu(session));
  const atDesk = session.atDesk === true ? ({ forRecord: true } as const) : {};
  const reserved: AgentSession = { ...rest, state: 'reserved', since: now, attempt: event.attempt, ...atDesk };
  if (session.phone === 'up') {
    return [reserved, { do: 'stop-waiting-sound' }, { do: 'stop-saying' }, { do: 'take-call', attempt: event.attempt }];
  }
  if (session.phone === 'ringing') return [reserved];
  return [set(reserved, { phone: 'ringing' }), { do: 'ring-phone' }];
};

/** No other call may come. Whose phone is silent hears that a call will; who looks at a record knows. */
export const engage: Handler<'engage'> = (session, { attempt, forRecord, ...engagement }, now) => {
  const idle = withoutCall(withoutDisposition(withoutMenu(session)));
  const engaged: AgentSession = {
    ...idle,
    state: 'engaged',
    since: now,
    ...defined({ attempt, forRecord }),
    ...('forAnyone' in engagement ? { forAnyone: true } : {}),
  };
  const hears: SessionEffect[] = forRecord === true ? [] : [{ do: 'say', prompts: ['callback-coming'] }];
  return [engaged, { do: 'stop-saying' }, ...hears];
};

/** Who is paused and takes a record at the desk is paused again after it. */
export const engagePaused: Handler<'engage'> = (session, event, now) => {
  if (session.atDesk !== true || event.forRecord !== true) return undefined;
  const { reason = 'pause', resume: _resume, ...rest } = session;
  return engage({ ...rest, pauseAfter: session.pauseAfter ?? reason }, event, now);
};

/** The next call for the record that the agent is kept for. */
export const engageAgain: Handler<'engage'> = (session, event, now) =>
  session.forRecord === true && event.forRecord === true && session.attempt === undefined
    ? engage(session, event, now)
    : undefined;

/** After a conversation another number of the record is called; what was said of the conversation has been said. */
export const engageFromWrapUp: Handler<'engage'> = (session, event, now) => {
  if (letGo(session) || event.forRecord !== true || event.attempt === session.attempt) return undefined;
  const [next, ...effects] = engage(session, event, now) ?? [session];
  return [next, { do: 'clear-timer', timer: 'wrap-up' }, ...effects];
};

/** The record is let go of; a call for it that is under way goes on without this agent. */
export const disengage: Handler<'disengage'> = (session, _event, now) => releasedUnconnected(withoutCall(session), now);

/** The record is done with at the desk: so is the wrap-up. */
export const disengageFromWrapUp: Handler<'disengage'> = (session, _event, now) =>
  isWrappedUpAtDesk(session) ? afterCall(withoutCall(withoutDisposition(withoutMenu(session))), now) : undefined;

/** The person whom this agent was kept for has picked up. */
export const reserveEngaged: Handler<'reserve'> = (session, event, now) =>
  event.attempt === session.attempt || session.forAnyone === true ? reserve(session, event, now) : undefined;

/** The call never reached this agent (or was a machine): no wrap-up; a phone that still rings for it is let go. */
export function releasedUnconnected(session: AgentSession, now: number): Outcome {
  const { attempt: _attempt, ...idle } = withoutDisposition(withoutMenu(session));
  if (idle.phone !== 'ringing') return afterUnconnected(idle, now);
  const [next, ...effects] = afterUnconnected({ ...idle, phone: 'down' }, now);
  return [next, { do: 'hang-up-phone' }, ...effects];
}

/** Who is kept for the record stays so: another number may be called. */
const afterUnconnected = (idle: AgentSession, now: number): Outcome =>
  idle.forRecord === true && leaving(idle) === undefined
    ? [set(idle, { state: 'engaged', since: now })]
    : afterCall(idle, now);
