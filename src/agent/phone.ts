// What becomes of a session when the agent's phone comes, goes or is lost. Part of the agent machine.
// A nailed-up phone that is lost is called back; a person in conversation is never dropped for it.

import {
  afterCall,
  become,
  endSession,
  leaving,
  letGo,
  pauseFor,
  set,
  startWrapUp,
  withoutCall,
  withoutStop,
  type Handler,
  type Outcome,
  phoneAway,
  sayWrapUp,
} from './steps.ts';
import type { AgentSession, SessionEffect } from './session.ts';

/** A lost phone is tried again after this long at first, then ever less often. */
const FIRST_RING_AGAIN_MS = 2_000;
const LAST_RING_AGAIN_MS = 30_000;

/** A browser that is loaded again, or changes its network, is back within seconds: its person is kept for it this long. */
const KEPT_MS = 30_000;

const settledTimers: readonly SessionEffect[] = [
  { do: 'clear-timer', timer: 'ring-again' },
  { do: 'clear-timer', timer: 'grace' },
];

/** The person was kept for this phone. */
const endKeeping: readonly SessionEffect[] = [{ do: 'clear-timer', timer: 'kept' }, { do: 'stop-waiting-sound' }];

/** The phone's leg is in the session's bridge. */
export const phoneUp: Handler<'phone-up'> = (session, event, now) => {
  const { graceUntil: _graceUntil, keptUntil, resume, ...rest } = session;
  const up: AgentSession = { ...rest, phone: 'up', leg: event.leg };
  const kept = keptUntil === undefined ? [] : endKeeping;
  if (up.state === 'talking' && up.attempt !== undefined) {
    return [up, ...settledTimers, ...kept, { do: 'renew-talk', attempt: up.attempt }];
  }
  if (up.state === 'reserved' && up.attempt !== undefined) {
    return [up, ...settledTimers, { do: 'take-call', attempt: up.attempt }];
  }
  if (letGo(up)) return up.signOutAfter || up.pauseAfter !== undefined ? afterCall(up, now) : become(up, 'ready', now);
  if (up.state === 'wrap-up') return [up, ...settledTimers, ...kept, sayWrapUp()];
  if (resume === 'ready') {
    const [ready, ...effects] = become(up, 'ready', now);
    const words: SessionEffect = { do: 'say', prompts: ['welcome', 'you-are-ready'] };
    return [ready, ...settledTimers, ...kept, words, ...withoutStop(effects)];
  }
  if (resume === 'paused') {
    return pauseFor(up, up.pauseAfter ?? 'pause', now, ...settledTimers, ...kept);
  }
  return [up, ...settledTimers, ...kept];
};

/** The agent hung up the phone: idle it means good-bye, in a conversation it ends the conversation. */
export const phoneHungUp: Handler<'phone-hung-up'> = (session, _event, now) => {
  if (session.phone !== 'up') return undefined;
  const down = withoutPhone(session);
  if (session.plan.phoneMode === 'ringing') return ringingPhoneHungUp(session, down, now);
  switch (session.state) {
    case 'ready':
    case 'paused':
      return session.outside === undefined ? endSession(down, 'hung-up', now) : waitForPhone(down, 'paused', now);
    case 'engaged':
    case 'reserved':
      if (session.outside !== undefined) return phoneLost(session, { type: 'phone-lost' }, now);
      return loseCall(down, now, (idle) => endSession(idle, 'hung-up', now));
    case 'talking':
      return endConversation(beingCalledBack(down, now), now, ...callBack(down, now));
    case 'wrap-up':
      return [beingCalledBack(down, now), ...callBack(down, now)];
    case 'offline':
      return undefined;
  }
};

function ringingPhoneHungUp(session: AgentSession, down: AgentSession, now: number): Outcome | undefined {
  if (session.state === 'reserved') return loseCall(down, now, (idle) => pauseFor(idle, 'phone-hung-up', now));
  if (session.state === 'talking') return endConversation(down, now);
  return letGo(session) ? afterCall(down, now) : [down];
}

