// The moves from one agent state to the next that several events share. Part of the agent machine.

import type { AgentSession, Prompt, Remarks, SessionEffect, SessionEvent } from './session.ts';

export type Outcome = readonly [AgentSession, ...SessionEffect[]];

/** What one event does to a session in one state; undefined: nothing, the pair is ignored. */
export type Handler<T extends SessionEvent['type']> = (
  session: AgentSession,
  event: SessionEvent & { readonly type: T },
  now: number,
) => Outcome | undefined;

export const set = (session: AgentSession, change: Partial<AgentSession>): AgentSession => ({ ...session, ...change });

/** The session with no key menu open and no command begun. */
export function withoutMenu(session: AgentSession): AgentSession {
  const { menu: _menu, typed: _typed, asking: _asking, agreeing: _agreeing, ahead: _ahead, ...rest } = session;
  return withoutStar(rest);
}

export function withoutStar(session: AgentSession): AgentSession {
  const { starAt: _starAt, bringing: _bringing, ...rest } = session;
  return rest;
}

/** The session with no call and kept for no record. */
export function withoutCall(session: AgentSession): AgentSession {
  const { attempt: _attempt, forRecord: _forRecord, forAnyone: _forAnyone, ...rest } = session;
  return rest;
}

/** The session with nothing said of a call yet. */
export function withoutDisposition(session: AgentSession): AgentSession {
  const { disposition: _disposition, remarks: _remarks, ...rest } = session;
  return rest;
}

/** Ready, from any state: waiting people may come at once. */
export function become(session: AgentSession, state: 'ready', now: number): Outcome {
  const { reason: _reason, resume: _resume, pauseAfter: _pauseAfter, ...rest } = withoutMenu(session);
  const ready: AgentSession = { ...rest, state, since: now };
  return [ready, { do: 'stop-saying' }, { do: 'start-waiting-sound' }, { do: 'offer' }];
}

/** Effects for a caller that has its own words to say: these would cut them short. */
export const withoutStop = (effects: readonly SessionEffect[]): SessionEffect[] =>
  effects.filter((effect) => effect.do !== 'stop-saying');

export function pauseFor(session: AgentSession, reason: string, now: number, ...effects: SessionEffect[]): Outcome {
  const { pauseAfter: _pauseAfter, resume: _resume, ...rest } = withoutMenu(session);
  const paused: AgentSession = { ...rest, state: 'paused', since: now, reason };
  return [paused, ...effects, { do: 'say', prompts: ['you-are-paused'] }, { do: 'start-waiting-sound' }];
}

/** The wrap-up is announced; who has pressed nothing after a while hears what there is to choose. */
export const sayWrapUp = (...before: Prompt[]): SessionEffect => ({
  do: 'say',
  prompts: [...before, 'wrap-up', 'silence-3'],
  choices: 'dispositions',
});

/** What comes after the call is said and ended at the agent's desk. */
export const isWrappedUpAtDesk = ({ atDesk, forRecord }: AgentSession): boolean =>
  atDesk === true && forRecord === true;

/** A disposition given in mid-call leaves nothing to wrap up, and neither does a limit of 0. */
export function startWrapUp(session: AgentSession, now: number, ...effects: SessionEffect[]): Outcome {
  const { disposition, remarks, plan } = session;
  if (isWrappedUpAtDesk(session)) {
    const spoken: SessionEffect =
      session.byKeys === true ? sayWrapUp('call-ended') : { do: 'say', prompts: ['call-ended'] };
    return [set(session, { state: 'wrap-up', since: now }), spoken];
  }
  if (disposition !== undefined || plan.wrapUpLimitMs === 0) return wrapUpDone(session, disposition, now, remarks);
  return [
    set(session, { state: 'wrap-up', since: now }),
    { do: 'set-timer', timer: 'wrap-up', at: now + session.plan.wrapUpLimitMs },
    ...effects,
  ];
}

/** Wrap-up is over: the record gets its disposition (or none), and the agent goes where they asked to. */
export function wrapUpDone(
  session: AgentSession,
  code: string | undefined,
  now: number,
  remarks: Remarks = {},
): Outcome {
  const { attempt } = session;
  // The desk has the last word: it ends the wrap-up, or says what is missing.
  if (isWrappedUpAtDesk(session)) {
    const said: SessionEffect[] =
      code === undefined || attempt === undefined ? [] : [{ do: 'dispose', attempt, code, ...remarks }];
    return [withoutMenu(session), ...said, { do: 'desk-key', key: 'done' }];
  }
  const rest = withoutCall(withoutDisposition(withoutMenu(session)));
  const settled: SessionEffect[] = [{ do: 'clear-timer', timer: 'wrap-up' }];
  if (attempt !== undefined) {
    settled.push(code === undefined ? { do: 'finish-wrap-up', attempt } : { do: 'dispose', attempt, code, ...remarks });
  }
  const [next, ...effects] = afterCall(rest, now);
  return [next, ...settled, ...effects];
}

/** Why who has no phone at the moment is paused: it is being called back, or the agent says when. */
export const phoneAway = ({ outside }: AgentSession): 'phone-lost' | 'phone-gone' =>
  outside === undefined ? 'phone-lost' : 'phone-gone';

/** In ringing mode: the call is behind the agent, and the phone was asked to hang up before the next may come. */
export const letGo = (session: AgentSession): boolean =>
  session.state === 'wrap-up' && session.attempt === undefined && session.forRecord !== true;

/** Why the session ends with the call; undefined: it goes on. */
export function leaving(session: AgentSession): 'not-assigned' | 'signed-out' | undefined {
  if (session.isDismissed) return 'not-assigned';
  return session.signOutAfter ? 'signed-out' : undefined;
}

/**
 * Where the agent goes when a call is behind them. A phone that was rung for the call is hung up first, so that the
 * next call rings it again; until it is down the session stays in wrap-up without an attempt.
 */
export function afterCall(session: AgentSession, now: number): Outcome {
  const goes = leaving(session);
  if (goes !== undefined) return endSession(session, goes, now);
  if (session.pauseAfter !== undefined) return pauseFor(session, session.pauseAfter, now);
  if (session.plan.phoneMode === 'nailed-up' && session.phone !== 'up') {
    const resume = session.outside === undefined ? 'ready' : 'paused';
    return [set(session, { state: 'paused', since: now, reason: phoneAway(session), resume })];
  }
  if (session.plan.phoneMode === 'ringing' && session.phone === 'up') {
    return [set(session, { state: 'wrap-up', since: now }), { do: 'hang-up-phone' }];
  }
  return become(session, 'ready', now);
}

export function endSession(session: AgentSession, reason: string, now: number): Outcome {
  const goodbye: SessionEffect[] =
    session.phone === 'up'
      ? [{ do: 'say', prompts: reason === 'not-assigned' ? ['not-assigned'] : ['signed-out'] }, { do: 'hang-up-phone' }]
      : [];
  const settle: SessionEffect[] =
    session.state === 'wrap-up' && session.attempt !== undefined && !isWrappedUpAtDesk(session)
      ? [{ do: 'finish-wrap-up', attempt: session.attempt }]
      : [];
  return [
    set(session, { state: 'offline', since: now, reason }),
    { do: 'stop-waiting-sound' },
    { do: 'clear-timer', timer: 'wrap-up' },
    { do: 'clear-timer', timer: 'ring-again' },
    { do: 'clear-timer', timer: 'grace' },
    ...(session.keptUntil === undefined ? [] : [{ do: 'clear-timer', timer: 'kept' } as const]),
    ...settle,
    ...goodbye,
    { do: 'close-session', reason },
  ];
}
