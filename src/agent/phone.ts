// What becomes of a session when the agent's phone comes, goes or is lost. Part of the agent machine.
// A nailed-up phone that is lost is called back; a person in conversation is never dropped for it.

import { become, endSession, pauseFor, set, startWrapUp, type Handler, type Outcome } from './steps.ts';
import type { AgentSession, SessionEffect } from './session.ts';

const FIRST_RING_AGAIN_MS = 2_000;

/** The phone's leg is in the session's bridge. */
export const phoneUp: Handler<'phone-up'> = (session, event, now) => {
  const { graceUntil: _graceUntil, resume, ...rest } = session;
  const up: AgentSession = { ...rest, phone: 'up', leg: event.leg };
  const settled: SessionEffect[] = [
    { do: 'clear-timer', timer: 'ring-again' },
    { do: 'clear-timer', timer: 'grace' },
  ];
  if (up.state === 'reserved' && up.attempt !== undefined) {
    return [up, ...settled, { do: 'take-call', attempt: up.attempt }];
  }
  if (up.state === 'wrap-up') return [up, ...settled, { do: 'say', prompts: ['wrap-up'] }];
  if (resume === 'ready') {
    const [ready, ...effects] = become(up, 'ready', now);
    return [
      ready,
      ...settled,
      { do: 'say', prompts: ['welcome', 'you-are-ready'] },
      ...effects.filter((e) => e.do !== 'stop-saying'),
    ];
  }
  if (resume === 'paused') return pauseFor(up, 'pause', now, ...settled, { do: 'say', prompts: ['welcome'] });
  return [up, ...settled];
};

/** The agent hung up the phone: idle it means good-bye, in a conversation it ends the conversation. */
export const phoneHungUp: Handler<'phone-hung-up'> = (session, _event, now) => {
  const down = withoutPhone(session);
  if (session.plan.phoneMode === 'ringing') return ringingPhoneHungUp(session, down, now);
  switch (session.state) {
    case 'ready':
    case 'paused':
      return session.resume === undefined ? endSession(down, 'hung-up', now) : [down];
    case 'reserved':
      return loseCall(down, now, () => endSession(down, 'hung-up', now));
    case 'talking':
      return endConversation(
        set(down, { phone: 'ringing', graceUntil: now + session.plan.graceMs }),
        now,
        ...callBack(down, now),
      );
    case 'wrap-up':
      return [set(down, { phone: 'ringing', graceUntil: now + session.plan.graceMs }), ...callBack(down, now)];
    case 'offline':
      return undefined;
  }
};

function ringingPhoneHungUp(session: AgentSession, down: AgentSession, now: number): Outcome | undefined {
  if (session.state === 'reserved') return loseCall(down, now, (idle) => pauseFor(idle, 'phone-hung-up', now));
  if (session.state === 'talking') return endConversation(down, now);
  return [down];
}

function endConversation(session: AgentSession, now: number, ...effects: SessionEffect[]): Outcome {
  const hangUp: SessionEffect[] =
    session.attempt === undefined ? [] : [{ do: 'hang-up-person', attempt: session.attempt }];
  const [next, ...rest] = startWrapUp(session, now);
  return [next, ...hangUp, ...effects, ...rest];
}

/** The network lost the phone: the person finds another agent, the phone is called back, the session waits. */
export const phoneLost: Handler<'phone-lost'> = (session, _event, now) => {
  const down = withoutPhone(session);
  if (session.plan.phoneMode === 'ringing' && session.state !== 'reserved' && session.state !== 'talking')
    return [down];
  switch (session.state) {
    case 'ready':
    case 'paused':
      return waitForPhone(down, session.state === 'ready' ? 'ready' : (session.resume ?? 'paused'), now);
    case 'reserved':
    case 'talking':
      return loseCall(down, now, (idle) => waitForPhone(idle, 'ready', now));
    case 'wrap-up':
      return [set(down, { phone: 'ringing', graceUntil: now + session.plan.graceMs }), ...callBack(down, now)];
    case 'offline':
      return undefined;
  }
};

/** The phone did not answer: a call on offer goes to somebody else; a lost phone is tried again until grace is over. */
export const ringFailed: Handler<'ring-failed'> = (session, _event, now) => {
  const down = withoutPhone(session);
  if (session.state === 'reserved') {
    return loseCall(down, now, (idle) =>
      session.plan.phoneMode === 'ringing' ? pauseFor(idle, 'did-not-answer', now) : waitForPhone(idle, 'ready', now),
    );
  }
  if (session.graceUntil === undefined) return [down];
  return [down, { do: 'set-timer', timer: 'ring-again', at: now + FIRST_RING_AGAIN_MS }];
};

/** Time to call a lost phone back, or it has just registered again. */
export const ringAgain: Handler<'ring-again' | 'phone-registered'> = (session) =>
  session.phone === 'down' && session.graceUntil !== undefined
    ? [set(session, { phone: 'ringing' }), { do: 'ring-phone' }]
    : undefined;

function withoutPhone(session: AgentSession): AgentSession {
  const { leg: _leg, ...rest } = session;
  return { ...rest, phone: 'down' };
}

function waitForPhone(session: AgentSession, resume: 'ready' | 'paused', now: number): Outcome {
  const waiting = set(session, {
    state: 'paused',
    since: now,
    reason: 'phone-lost',
    resume,
    phone: 'ringing',
    graceUntil: now + session.plan.graceMs,
    star: false,
  });
  return [waiting, ...callBack(session, now)];
}

const callBack = (session: AgentSession, now: number): SessionEffect[] => [
  { do: 'set-timer', timer: 'grace', at: now + session.plan.graceMs },
  { do: 'ring-phone' },
];

function loseCall(session: AgentSession, now: number, then: (idle: AgentSession) => Outcome): Outcome {
  const { attempt, disposition: _disposition, ...idle } = session;
  const [next, ...effects] = then(set(idle, { since: now }));
  return attempt === undefined ? [next, ...effects] : [next, { do: 'lose-call', attempt }, ...effects];
}
