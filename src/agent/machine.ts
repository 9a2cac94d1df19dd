// The life of an agent session, as a table of states and events. Pure: what to do is returned, never done.
//
// paused    signed in, gets no calls; the reason says why (also `phone-lost`: the phone is being called back)
// ready     waiting for a call
// engaged   kept for one person who is being called for this agent alone, or for a record that is looked at before and
//           between its calls; no other call comes, the phone is not rung yet
// reserved  a live answer has been given to this agent; the legs are being bridged (or the phone rung)
// talking   in one bridge with the person
// wrap-up   the conversation is over; disposition, within the limit (in ringing mode also until the phone is down)
// offline   the session has ended
//
// Keys: ready and paused `1` ready, `0` pause (then the reason), `9` sign out, `2` a record where agents fetch them; a record in hand `1` dials, `2` leaves for later, `3` for ever; in a call `**` hangs up
// (keys after it are for the wrap-up), `*1` begins, pauses and resumes the recording, `*2` puts the person on hold and
// takes them back, `*3` and `*4` with a digit bring in a third party, whom `*5` joins, `*6` gives the person and `*7` lets go, `*0` pauses after it, `*9` signs out after it; in wrap-up the disposition's digit, `#` without one. A
// disposition that asks for a callback: `1#` in an hour, `2#` tomorrow at this time, or four digits for the time of day (before that `3#`
// for any agent or again for oneself, `4#` another number, `5#` takes back the one that is set); for a phone: its digits
// and `#`; `*` goes back.

import type { AgentState } from '../terms.ts';
import { callbackAgreed, callbackCancelled, callbackRefused, numberRefused } from './asked-keys.ts';
import {
  disengage,
  disengageFromWrapUp,
  engage,
  engageAgain,
  engageFromWrapUp,
  engagePaused,
  releasedUnconnected,
  reserve,
  reserveEngaged,
} from './engaging.ts';
import { keyPressed } from './keys.ts';
import {
  graceOver,
  keptTooLong,
  phoneChanged,
  phoneHungUp,
  phoneLost,
  phoneUp,
  ringAgain,
  ringFailed,
} from './phone.ts';
import type { AgentSession, Remarks, SessionEffect, SessionEvent } from './session.ts';
import {
  become,
  endSession,
  isWrappedUpAtDesk,
  letGo,
  pauseFor,
  set,
  startWrapUp,
  withoutDisposition,
  wrapUpDone,
  type Handler,
  type Outcome,
  sayWrapUp,
} from './steps.ts';

export interface SessionStep {
  readonly session: AgentSession;
  readonly effects: readonly SessionEffect[];
  readonly ignored: boolean;
}

/** The session after `event` at `now` (epoch ms) and what to do about it; total over all states and events. */
export function stepSession(session: AgentSession, event: SessionEvent, now: number): SessionStep {
  const handler = TABLE[session.state][event.type] as Handler<SessionEvent['type']> | undefined;
  const outcome = handler?.(session, event, now);
  if (!outcome) return { session, effects: [], ignored: true };
  const [next, ...effects] = outcome;
  return { session: next, effects: effects.filter((effect) => isHeard(effect, next)), ignored: false };
}

/** Prompts are for a phone that is up. */
const isHeard = (effect: SessionEffect, session: AgentSession): boolean =>
  effect.do !== 'say' || session.phone === 'up';

const getReady: Handler<'ask-ready'> = (session, _event, now) => {
  if (session.plan.phoneMode === 'nailed-up' && session.phone !== 'up') {
    return [set(session, { resume: 'ready' })];
  }
  // A phone that is rung per call need not be back first.
  const { graceUntil: _graceUntil, ...rest } = session;
  const [ready, ...effects] = become(rest, 'ready', now);
  return [ready, { do: 'clear-timer', timer: 'ring-again' }, { do: 'clear-timer', timer: 'grace' }, ...effects];
};

const pause: Handler<'ask-pause'> = (session, event, now) => pauseFor(session, event.reason, now);

const pauseLater: Handler<'ask-pause'> = (session, event) => [set(session, { pauseAfter: event.reason })];

const signOutNow: Handler<'ask-sign-out'> = (session, _event, now) => endSession(session, 'signed-out', now);

/** The agent may not work in the campaign any more: idle it is over at once, else with the call. */
const dismissNow: Handler<'lose-rights'> = (session, _event, now) => endSession(session, 'not-assigned', now);

const dismissLater: Handler<'lose-rights'> = (session) => [set(session, { isDismissed: true })];

const reinstate: Handler<'regain-rights'> = ({ isDismissed, ...session }) =>
  isDismissed === undefined ? undefined : [session];

const signOutLater: Handler<'ask-sign-out'> = (session) => [set(session, { signOutAfter: true })];

const openDesk: Handler<'desk-opened'> = ({ byKeys, ...session }) =>
  session.atDesk === true && byKeys !== true ? undefined : [set(session, { atDesk: true })];

const connected: Handler<'connected'> = ({ forAnyone: _forAnyone, ...session }, event, now) =>
  event.attempt === session.attempt ? [set(session, { state: 'talking', since: now })] : undefined;

const releasedReserved: Handler<'released'> = (session, event, now) =>
  event.attempt === session.attempt ? releasedUnconnected(session, now) : undefined;