function endConversation(session: AgentSession, now: number, ...effects: SessionEffect[]): Outcome {
  const hangUp: SessionEffect[] =
    session.attempt === undefined ? [] : [{ do: 'hang-up-person', attempt: session.attempt }];
  const [next, ...rest] = startWrapUp(session, now);
  return next.state === 'offline' ? [next, ...hangUp, ...rest] : [next, ...hangUp, ...effects, ...rest];
}

/** The network lost the phone: the person finds another agent, the phone is called back, the session waits. */
export const phoneLost: Handler<'phone-lost'> = (session, _event, now) => {
  if (session.phone !== 'up' && session.graceUntil !== undefined) return undefined;
  const down = withoutPhone(session);
  if (letGo(session)) return afterCall(down, now);
  if (session.plan.phoneMode === 'ringing' && session.state !== 'reserved' && session.state !== 'talking')
    return [down];
  switch (session.state) {
    case 'ready':
      return waitForPhone(down, down.outside === undefined ? 'ready' : 'paused', now);
    case 'paused':
      return waitForPhone(rememberReason(down), session.resume ?? 'paused', now);
    case 'engaged':
      if (down.atDesk === true && down.forRecord === true) return keepRecord(down, now);
      return loseCall(down, now, (idle) => waitForPhone(idle, afterwards(idle), now));
    case 'talking':
      return down.browser === true ? keepPerson(down, now) : loseToOthers(down, now);
    case 'reserved':
      return loseToOthers(down, now);
    case 'wrap-up':
      return [beingCalledBack(down, now), ...callBack(down, now)];
    case 'offline':
      return undefined;
  }
};

const loseToOthers = (session: AgentSession, now: number): Outcome =>
  loseCall(session, now, (idle) => waitForPhone(idle, afterwards(idle), now));

/** The agent is only loading the page again: the person waits for them, for a while. */
function keepPerson(session: AgentSession, now: number): Outcome {
  const { attempt } = session;
  if (attempt === undefined) return loseToOthers(session, now);
  const kept = set(beingCalledBack(session, now), { keptUntil: now + KEPT_MS });
  return [
    kept,
    ...callBack(session, now),
    { do: 'set-timer', timer: 'kept', at: now + KEPT_MS },
    { do: 'keep-person', attempt },
  ];
}

/** The browser has not come back: the person finds another agent. */
export const keptTooLong: Handler<'kept-too-long'> = (session, _event, now) => {
  if (session.keptUntil === undefined || session.phone === 'up') return undefined;
  const [next, ...effects] = loseToOthers(withoutKeeping(session), now);
  return [next, { do: 'stop-waiting-sound' }, ...effects];
};

/** From now on with that phone: the one that is up stays until the other takes its seat. One that was away is waited for. */
export const phoneChanged: Handler<'phone-changed'> = (session, { to }) => {
  if ((session.browser === true) === (to === 'browser')) return undefined;
  const { browser: _browser, ...rest } = session;
  const changed: AgentSession = to === 'browser' ? { ...rest, browser: true } : rest;
  if (changed.phone === 'up') return [changed, ...ringing(to)];
  return changed.graceUntil === undefined ? [changed] : [set(changed, { phone: 'ringing' }), ...ringing(to)];
};

const ringing = (to: 'account' | 'browser'): readonly SessionEffect[] =>
  to === 'account' ? [{ do: 'ring-phone' }] : [{ do: 'clear-timer', timer: 'ring-again' }];

function withoutKeeping(session: AgentSession): AgentSession {
  const { keptUntil: _keptUntil, ...rest } = session;
  return rest;
}

/** The agent still has the record at the desk: a call that is out for it is lost, the phone is called back. */
function keepRecord(session: AgentSession, now: number): Outcome {
  const { attempt, ...idle } = session;
  const lost: SessionEffect[] = attempt === undefined ? [] : [{ do: 'lose-call', attempt }];
  return [beingCalledBack(idle, now), ...lost, ...callBack(idle, now)];
}

