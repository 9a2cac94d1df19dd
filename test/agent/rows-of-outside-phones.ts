// What events do to a session whose phone is an outside one: it is called when the agent asks for it, never by itself.

import type { AgentSession } from '../../src/agent/session.ts';
import { aSession, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const outside = { outside: '+4930901820', atDesk: true } as const;
const { leg: _leg, ...withoutLeg } = aSession('paused', outside);
const away: AgentSession = { ...withoutLeg, phone: 'down', graceUntil: NOW + 500_000 };
const rung: AgentSession = { ...away, phone: 'ringing', resume: 'paused' };
const waits = { phone: 'down', graceUntil: NOW + 600_000 } as const;

export const ROWS_OF_OUTSIDE_PHONES: readonly SessionRow[] = [
  row('ready', { type: 'phone-hung-up' }, 'the outside phone is put down: paused, and the session goes on', {
    id: 'A-04',
    given: aSession('ready', outside),
    to: 'paused',
    reason: 'phone-gone',
    does: ['set-timer grace +600000'],
    leaves: { ...waits, resume: 'paused' },
    drops: ['leg'],
  }),
  row('ready', { type: 'phone-lost' }, 'the network loses the outside phone: paused, and it is not called back', {
    id: 'A-04',
    given: aSession('ready', outside),
    to: 'paused',
    reason: 'phone-gone',
    does: ['set-timer grace +600000'],
    leaves: { ...waits, resume: 'paused' },
    drops: ['leg'],
  }),
  row('reserved', { type: 'phone-hung-up' }, 'put down as a person comes: they find another agent', {
    id: 'A-04',
    given: aSession('reserved', outside),
    to: 'paused',
    reason: 'phone-gone',
    does: ['lose-call at1', 'set-timer grace +600000'],
    leaves: { ...waits, resume: 'paused' },
    drops: ['leg', 'attempt'],
  }),
  row('talking', { type: 'phone-hung-up' }, 'put down in the conversation: it is over, and wrapped up at the desk', {
    id: 'A-04',
    given: aSession('talking', { ...outside, forRecord: true }),
    to: 'wrap-up',
    does: ['hang-up-person at1', 'set-timer grace +600000'],
    leaves: waits,
    drops: ['leg'],
  }),
  row('wrap-up', { type: 'disengage' }, 'wrapped up without the phone: paused until it is called again', {
    id: 'A-04',
    given: { ...away, state: 'wrap-up', forRecord: true, attempt: 'at1' },
    to: 'paused',
    reason: 'phone-gone',
    does: [],
    leaves: { resume: 'paused' },
    drops: ['attempt', 'forRecord'],
  }),
  row('paused', { type: 'ring-failed' }, 'not picked up, or not confirmed: it is not tried again by itself', {
    id: 'A-04',
    given: rung,
    to: 'paused',
    reason: 'not-answered',
    does: [],
    leaves: { phone: 'down', graceUntil: NOW + 500_000 },
  }),
  row('paused', { type: 'ring-again' }, 'the agent asks for it: called again', {
    id: 'A-04',
    given: away,
    to: 'paused',
    reason: 'break',
    does: ['ring-phone'],
    leaves: { phone: 'ringing' },
  }),
  row('paused', { type: 'grace-over' }, 'not asked for in time: the session is over', {
    id: 'A-04',
    given: away,
    to: 'offline',
    reason: 'phone-lost',
    does: [
      'stop-waiting-sound',
      'clear-timer wrap-up',
      'clear-timer ring-again',
      'clear-timer grace',
      'close-session phone-lost',
    ],
  }),
];
