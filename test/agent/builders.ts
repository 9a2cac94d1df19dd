// One valid session per state; a test states only what matters to it.

import type { AgentSession, SessionEffect, SessionEvent, SessionPlan } from '../../src/agent/session.ts';
import { stepSession } from '../../src/agent/machine.ts';
import type { AgentState } from '../../src/terms.ts';

/** The session's present state began here. */
export const SINCE = 1_000_000;
/** When things happen to it, unless a test says otherwise. */
export const NOW = SINCE + 10_000;

export const aSessionPlan = (parts: Partial<SessionPlan> = {}): SessionPlan => ({
  phoneMode: 'nailed-up',
  waiting: 'silence',
  ringMs: 15_000,
  graceMs: 600_000,
  wrapUpLimitMs: 30_000,
  dispositionRequired: true,
  over: 'paused',
  dispositions: [
    { code: 'sale', label: 'Sold', key: '1' },
    { code: 'no-interest', label: 'Not interested', key: '2' },
  ],
  pauseReasons: [
    { code: 'break', label: 'Break', key: '1' },
    { code: 'lunch', label: 'Lunch', key: '2' },
  ],
  ...parts,
});

/** Half past two of that day, for any agent. */
export const aCallback = {
  at: NOW + 3_600_000,
  zone: 'UTC',
  phone: { number: '+12125550101', type: 'mobile' },
  agent: null,
} as const;

const signedIn: AgentSession = {
  session: 's1',
  agent: '101',
  account: 'agent-101',
  name: 'Ada',
  campaign: 'renewals',
  plan: aSessionPlan(),
  state: 'paused',
  since: SINCE,
  bridge: 'b-s1',
  phone: 'up',
  leg: 'a-1',
  signOutAfter: false,
};

const usual: Readonly<Record<AgentState, AgentSession>> = {
  offline: { ...signedIn, state: 'offline', reason: 'signed-out' },
  paused: { ...signedIn, reason: 'break' },
  ready: { ...signedIn, state: 'ready' },
  engaged: { ...signedIn, state: 'engaged', attempt: 'at1' },
  reserved: { ...signedIn, state: 'reserved', attempt: 'at1' },
  talking: { ...signedIn, state: 'talking', attempt: 'at1' },
  'wrap-up': { ...signedIn, state: 'wrap-up', attempt: 'at1' },
};

export const aSession = (state: AgentState, parts: Partial<AgentSession> = {}): AgentSession => ({
  ...usual[state],
  ...parts,
});

/** A session whose phone is rung for each call and is down now. */
export function aRungSession(state: AgentState, parts: Partial<AgentSession> = {}): AgentSession {
  const { leg: _leg, ...rest } = aSession(state);
  return { ...rest, plan: aSessionPlan({ phoneMode: 'ringing' }), phone: 'down', ...parts };
}

/** An effect in one line: `set-timer wrap-up +30000` (ms from `now`), `say call-ended wrap-up`. */
export function inWords(effect: SessionEffect, now: number): string {
  switch (effect.do) {
    case 'bring-in':
      return `bring-in ${effect.attempt} ${effect.how}${effect.key === undefined ? '' : ` ${effect.key}`}`;
    case 'say':
      return [
        `say ${[...effect.prompts, ...(effect.spoken ?? [])].join(' ')}`,
        ...(effect.choices === undefined ? [] : [effect.choices]),
      ].join(' + ');
    case 'set-timer':
      return `set-timer ${effect.timer} +${effect.at - now}`;
    case 'clear-timer':
      return `clear-timer ${effect.timer}`;
    case 'take-call':
    case 'hang-up-person':
    case 'lose-call':
    case 'keep-person':
    case 'renew-talk':
    case 'toggle-recording':
    case 'toggle-hold':
    case 'cancel-callback':
    case 'finish-wrap-up':
      return `${effect.do} ${effect.attempt}`;
    case 'dispose':
      return ['dispose', effect.attempt, effect.code, ...(effect.phone === undefined ? [] : [effect.phone])].join(' ');
    case 'agree-callback':
      return [
        `agree-callback ${effect.attempt} ${effect.typed}`,
        ...(effect.forAny === true ? ['for any agent'] : []),
        ...(effect.number === undefined ? [] : [`on ${effect.number}`]),
      ].join(' ');
    case 'desk-key':
      return `desk-key ${effect.key}`;
    case 'close-session':
      return `close-session ${effect.reason}`;
    default:
      return effect.do;
  }
}

/** Takes a session through events, all at `NOW`; its last state and all effects in words. */
export function play(
  session: AgentSession,
  ...events: readonly SessionEvent[]
): { session: AgentSession; does: string[] } {
  let present = session;
  const does: string[] = [];
  for (const event of events) {
    const step = stepSession(present, event, NOW);
    present = step.session;
    does.push(...step.effects.map((effect) => inWords(effect, NOW)));
  }
  return { session: present, does };
}

/** Keys one after the other. */
export const keys = (typed: string): SessionEvent[] => Array.from(typed, (key) => ({ type: 'key', key }));
