// What events do to a session that has a call.

import type { SessionEvent } from '../../src/agent/session.ts';
import { aRungSession, aSession, aSessionPlan, NOW, SINCE } from './builders.ts';
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
const reinstated: SessionEvent = { type: 'regain-rights' };
const signOut: SessionEvent = { type: 'ask-sign-out' };
const ready: SessionEvent = { type: 'ask-ready' };
const sale: SessionEvent = { type: 'dispose', code: 'sale' };
const released = (why: 'person-hung-up' | 'agent-hung-up' | 'machine' | 'not-connected'): SessionEvent => ({
  type: 'released',
  attempt: 'at1',
  why,
});
const inACall: readonly SessionRow[] = [
  row('reserved', phoneUp, 'the phone rung for the call answers', {
    id: 'D-02',
    given: aRungSession('reserved', { phone: 'ringing' }),
    to: 'reserved',
    does: [...SETTLED, 'take-call at1'],
    leaves: { phone: 'up', leg: 'a-2' },
  }),
  row('reserved', hungUp, 'the agent hangs up as the call comes: it finds somebody else, good-bye', {
    to: 'offline',
    reason: 'hung-up',
    does: ['lose-call at1', ...END, 'close-session hung-up'],
    drops: ['attempt'],
  }),
  row('reserved', hungUp, 'the phone rung for the call is picked up and put down', {
    given: aRungSession('reserved', { phone: 'up', leg: 'a-1' }),
    to: 'paused',
    reason: 'phone-hung-up',
    does: ['lose-call at1', 'start-waiting-sound'],
  }),
  row('reserved', lost, 'the network loses the phone: the person finds somebody else', {
    id: 'O-09',
    to: 'paused',
    reason: 'phone-lost',
    does: ['lose-call at1', ...CALLED_BACK],
    leaves: { resume: 'ready' },
    drops: ['attempt'],
  }),
  row('reserved', ringFailed, 'the phone rung for the call does not answer: paused, the person finds somebody else', {
    given: aRungSession('reserved', { phone: 'ringing' }),
    to: 'paused',
    reason: 'did-not-answer',
    does: ['lose-call at1', 'start-waiting-sound'],
    drops: ['attempt'],
  }),
  row('reserved', { type: 'connected', attempt: 'at1' }, 'both legs are in one bridge', {
    id: 'D-02',
    to: 'talking',
    does: [],
    leaves: { since: NOW },
  }),
  row('reserved', released('not-connected'), 'the person hung up first: ready without wrap-up', {
    to: 'ready',
    does: READY,
    drops: ['attempt'],
  }),
  row('reserved', released('not-connected'), 'the person hung up while the phone still rings: it stops', {
    given: aRungSession('reserved', { phone: 'ringing' }),
    to: 'ready',
    does: ['hang-up-phone', ...READY],
    leaves: { phone: 'down' },
  }),
  row('reserved', { type: 'key', key: '*' }, 'a star begins a command', {
    to: 'reserved',
    does: [],
    leaves: { starAt: NOW },
  }),
  row('reserved', pause, 'a pause asked for now comes after the call', {
    id: 'A-20',
    to: 'reserved',
    does: [],
    leaves: { pauseAfter: 'lunch' },
  }),
  row('reserved', dismissed, 'taken out of the campaign: the call is finished first', {
    id: 'A-02',
    to: 'reserved',
    does: [],
    leaves: { isDismissed: true },
  }),
  row('reserved', reinstated, 'back in the campaign before the call is over: the session goes on', {
    id: 'A-02',
    given: aSession('reserved', { isDismissed: true }),
    to: 'reserved',
    does: [],
    drops: ['isDismissed'],
  }),
  row('reserved', signOut, 'signing out comes after the call', {
    to: 'reserved',
    does: [],
    leaves: { signOutAfter: true },
  }),
  row('reserved', sale, 'a disposition given early is kept', {
    to: 'reserved',
    does: [],
    leaves: { disposition: 'sale' },
  }),

  row('talking', phoneUp, 'another phone takes the seat in mid-conversation: muted there who was', {
    to: 'talking',
    does: [...SETTLED, 'renew-talk at1'],
    leaves: { leg: 'a-2' },
  }),
  row('talking', hungUp, 'the agent hangs up the phone: ends the conversation, is called back for the wrap-up', {
    to: 'wrap-up',
    does: ['hang-up-person at1', ...CALLED_BACK, 'set-timer wrap-up +30000'],
    leaves: { phone: 'ringing', attempt: 'at1' },
  }),
  row('talking', hungUp, 'an agent who is rung per call hangs up the phone', {
    given: aRungSession('talking', { phone: 'up', leg: 'a-1' }),
    to: 'wrap-up',
    does: ['hang-up-person at1', 'set-timer wrap-up +30000'],
    leaves: { phone: 'down' },
  }),
  row('talking', lost, 'the network loses the phone: the person is kept for somebody else', {
    id: 'O-09',
    to: 'paused',
    reason: 'phone-lost',
    does: ['lose-call at1', ...CALLED_BACK],
    leaves: { resume: 'ready' },
    drops: ['attempt'],
  }),
  row('talking', ringFailed, 'after a restart the phone is not there yet', {
    given: aRungSession('talking'),
    to: 'talking',
    does: [],
  }),
  row('talking', released('person-hung-up'), 'the person hangs up: wrap-up within its limit', {
    id: 'A-19',
    to: 'wrap-up',
    does: ['set-timer wrap-up +30000', 'say call-ended wrap-up silence-3 + dispositions'],
    leaves: { attempt: 'at1', since: NOW },
  }),
  row('talking', released('machine'), 'it was a machine: ready without wrap-up', {
    id: 'D-03',
    to: 'ready',
    does: READY,
    drops: ['attempt'],
  }),
  row('talking', { type: 'key', key: '*' }, 'a star begins a command', {
    to: 'talking',
    does: [],
    leaves: { starAt: NOW },
  }),
  row('talking', pause, 'a pause asked for now comes after the call', {
    id: 'A-20',
    to: 'talking',
    does: [],
    leaves: { pauseAfter: 'lunch' },
  }),
  row('talking', dismissed, 'taken out of the campaign: the call is finished first', {
    id: 'A-02',
    to: 'talking',
    does: [],
    leaves: { isDismissed: true },
  }),
  row('talking', reinstated, 'back in the campaign before the call is over: the session goes on', {
    id: 'A-02',
    given: aSession('talking', { isDismissed: true }),
    to: 'talking',
    does: [],
    drops: ['isDismissed'],
  }),
  row('talking', signOut, 'signing out comes after the call', {
    to: 'talking',
    does: [],
    leaves: { signOutAfter: true },
  }),
  row('talking', { type: 'ask-hang-up' }, 'asks to end the conversation', {
    to: 'talking',
    does: ['hang-up-person at1'],
  }),
  row('talking', sale, 'a disposition given in mid-call is kept for its end', {
    to: 'talking',
    does: [],
    leaves: { disposition: 'sale' },
  }),
];