/** The phone did not answer: a call on offer goes to somebody else; a lost phone is tried again until grace is over. */
export const ringFailed: Handler<'ring-failed'> = (session, _event, now) => {
  if (session.phone === 'up') return undefined;
  const down = withoutPhone(session);
  if (session.state === 'reserved') {
    return loseCall(down, now, (idle) =>
      session.plan.phoneMode === 'ringing'
        ? pauseFor(idle, 'did-not-answer', now)
        : waitForPhone(idle, afterwards(idle), now),
    );
  }
  if (session.graceUntil === undefined) return [down];
  if (session.outside !== undefined) return notPickedUp(down, now);
  const lostForMs = now - (session.graceUntil - session.plan.graceMs);
  const waitMs = Math.min(LAST_RING_AGAIN_MS, Math.max(FIRST_RING_AGAIN_MS, lostForMs / 2));
  return [down, { do: 'set-timer', timer: 'ring-again', at: now + waitMs }];
};

/** Time to call a lost phone back, or it has just registered again; an outside phone, when the agent asks for it. */
export const ringAgain: Handler<'ring-again' | 'phone-registered'> = (session, event) =>
  session.phone === 'down' &&
  session.graceUntil !== undefined &&
  (session.outside === undefined || event.type === 'ring-again')
    ? [set(session, { phone: 'ringing' }), { do: 'ring-phone' }]
    : undefined;

/** An outside phone is not tried again by itself: it costs, and a voicemail box would be called all day. */
const notPickedUp = (down: AgentSession, now: number): Outcome =>
  down.state === 'paused' ? [set(down, { since: now, reason: 'not-answered', pauseAfter: 'pause' })] : [down];

/** A lost phone has not come back. */
export const graceOver: Handler<'grace-over'> = (session, _event, now) =>
  session.graceUntil === undefined || session.phone === 'up' ? undefined : endSession(session, 'phone-lost', now);

function withoutPhone(session: AgentSession): AgentSession {
  const { leg: _leg, ...rest } = session;
  return { ...rest, phone: 'down' };
}

/** The reason of a pause outlives the loss of the phone. */
const rememberReason = (session: AgentSession): AgentSession =>
  session.reason === undefined || session.reason === phoneAway(session) || session.pauseAfter !== undefined
    ? session
    : set(session, { pauseAfter: session.reason });

/** An outside phone is called back when the agent asks for it. */
const beingCalledBack = (session: AgentSession, now: number): AgentSession =>
  set(session, {
    phone: session.outside === undefined ? 'ringing' : 'down',
    graceUntil: now + session.plan.graceMs,
  });

/** Who has an outside phone says so when they are ready again. */
const afterwards = ({ pauseAfter, outside }: AgentSession): 'ready' | 'paused' =>
  pauseAfter === undefined && outside === undefined ? 'ready' : 'paused';

function waitForPhone(session: AgentSession, resume: 'ready' | 'paused', now: number): Outcome {
  const { menu: _menu, ...rest } = beingCalledBack(session, now);
  const reason = phoneAway(session);
  const waiting: AgentSession = { ...rest, state: 'paused', since: now, reason, resume };
  return [waiting, ...callBack(session, now)];
}

const callBack = (session: AgentSession, now: number): SessionEffect[] => [
  { do: 'set-timer', timer: 'grace', at: now + session.plan.graceMs },
  ...(session.outside === undefined ? [{ do: 'ring-phone' } as const] : []),
];

/** The call on offer or in conversation must find somebody else; an agent who wanted to go is gone. */
function loseCall(session: AgentSession, now: number, then: (idle: AgentSession) => Outcome): Outcome {
  const { attempt } = session;
  const { disposition: _disposition, ...rest } = withoutCall(session);
  const idle = set(rest, { since: now });
  const goes = leaving(idle);
  const [next, ...effects] = goes === undefined ? then(idle) : endSession(idle, goes, now);
  return attempt === undefined ? [next, ...effects] : [next, { do: 'lose-call', attempt }, ...effects];
}
