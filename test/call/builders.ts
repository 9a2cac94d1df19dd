// One valid call per state, as it is on the way that it usually came; a test states only what matters to it.

import type { Call, CallEffect, CallPlan, CallState } from '../../src/call/call.ts';
import type { Third } from '../../src/call/talk.ts';

/** Dialed; everything else is counted from here. */
export const DIALED_AT = 1_000_000;
export const RINGING_AT = DIALED_AT + 1_000;
export const ANSWERED_AT = DIALED_AT + 11_000;
export const BRIDGED_AT = ANSWERED_AT + 5;

export const aPlan = (parts: Partial<CallPlan> = {}): CallPlan => ({
  detection: 'off',
  onMachine: 'hang-up',
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  noAgentAfterMs: 2_000,
  reconnectMs: 20_000,
  beepWithinMs: 40_000,
  ...parts,
});

const placed: Call = {
  origin: 'campaign',
  attempt: 'at1',
  leg: 'c-at1',
  campaign: 'renewals',
  plan: aPlan(),
  state: 'placing',
  dialedAt: DIALED_AT,
  arrived: false,
};
const ringing = { ...placed, ringingAt: RINGING_AT };
const answered = { ...ringing, answeredAt: ANSWERED_AT, liveAt: ANSWERED_AT, limitAt: ANSWERED_AT + 1_850 };
const withAgent = { ...answered, arrived: true, session: 's1', bridge: 'b-s1' };
const toMachine: Call = {
  ...ringing,
  plan: aPlan({ detection: 'before-agent', onMachine: 'leave-message' }),
  answeredAt: ANSWERED_AT,
  arrived: true,
  verdict: 'machine',
  result: 'machine',
  endedBy: 'dialer',
};

const third: Third = { id: 'th1', leg: 't-th1', who: { kind: 'number', name: 'claims' }, state: 'calling' };

const usual: Readonly<Record<CallState, Call>> = {
  placing: placed,
  ringing: { ...ringing, state: 'ringing' },
  answered: { ...answered, state: 'answered' },
  detecting: {
    ...ringing,
    plan: aPlan({ detection: 'before-agent' }),
    state: 'detecting',
    answeredAt: ANSWERED_AT,
    arrived: true,
  },
  waiting: { ...answered, state: 'waiting', arrived: true },
  connecting: { ...withAgent, state: 'connecting' },
  talking: { ...withAgent, state: 'talking', bridgedAt: BRIDGED_AT },
  'handing-over': { ...answered, state: 'handing-over', arrived: true, bridgedAt: BRIDGED_AT, third },
  'handed-over': {
    ...answered,
    state: 'handed-over',
    arrived: true,
    bridgedAt: BRIDGED_AT,
    third: { ...third, state: 'here' },
  },
  'abandon-message': { ...answered, state: 'abandon-message', arrived: true, result: 'abandoned', endedBy: 'dialer' },
  confirming: {
    ...answered,
    state: 'confirming',
    arrived: true,
    optedOut: true,
    result: 'abandoned',
    endedBy: 'dialer',
  },
  'awaiting-beep': { ...toMachine, state: 'awaiting-beep' },
  'leaving-message': { ...toMachine, state: 'leaving-message' },
  releasing: { ...ringing, state: 'releasing', result: 'no-answer', endedBy: 'dialer' },
  ended: { ...ringing, state: 'ended', result: 'no-answer' },
};

export const aCall = (state: CallState, parts: Partial<Call> = {}): Call => ({ ...usual[state], ...parts });

/** An effect in one line: `set-timer limit +1850` (ms from `now`), `release-agent s1 machine`. */
export function inWords(effect: CallEffect, now: number): string {
  switch (effect.do) {
    case 'set-timer':
      return `set-timer ${effect.timer} +${effect.at - now}`;
    case 'clear-timer':
      return `clear-timer ${effect.timer}`;
    case 'report-to-pacer':
      return `report-to-pacer ${effect.fact}`;
    case 'release-agent':
      return `release-agent ${effect.session} ${effect.why}`;
    case 'agent-connected':
      return `agent-connected ${effect.session}`;
    case 'part':
    case 'rejoin':
      return `${effect.do} ${effect.bridge}`;
    case 'mute-agent':
    case 'unmute-agent':
      return `${effect.do} ${effect.session}`;
    case 'prompt-agent':
      return `prompt-agent ${effect.what}`;
    case 'seat-third':
      return `seat-third ${effect.third.id} ${effect.bridge}`;
    case 'call-third':
    case 'hand-over':
    case 'drop-third':
      return `${effect.do} ${effect.third.id}`;
    case 'give-to-agent':
      return `give-to-agent ${effect.session}`;
    case 'join-agent':
      return `join-agent ${effect.bridge}`;
    default:
      return effect.do;
  }
}
