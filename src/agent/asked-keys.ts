// Keys pressed after a disposition that asks for more: the time of a callback, for whom and on which number, or another
// phone of the contact. Part of the agent machine; whether a time may be agreed on is asked outside.

import { isWrappedUpAtDesk, set, withoutMenu, withoutStop, wrapUpDone, type Handler, type Outcome } from './steps.ts';
import type { AgentSession, Prompt } from './session.ts';
import type { Disposition } from '../terms.ts';

/** What is asked takes its time: the wrap-up lasts at least this much longer. */
const ASKING_MS = 60_000;
/** A time of day is complete with so many digits; a phone number has no more than these. */
const TIME_KEYS = 4;
const PHONE_KEYS = 18;

/** The disposition asks for more: its question is put, and the wrap-up waits for the answer. */
export function askMore(session: AgentSession, disposition: Disposition, now: number): Outcome {
  const menu = disposition.ask === 'phone' ? 'phone-number' : 'callback-time';
  const at = now + Math.max(ASKING_MS, session.plan.wrapUpLimitMs);
  return [
    set(session, { menu, typed: '', asking: disposition.code }),
    ...(isWrappedUpAtDesk(session) ? [] : ([{ do: 'set-timer', timer: 'wrap-up', at }] as const)),
    ...(menu === 'phone-number' ? ask('enter-phone-number') : ask('callback-when', 'callback-options')),
  ];
}

const ask = (...prompts: Prompt[]) => [{ do: 'stop-saying' }, { do: 'say', prompts }] as const;

/** Says the prompts, then the dispositions by name with their keys. */
export const askDisposition = (...prompts: Prompt[]) =>
  [{ do: 'stop-saying' }, { do: 'say', prompts, choices: 'dispositions' }] as const;

/** One key of the answer; `*` takes the disposition back, `#` ends the answer. While a time is checked none counts. */
export function askedKey(session: AgentSession, key: string, now: number): Outcome | undefined {
  if (session.menu === 'callback-check') return undefined;
  if (session.menu === 'callback-number') return otherNumberKey(session, key);
  if (key === '*') return [withoutMenu(session), ...askDisposition('choose-disposition')];
  const typed = session.typed ?? '';
  if (session.menu === 'phone-number') return phoneKey(session, key, now);
  if (key !== '#' && typed.length + 1 < TIME_KEYS) return [set(session, { typed: typed + key })];
  return checkTime(session, key === '#' ? typed : typed + key);
}

function checkTime(session: AgentSession, typed: string): Outcome | undefined {
  const { attempt, agreeing } = session;
  if (attempt === undefined) return undefined;
  switch (typed) {
    case '3':
      return forWhom(session);
    case '4':
      return [set(session, { menu: 'callback-number', typed: '' }), ...ask('enter-phone-number')];
    case '5':
      return [set(session, { menu: 'callback-check', typed }), { do: 'cancel-callback', attempt }];
    default:
      return [set(session, { menu: 'callback-check', typed }), { do: 'agree-callback', attempt, typed, ...agreeing }];
  }
}

/** For any agent, or again for this one; the time is still asked for. */
function forWhom(session: AgentSession): Outcome {
  const { forAny, ...agreeing } = session.agreeing ?? {};
  const changed = forAny === true ? agreeing : { ...agreeing, forAny: true as const };
  const saying = forAny === true ? 'callback-for-you' : 'callback-for-any';
  return [set(session, { typed: '', agreeing: changed }), ...ask(saying, 'callback-when')];
}

/** Another number for the callback: its digits and `#`; `*` goes back to the time. */
function otherNumberKey(session: AgentSession, key: string): Outcome {
  const typed = session.typed ?? '';
  const asked = set(session, { menu: 'callback-time', typed: '' });
  if (key === '*') return [asked, ...ask('callback-when', 'callback-options')];
  if (key !== '#') return [set(session, { typed: (typed + key).slice(0, PHONE_KEYS) })];
  if (typed === '') return [session, ...ask('enter-phone-number')];
  return [set(asked, { agreeing: { ...session.agreeing, number: typed } }), ...ask('callback-when')];
}

function phoneKey(session: AgentSession, key: string, now: number): Outcome {
  const typed = session.typed ?? '';
  if (key !== '#') return [set(session, { typed: (typed + key).slice(0, PHONE_KEYS) })];
  if (typed === '') return [session, ...ask('enter-phone-number')];
  const [next, ...effects] = wrapUpDone(session, session.asking, now, { phone: typed });
  return [next, ...ask('disposition-saved'), ...withoutStop(effects)];
}

/** The time stands: it is read out, and the disposition is given. */
export const callbackAgreed: Handler<'callback-agreed'> = (session, event, now) => {
  if (session.menu !== 'callback-check') return undefined;
  const [next, ...effects] = wrapUpDone(session, session.asking, now);
  const saying = { do: 'say', prompts: ['callback-saved'], spoken: event.spoken } as const;
  const kept = isWrappedUpAtDesk(session) ? [{ do: 'desk-callback', callback: event.callback } as const] : [];
  return [next, { do: 'stop-saying' }, saying, ...kept, ...withoutStop(effects)];
};

/** The time does not stand: asked again. */
export const callbackRefused: Handler<'callback-refused'> = (session, event) =>
  session.menu === 'callback-check'
    ? [set(session, { menu: 'callback-time', typed: '' }), ...ask(event.why, 'callback-when')]
    : undefined;

/** The callback is taken back: another disposition is asked for. */
export const callbackCancelled: Handler<'callback-cancelled'> = (session) =>
  session.menu === 'callback-check'
    ? [
        withoutMenu(session),
        ...(isWrappedUpAtDesk(session) ? ([{ do: 'desk-callback', callback: null }] as const) : []),
        ...askDisposition('callback-cancelled', 'choose-disposition'),
      ]
    : undefined;

/** The typed number cannot be dialed: asked again. */
export const numberRefused: Handler<'number-refused'> = (session) =>
  session.menu === 'phone-number' || session.menu === 'callback-number'
    ? [set(session, { typed: '' }), ...ask('not-a-choice', 'enter-phone-number')]
    : undefined;
