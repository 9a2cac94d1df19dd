// Rows of the agent machine about agents at desks: the record is in their hands through calls and wrap-up, until the desk
// lets go of it.

import type { AgentState } from '../../src/terms.ts';
import type { AgentSession, SessionEvent } from '../../src/agent/session.ts';
import { aRungSession, aSession, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const READY = ['stop-saying', 'start-waiting-sound', 'offer'];
const END = ['stop-waiting-sound', 'clear-timer wrap-up', 'clear-timer ring-again', 'clear-timer grace'];
const CALL_BACK = ['set-timer grace +600000', 'ring-phone'];
const kept = { atDesk: true, forRecord: true } as const;
const { attempt: _attempt, ...looking } = aSession('engaged', kept);
const { leg: _leg, ...alone } = looking;
const calledBack: AgentSession = { ...alone, phone: 'down', graceUntil: NOW + 100_000 };
const opened: SessionEvent = { type: 'engage', forRecord: true };
const BUSY: readonly AgentState[] = ['engaged', 'reserved', 'talking', 'wrap-up'];

export const ROWS_AT_DESK: readonly SessionRow[] = [
  ...(['paused', 'ready', ...BUSY] as const).map((state) =>
    row(state, { type: 'desk-opened' }, 'the agent sits down at a desk', {
      to: state,
      does: [],
      leaves: { atDesk: true },
      ...(state === 'paused' ? { reason: 'break' } : {}),
    }),
  ),
  ...(['engaged', 'reserved', 'talking'] as const).map((state) =>
    row(state, { type: 'ask-ready' }, 'ready after all: no pause after it', {
      id: 'A-20',
      given: aSession(state, { pauseAfter: 'lunch' }),
      to: state,
      does: [],
      drops: ['pauseAfter'],
    }),
  ),
  row('paused', opened, 'at a desk, a record is opened all the same: paused again after it', {
    id: 'C-05',
    given: aSession('paused', { atDesk: true }),
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { forRecord: true, pauseAfter: 'break' },
    drops: ['attempt'],
  }),
  row('ready', { ...opened, forAnyone: true }, 'at a desk, kept for whoever picks up', {
    id: 'C-06',
    given: aSession('ready', { atDesk: true }),
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { forRecord: true, forAnyone: true },
  }),
  row('engaged', { type: 'reserve', attempt: 'at5' }, 'kept for whoever picks up, and somebody does', {
    id: 'C-06',
    given: { ...looking, forAnyone: true },
    to: 'reserved',
    leaves: { attempt: 'at5' },
    does: ['stop-waiting-sound', 'stop-saying', 'take-call at5'],
  }),
  row('ready', { type: 'reserve', attempt: 'at1' }, 'a person is there for an agent at a desk', {
    id: 'C-03',
    given: aSession('ready', { atDesk: true }),
    to: 'reserved',
    leaves: { forRecord: true },
    does: ['stop-waiting-sound', 'stop-saying', 'take-call at1'],
  }),
  row('reserved', { type: 'connected', attempt: 'at1' }, 'they talk: kept for no one else', {
    id: 'C-06',
    given: aSession('reserved', { ...kept, forAnyone: true }),
    to: 'talking',
    does: [],
    drops: ['forAnyone'],
  }),
  row('talking', { type: 'released', attempt: 'at1', why: 'person-hung-up' }, 'the desk ends the wrap-up', {
    id: 'A-10',
    given: aSession('talking', kept),
    to: 'wrap-up',
    does: ['say call-ended'],
    leaves: { attempt: 'at1' },
  }),
  row('talking', { type: 'dispose', code: 'sale' }, 'what is said is kept at the desk', {
    id: 'A-10',
    given: aSession('talking', kept),
    to: 'talking',
    does: ['dispose at1 sale'],
    drops: ['disposition'],
  }),
  row('wrap-up', { type: 'dispose', code: 'sale' }, 'what is said is kept at the desk, the wrap-up goes on', {
    id: 'A-10',
    given: aSession('wrap-up', kept),
    to: 'wrap-up',
    does: ['dispose at1 sale'],
  }),
  row('wrap-up', { type: 'ask-ready' }, 'at a desk it ends no wrap-up, and takes back a pause', {
    id: 'A-20',
    given: aSession('wrap-up', { ...kept, pauseAfter: 'lunch' }),
    to: 'wrap-up',
    does: [],
    drops: ['pauseAfter'],
  }),
  row('wrap-up', { type: 'disengage' }, 'the record is done with at the desk', {
    id: 'A-10',
    given: aSession('wrap-up', kept),
    to: 'ready',
    does: READY,
    drops: ['forRecord', 'attempt'],
  }),
  row('wrap-up', { type: 'disengage' }, 'the same, and the session was to end', {
    id: 'A-10',
    given: aSession('wrap-up', { ...kept, signOutAfter: true }),
    to: 'offline',
    reason: 'signed-out',
    does: [...END, 'say signed-out', 'hang-up-phone', 'close-session signed-out'],
  }),
  row('wrap-up', { type: 'disengage' }, 'the same, and the phone that was rung for the call is hung up first', {
    id: 'A-10',
    given: { ...aRungSession('wrap-up', kept), phone: 'up', leg: 'a-1' },
    to: 'wrap-up',
    does: ['hang-up-phone'],
    drops: ['forRecord'],
  }),
  row('wrap-up', { type: 'lose-rights' }, 'out of the campaign in the wrap-up: the desk finishes it', {
    id: 'A-02',
    given: aSession('wrap-up', kept),
    to: 'wrap-up',
    does: [],
    leaves: { isDismissed: true },
  }),
  row('engaged', { type: 'phone-lost' }, 'the phone is lost while a record is looked at: it is called back', {
    id: 'C-05',
    given: looking,
    to: 'engaged',
    does: CALL_BACK,
    leaves: { forRecord: true, phone: 'ringing' },
  }),
  row('engaged', { type: 'phone-lost' }, 'the same while a number is dialed: that call is lost', {
    id: 'C-05',
    given: aSession('engaged', kept),
    to: 'engaged',
    does: ['lose-call at1', ...CALL_BACK],
    drops: ['attempt'],
  }),
  row('engaged', { type: 'ring-failed' }, 'the lost phone does not answer: tried again', {
    id: 'C-05',
    given: { ...calledBack, phone: 'ringing' },
    to: 'engaged',
    does: ['set-timer ring-again +30000'],
  }),
  row('engaged', { type: 'ring-again' }, 'time to call the lost phone again', {
    id: 'C-05',
    given: calledBack,
    to: 'engaged',
    does: ['ring-phone'],
  }),
  row('engaged', { type: 'phone-registered' }, 'the lost phone registers again', {
    id: 'C-05',
    given: calledBack,
    to: 'engaged',
    does: ['ring-phone'],
  }),
  row('engaged', { type: 'grace-over' }, 'the lost phone never came back', {
    id: 'C-05',
    given: calledBack,
    to: 'offline',
    reason: 'phone-lost',
    does: [...END, 'close-session phone-lost'],
  }),
];