const releasedTalking: Handler<'released'> = (session, event, now) => {
  if (event.attempt !== session.attempt) return undefined;
  if (event.why === 'machine' || event.why === 'not-connected') return releasedUnconnected(session, now);
  const { ahead = '', ...rest } = session;
  const wrapUp = startWrapUp(rest, now, sayWrapUp('call-ended'));
  return Array.from(ahead).reduce((outcome, key) => afterKey(outcome, key, now), wrapUp);
};

/** What a key typed ahead adds; none is left over for what comes after the wrap-up. */
function afterKey(outcome: Outcome, key: string, now: number): Outcome {
  const [session, ...effects] = outcome;
  const pressed = session.state === 'wrap-up' ? keyPressed(session, { type: 'key', key }, now) : undefined;
  if (!pressed) return outcome;
  const [next, ...more] = pressed;
  return [next, ...effects, ...more];
}

const hangUpPerson: Handler<'ask-hang-up'> = (session) =>
  session.attempt === undefined ? undefined : [session, { do: 'hang-up-person', attempt: session.attempt }];

/** Given in mid-call it is kept for the end; in wrap-up it ends the wrap-up. */
const disposeLater: Handler<'dispose'> = (session, { type: _type, code, ...remarks }) =>
  disposeAtDesk(session, code, remarks) ?? [
    set(withoutDisposition(session), { disposition: code, ...(Object.keys(remarks).length === 0 ? {} : { remarks }) }),
  ];

const disposeNow: Handler<'dispose'> = (session, { type: _type, code, ...remarks }, now) =>
  letGo(session) ? undefined : (disposeAtDesk(session, code, remarks) ?? wrapUpDone(session, code, now, remarks));

/** What is said of the call is kept at the desk until the record is done with there. */
const disposeAtDesk = (session: AgentSession, code: string, remarks: Remarks): Outcome | undefined =>
  isWrappedUpAtDesk(session) && session.attempt !== undefined
    ? [session, { do: 'dispose', attempt: session.attempt, code, ...remarks }]
    : undefined;

/** The limit is over: the campaign says whether the agent is paused or gets the next call. */
const wrapUpOver: Handler<'wrap-up-over'> = (session, _event, now) => {
  if (letGo(session)) return undefined;
  const done =
    session.plan.over === 'ready' ? session : set(session, { pauseAfter: session.pauseAfter ?? 'wrap-up-over' });
  return wrapUpDone(done, undefined, now);
};

/** Who asks to be ready in a call no longer wants the pause asked for before. */
const noPauseAfter: Handler<'ask-ready'> = (session) =>
  session.pauseAfter === undefined ? undefined : [withoutPause(session)];

/** Wrap-up ended by the agent: refused while a disposition is still owed. */
const readyFromWrapUp: Handler<'ask-ready'> = (session, event, now) => {
  if (isWrappedUpAtDesk(session)) return noPauseAfter(session, event, now);
  if (letGo(session)) return undefined;
  return session.plan.dispositionRequired && session.plan.dispositions.length > 0
    ? [session, { do: 'say', prompts: ['disposition-needed'] }]
    : wrapUpDone(withoutPause(session), undefined, now);
};

/** Who asks to be ready no longer wants the pause asked for before. */
function withoutPause(session: AgentSession): AgentSession {
  const { pauseAfter: _pauseAfter, ...rest } = session;
  return rest;
}

const idle = {
  'desk-opened': openDesk,
  'phone-changed': phoneChanged,
  'phone-up': phoneUp,
  'phone-hung-up': phoneHungUp,
  'phone-lost': phoneLost,
  'ring-failed': ringFailed,
  'phone-registered': ringAgain,
  'ring-again': ringAgain,
  'grace-over': graceOver,
  key: keyPressed,
  'ask-pause': pause,
  'ask-sign-out': signOutNow,
  'lose-rights': dismissNow,
} as const;

const kept = {
  'desk-opened': openDesk,
  'phone-changed': phoneChanged,
  'ask-ready': noPauseAfter,
  'phone-up': phoneUp,
  'phone-hung-up': phoneHungUp,
  'phone-lost': phoneLost,
  key: keyPressed,
  'ask-pause': pauseLater,
  'ask-sign-out': signOutLater,
  'lose-rights': dismissLater,
  'regain-rights': reinstate,
} as const;

const busy = { ...kept, 'ring-failed': ringFailed, dispose: disposeLater } as const;

type Row = { readonly [T in SessionEvent['type']]?: Handler<T> };

const TABLE: Readonly<Record<AgentState, Row>> = {
  offline: {},
  paused: { ...idle, 'ask-ready': getReady, engage: engagePaused },
  ready: { ...idle, reserve, engage },
  engaged: {
    ...kept,
    'ring-failed': ringFailed,
    'phone-registered': ringAgain,
    'ring-again': ringAgain,
    'grace-over': graceOver,
    engage: engageAgain,
    disengage,
    reserve: reserveEngaged,
    released: releasedReserved,
  },
  reserved: { ...busy, connected, released: releasedReserved },
  talking: { ...busy, 'kept-too-long': keptTooLong, 'ask-hang-up': hangUpPerson, released: releasedTalking },
  'wrap-up': {
    ...busy,
    'phone-registered': ringAgain,
    'ring-again': ringAgain,
    'grace-over': graceOver,
    dispose: disposeNow,
    'callback-agreed': callbackAgreed,
    'callback-refused': callbackRefused,
    'callback-cancelled': callbackCancelled,
    'number-refused': numberRefused,
    'ask-ready': readyFromWrapUp,
    engage: engageFromWrapUp,
    disengage: disengageFromWrapUp,
    'wrap-up-over': wrapUpOver,
  },
};