const wrapUp: readonly SessionRow[] = [
  row('wrap-up', phoneUp, 'the phone is back: wrap-up goes on', {
    to: 'wrap-up',
    does: [...SETTLED, 'say wrap-up silence-3 + dispositions'],
    leaves: { leg: 'a-2' },
  }),
  row('wrap-up', hungUp, 'the agent hangs up with the wrap-up undone: called back', {
    to: 'wrap-up',
    does: CALLED_BACK,
    leaves: { phone: 'ringing', graceUntil: NOW + 600_000 },
  }),
  row('wrap-up', hungUp, 'a phone rung per call has hung up after the wrap-up: ready', {
    given: letGo(),
    to: 'ready',
    does: READY,
    leaves: { phone: 'down' },
  }),
  row('wrap-up', lost, 'the network loses the phone: it is called back', {
    to: 'wrap-up',
    does: CALLED_BACK,
    leaves: { phone: 'ringing' },
  }),
  row('wrap-up', ringFailed, 'the lost phone does not answer: tried again', {
    given: aSession('wrap-up', { phone: 'ringing', graceUntil: SINCE + 610_000 }),
    to: 'wrap-up',
    does: ['set-timer ring-again +2000'],
    leaves: { phone: 'down' },
  }),
  row('wrap-up', { type: 'ring-again' }, 'time to call the lost phone again', {
    given: aSession('wrap-up', { phone: 'down', graceUntil }),
    to: 'wrap-up',
    does: ['ring-phone'],
  }),
  row('wrap-up', { type: 'phone-registered' }, 'the lost phone registers again', {
    given: aSession('wrap-up', { phone: 'down', graceUntil }),
    to: 'wrap-up',
    does: ['ring-phone'],
  }),
  row('wrap-up', { type: 'grace-over' }, 'the lost phone never came back: no disposition', {
    given: aSession('wrap-up', { phone: 'down', graceUntil }),
    to: 'offline',
    reason: 'phone-lost',
    does: [...END, 'finish-wrap-up at1', 'close-session phone-lost'],
  }),
  row('wrap-up', { type: 'key', key: '2' }, 'the key of a disposition', {
    to: 'ready',
    does: [
      'stop-saying',
      'say disposition-saved',
      'clear-timer wrap-up',
      'dispose at1 no-interest',
      'start-waiting-sound',
      'offer',
    ],
    drops: ['attempt'],
  }),
  row('wrap-up', ready, 'asks to be ready without the disposition that is required', {
    to: 'wrap-up',
    does: ['say disposition-needed'],
  }),
  row('wrap-up', ready, 'asks to be ready, no disposition is required', {
    given: aSession('wrap-up', { plan: aSessionPlan({ dispositionRequired: false }), pauseAfter: 'lunch' }),
    to: 'ready',
    does: ['clear-timer wrap-up', 'finish-wrap-up at1', ...READY],
  }),
  row('wrap-up', pause, 'a pause asked for now comes after the wrap-up', {
    id: 'A-20',
    to: 'wrap-up',
    does: [],
    leaves: { pauseAfter: 'lunch' },
  }),
  row('wrap-up', dismissed, 'taken out of the campaign: the wrap-up is finished first', {
    id: 'A-02',
    to: 'wrap-up',
    does: [],
    leaves: { isDismissed: true },
  }),
  row('wrap-up', reinstated, 'back in the campaign before the wrap-up is over: the session goes on', {
    id: 'A-02',
    given: aSession('wrap-up', { isDismissed: true }),
    to: 'wrap-up',
    does: [],
    drops: ['isDismissed'],
  }),
  row('wrap-up', signOut, 'signing out comes after the wrap-up', {
    to: 'wrap-up',
    does: [],
    leaves: { signOutAfter: true },
  }),
  row('wrap-up', sale, 'the disposition ends the wrap-up', {
    id: 'A-19',
    to: 'ready',
    does: ['clear-timer wrap-up', 'dispose at1 sale', ...READY],
  }),
  row('wrap-up', sale, 'the disposition, then the phone that was rung for the call is hung up first', {
    given: aRungSession('wrap-up', { phone: 'up', leg: 'a-1' }),
    to: 'wrap-up',
    does: ['clear-timer wrap-up', 'dispose at1 sale', 'hang-up-phone'],
    drops: ['attempt'],
  }),
  row('wrap-up', { type: 'wrap-up-over' }, 'over the limit: paused where the campaign wants that', {
    id: 'A-19',
    to: 'paused',
    reason: 'wrap-up-over',
    does: ['clear-timer wrap-up', 'finish-wrap-up at1', 'say you-are-paused', 'start-waiting-sound'],
  }),
  row('wrap-up', { type: 'wrap-up-over' }, 'over the limit: ready where the campaign wants that', {
    id: 'A-19',
    given: aSession('wrap-up', { plan: aSessionPlan({ over: 'ready' }) }),
    to: 'ready',
    does: ['clear-timer wrap-up', 'finish-wrap-up at1', ...READY],
  }),
];

/** Reserved, talking or in wrap-up. */
export const ROWS_IN_CALLS: readonly SessionRow[] = [...inACall, ...wrapUp];

/** The call is behind an agent who is rung per call, and the phone has been asked to hang up. */
function letGo() {
  const { attempt: _attempt, ...rest } = aRungSession('wrap-up', { phone: 'up', leg: 'a-1' });
  return rest;
}
