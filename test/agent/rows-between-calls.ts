// What events do to a session that is paused or ready.

import type { SessionEvent } from '../../src/agent/session.ts';
import { aRungSession, aSession, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const END = ['stop-waiting-sound', 'clear-timer wrap-up', 'clear-timer ring-again', 'clear-timer grace'];
const SETTLED = ['clear-timer ring-again', 'clear-timer grace'];
const CALLED_BACK = ['set-timer grace +600000', 'ring-phone'];
const READY = ['stop-saying', 'start-waiting-sound', 'offer'];
const graceUntil = NOW + 590_000;
const phoneUp: SessionEvent = { type: 'phone-up', leg: 'a-2' };
const hungUp: SessionEvent = { type: 'phone-hung-up' };
const lost: SessionEvent = { type: 'phone-lost' };
const ringFailed: SessionEvent = { type: 'ring-failed' };
const pause: SessionEvent = { type: 'ask-pause', reason: 'lunch' };
const dismissed: SessionEvent = { type: 'lose-rights' };
const signOut: SessionEvent = { type: 'ask-sign-out' };
const ready: SessionEvent = { type: 'ask-ready' };
const reserve: SessionEvent = { type: 'reserve', attempt: 'at2' };
const isLost = { phone: 'down', reason: 'phone-lost', graceUntil } as const;

/** Paused or ready. */
export const ROWS_BETWEEN_CALLS: readonly SessionRow[] = [
  row('paused', phoneUp, 'the phone takes its seat at sign-in', {
    to: 'paused',
    reason: 'break',
    does: SETTLED,
    leaves: { phone: 'up', leg: 'a-2' },
  }),
  row('paused', phoneUp, 'the lost phone of a ready agent is back', {
    given: aSession('paused', { ...isLost, phone: 'ringing', resume: 'ready' }),
    to: 'ready',
    does: [...SETTLED, 'say welcome you-are-ready', 'start-waiting-sound', 'offer'],
    leaves: { phone: 'up', leg: 'a-2' },
    drops: ['resume', 'graceUntil', 'reason'],
  }),
  row('paused', phoneUp, 'the lost phone of a paused agent is back: paused for the same reason', {
    given: aSession('paused', { ...isLost, phone: 'ringing', resume: 'paused', pauseAfter: 'lunch' }),
    to: 'paused',
    reason: 'lunch',
    does: [...SETTLED, 'say you-are-paused', 'start-waiting-sound'],
    drops: ['resume', 'graceUntil', 'pauseAfter'],
  }),
  row('paused', hungUp, 'the agent hangs up: good-bye', {
    to: 'offline',
    reason: 'hung-up',
    does: [...END, 'close-session hung-up'],
  }),
  row('paused', lost, 'the network loses the phone: it is called back', {
    to: 'paused',
    reason: 'phone-lost',
    does: CALLED_BACK,
    leaves: { phone: 'ringing', resume: 'paused', pauseAfter: 'break', graceUntil: NOW + 600_000 },
    drops: ['leg'],
  }),
  row('paused', ringFailed, 'the lost phone does not answer: tried again, ever less often', {
    given: aSession('paused', { ...isLost, phone: 'ringing', resume: 'ready', graceUntil: NOW + 590_000 }),
    to: 'paused',
    reason: 'phone-lost',
    does: ['set-timer ring-again +5000'],
    leaves: { phone: 'down' },
  }),
  row('paused', { type: 'ring-again' }, 'time to call the lost phone again', {
    given: aSession('paused', { ...isLost, resume: 'ready' }),
    to: 'paused',
    reason: 'phone-lost',
    does: ['ring-phone'],
    leaves: { phone: 'ringing' },
  }),
  row('paused', { type: 'phone-registered' }, 'the lost phone registers again: called at once', {
    given: aSession('paused', { ...isLost, resume: 'ready' }),
    to: 'paused',
    reason: 'phone-lost',
    does: ['ring-phone'],
    leaves: { phone: 'ringing' },
  }),
  row('paused', { type: 'grace-over' }, 'the lost phone never came back', {
    given: aSession('paused', { ...isLost, resume: 'ready' }),
    to: 'offline',
    reason: 'phone-lost',
    does: [...END, 'close-session phone-lost'],
  }),
  row('paused', { type: 'key', key: '1' }, 'key 1: ready', {
    to: 'ready',
    does: ['stop-saying', 'say you-are-ready', 'start-waiting-sound', 'offer'],
    leaves: { since: NOW },
    drops: ['reason'],
  }),
  row('paused', ready, 'asks to be ready: waiting people come first', { to: 'ready', does: [...SETTLED, ...READY] }),
  row('paused', ready, 'asks to be ready while the nailed-up phone is away: ready when it is back', {
    given: aSession('paused', { ...isLost, resume: 'paused' }),
    to: 'paused',
    reason: 'phone-lost',
    does: [],
    leaves: { resume: 'ready' },
  }),
  row('paused', pause, 'pauses for another reason', {
    to: 'paused',
    reason: 'lunch',
    does: ['say you-are-paused', 'start-waiting-sound'],
  }),
  row('paused', dismissed, 'taken out of the campaign: hears so, and signed out', {
    id: 'A-02',
    to: 'offline',
    reason: 'not-assigned',
    does: [...END, 'say not-assigned', 'hang-up-phone', 'close-session not-assigned'],
  }),
  row('paused', signOut, 'signs out', {
    to: 'offline',
    reason: 'signed-out',
    does: [...END, 'say signed-out', 'hang-up-phone', 'close-session signed-out'],
  }),

  row('ready', phoneUp, 'another phone takes the seat', { to: 'ready', does: SETTLED, leaves: { leg: 'a-2' } }),
  row('ready', hungUp, 'the agent hangs up: good-bye', {
    to: 'offline',
    reason: 'hung-up',
    does: [...END, 'close-session hung-up'],
  }),
  row('ready', hungUp, 'a phone that is rung per call hangs up: still ready', {
    given: aRungSession('ready', { phone: 'up', leg: 'a-1' }),
    to: 'ready',
    does: [],
    leaves: { phone: 'down' },
    drops: ['leg'],
  }),
  row('ready', lost, 'the network loses the phone: ready again when it is back', {
    to: 'paused',
    reason: 'phone-lost',
    does: CALLED_BACK,
    leaves: { phone: 'ringing', resume: 'ready' },
  }),
  row('ready', ringFailed, 'a phone that is rung per call stops ringing', {
    given: aRungSession('ready', { phone: 'ringing' }),
    to: 'ready',
    does: [],
    leaves: { phone: 'down' },
  }),
  row('ready', { type: 'ring-again' }, 'a lost phone that is rung per call is called back', {
    given: aRungSession('ready', { graceUntil }),
    to: 'ready',
    does: ['ring-phone'],
  }),
  row('ready', { type: 'phone-registered' }, 'a lost phone that is rung per call registers again', {
    given: aRungSession('ready', { graceUntil }),
    to: 'ready',
    does: ['ring-phone'],
  }),
  row('ready', { type: 'grace-over' }, 'a lost phone that is rung per call never came back', {
    given: aRungSession('ready', { graceUntil }),
    to: 'offline',
    reason: 'phone-lost',
    does: [...END, 'close-session phone-lost'],
  }),
  row('ready', { type: 'key', key: '0' }, 'key 0: paused at once, the reason follows', {
    id: 'A-20',
    to: 'paused',
    reason: 'pause',
    does: ['stop-saying', 'say choose-pause-reason + pause-reasons'],
    leaves: { menu: 'pause-reason' },
  }),
  row('ready', pause, 'pauses', {
    id: 'A-20',
    to: 'paused',
    reason: 'lunch',
    does: ['say you-are-paused', 'start-waiting-sound'],
  }),
  row('ready', dismissed, 'taken out of the campaign: hears so, and signed out', {
    id: 'A-02',
    to: 'offline',
    reason: 'not-assigned',
    does: [...END, 'say not-assigned', 'hang-up-phone', 'close-session not-assigned'],
  }),
  row('ready', signOut, 'signs out', {
    to: 'offline',
    reason: 'signed-out',
    does: [...END, 'say signed-out', 'hang-up-phone', 'close-session signed-out'],
  }),
  row('ready', reserve, 'a live answer for this agent: taken at once', {
    id: 'D-02',
    to: 'reserved',
    does: ['stop-waiting-sound', 'stop-saying', 'take-call at2'],
    leaves: { attempt: 'at2', since: NOW },
  }),
  row('ready', reserve, 'a live answer for an agent who is rung per call', {
    id: 'D-02',
    given: aRungSession('ready'),
    to: 'reserved',
    does: ['ring-phone'],
    leaves: { attempt: 'at2', phone: 'ringing' },
  }),
];
