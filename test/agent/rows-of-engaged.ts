// Rows of the agent machine about agents who are kept: for one person who is being called, or for a record.

import type { SessionEvent } from '../../src/agent/session.ts';
import { aRungSession, aSession, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const READY = ['stop-saying', 'start-waiting-sound', 'offer'];
const END = ['stop-waiting-sound', 'clear-timer wrap-up', 'clear-timer ring-again', 'clear-timer grace'];
const dialed: SessionEvent = { type: 'engage', attempt: 'at1' };
const opened: SessionEvent = { type: 'engage', forRecord: true };
const redialed: SessionEvent = { type: 'engage', attempt: 'at2', forRecord: true };
const picksUp: SessionEvent = { type: 'reserve', attempt: 'at1' };
const notReached: SessionEvent = { type: 'released', attempt: 'at1', why: 'not-connected' };
const { attempt: _attempt, ...undialed } = aSession('engaged', { forRecord: true });

export const ROWS_OF_ENGAGED: readonly SessionRow[] = [
  row('ready', dialed, 'a person is dialed for this agent alone', {
    id: 'A-18',
    to: 'engaged',
    does: ['stop-saying', 'say callback-coming'],
    leaves: { attempt: 'at1' },
  }),
  row('ready', dialed, 'the same, and the phone is rung for each call: it is not rung yet', {
    id: 'A-18',
    given: aRungSession('ready'),
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { phone: 'down' },
  }),
  row('ready', opened, 'a record is opened for this agent: nothing is dialed yet', {
    id: 'A-18',
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { forRecord: true },
    drops: ['attempt'],
  }),
  row('engaged', picksUp, 'the person picks up: taken at once', {
    id: 'A-18',
    to: 'reserved',
    does: ['stop-waiting-sound', 'stop-saying', 'take-call at1'],
  }),
  row('engaged', picksUp, 'the person picks up, and the phone is rung for each call', {
    id: 'A-18',
    given: aRungSession('engaged'),
    to: 'reserved',
    does: ['ring-phone'],
  }),
  row('engaged', notReached, 'the person does not pick up', {
    id: 'A-18',
    to: 'ready',
    does: READY,
    drops: ['attempt'],
  }),
  row('engaged', notReached, 'the same, and the agent is kept for the record: another number may be called', {
    id: 'A-18',
    given: aSession('engaged', { forRecord: true }),
    to: 'engaged',
    does: [],
    leaves: { forRecord: true, since: NOW },
    drops: ['attempt'],
  }),
  row('engaged', redialed, 'the next number of the record is dialed', {
    id: 'A-18',
    given: undialed,
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { attempt: 'at2', since: NOW },
  }),
  row('engaged', { type: 'disengage' }, 'the record is let go of', {
    id: 'A-18',
    given: undialed,
    to: 'ready',
    does: READY,
    drops: ['forRecord'],
  }),
  row('engaged', { type: 'disengage' }, 'the same, and a pause was asked for', {
    id: 'A-20',
    given: { ...undialed, pauseAfter: 'lunch' },
    to: 'paused',
    reason: 'lunch',
    does: ['say you-are-paused', 'start-waiting-sound'],
    drops: ['forRecord'],
  }),
  row('engaged', { type: 'phone-up', leg: 'a-2' }, 'another phone takes the seat', {
    to: 'engaged',
    does: ['clear-timer ring-again', 'clear-timer grace'],
    leaves: { leg: 'a-2' },
  }),
  row('engaged', { type: 'phone-hung-up' }, 'the agent hangs up: the person finds somebody else, good-bye', {
    to: 'offline',
    reason: 'hung-up',
    does: ['lose-call at1', ...END, 'close-session hung-up'],
    drops: ['attempt'],
  }),
  row('engaged', { type: 'phone-lost' }, 'the network loses the phone: the person finds somebody else', {
    id: 'O-09',
    to: 'paused',
    reason: 'phone-lost',
    leaves: { resume: 'ready' },
    drops: ['attempt'],
    does: ['lose-call at1', 'set-timer grace +600000', 'ring-phone'],
  }),
  row('engaged', { type: 'key', key: '*' }, 'a star begins a command', {
    to: 'engaged',
    does: [],
    leaves: { starAt: NOW },
  }),
  row('engaged', { type: 'ask-pause', reason: 'lunch' }, 'a pause asked for now comes after the call', {
    id: 'A-20',
    to: 'engaged',
    does: [],
    leaves: { pauseAfter: 'lunch' },
  }),
  row('engaged', { type: 'ask-sign-out' }, 'signing out comes after the call', {
    to: 'engaged',
    does: [],
    leaves: { signOutAfter: true },
  }),
  row('engaged', { type: 'lose-rights' }, 'taken out of the campaign: the call is finished first', {
    id: 'A-02',
    to: 'engaged',
    does: [],
    leaves: { isDismissed: true },
  }),
  row('engaged', { type: 'regain-rights' }, 'back in the campaign before the call is over: the session goes on', {
    id: 'A-02',
    given: aSession('engaged', { isDismissed: true }),
    to: 'engaged',
    does: [],
    drops: ['isDismissed'],
  }),
  row('reserved', notReached, 'the legs are not joined, and the agent is kept for the record', {
    id: 'A-18',
    given: aSession('reserved', { forRecord: true }),
    to: 'engaged',
    does: [],
    drops: ['attempt'],
  }),
  row(
    'talking',
    { type: 'released', attempt: 'at1', why: 'machine' },
    'a machine, and the agent is kept for the record',
    {
      id: 'A-18',
      given: aSession('talking', { forRecord: true }),
      to: 'engaged',
      does: [],
      drops: ['attempt'],
    },
  ),
  row('wrap-up', redialed, 'after the conversation another number of the record is dialed', {
    id: 'A-18',
    given: aSession('wrap-up', { forRecord: true }),
    to: 'engaged',
    leaves: { attempt: 'at2' },
    does: ['clear-timer wrap-up', 'stop-saying'],
  }),
];
