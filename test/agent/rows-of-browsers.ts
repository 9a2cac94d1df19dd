// What events do to a session whose phone is the agent's browser, and to one that changes its phone.

import type { SessionEvent } from '../../src/agent/session.ts';
import { aSession, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const browser = { browser: true } as const;
const away = { ...browser, phone: 'ringing', graceUntil: NOW + 590_000, keptUntil: NOW + 20_000 } as const;
const toBrowser: SessionEvent = { type: 'phone-changed', to: 'browser' };
const toAccount: SessionEvent = { type: 'phone-changed', to: 'account' };
const SETTLED = ['clear-timer ring-again', 'clear-timer grace'];
const changed = {
  id: 'A-04',
  does: ['clear-timer ring-again'],
  leaves: { ...browser, phone: 'up', leg: 'a-1' },
} as const;

export const ROWS_OF_BROWSERS: readonly SessionRow[] = [
  row('talking', { type: 'phone-lost' }, 'the browser is loaded again: the person is kept with music', {
    id: 'A-23',
    given: aSession('talking', browser),
    to: 'talking',
    does: ['set-timer grace +600000', 'ring-phone', 'set-timer kept +30000', 'keep-person at1'],
    leaves: { phone: 'ringing', attempt: 'at1', keptUntil: NOW + 30_000 },
    drops: ['leg'],
  }),
  row('talking', { type: 'phone-up', leg: 'a-2' }, 'the browser is back in the conversation', {
    id: 'A-23',
    given: aSession('talking', away),
    to: 'talking',
    does: [...SETTLED, 'clear-timer kept', 'stop-waiting-sound', 'renew-talk at1'],
    leaves: { phone: 'up', leg: 'a-2', attempt: 'at1' },
    drops: ['keptUntil', 'graceUntil'],
  }),
  row('talking', { type: 'kept-too-long' }, 'the browser does not come back: the person finds another agent', {
    id: 'A-23',
    given: aSession('talking', away),
    to: 'paused',
    reason: 'phone-lost',
    does: ['stop-waiting-sound', 'lose-call at1', 'set-timer grace +600000', 'ring-phone'],
    leaves: { phone: 'ringing', resume: 'ready' },
    drops: ['attempt', 'keptUntil'],
  }),
  row('talking', { type: 'released', attempt: 'at1', why: 'person-hung-up' }, 'who was kept hangs up: wrap-up', {
    id: 'A-23',
    given: aSession('talking', { ...away, forRecord: true, atDesk: true }),
    to: 'wrap-up',
    does: [],
    leaves: { phone: 'ringing' },
  }),
  row('wrap-up', { type: 'phone-up', leg: 'a-2' }, 'the browser is back after the call: the music ends', {
    id: 'A-23',
    given: aSession('wrap-up', away),
    to: 'wrap-up',
    does: [...SETTLED, 'clear-timer kept', 'stop-waiting-sound', 'say wrap-up silence-3 + dispositions'],
    drops: ['keptUntil'],
  }),
  row(
    'paused',
    { type: 'phone-up', leg: 'a-2' },
    'back when who was kept is gone: no music but what there is for waiting',
    {
      id: 'A-23',
      given: aSession('paused', { ...away, reason: 'phone-lost', resume: 'ready' }),
      to: 'ready',
      does: [
        ...SETTLED,
        ...['clear-timer kept', 'stop-waiting-sound', 'say welcome you-are-ready', 'start-waiting-sound', 'offer'],
      ],
      drops: ['keptUntil', 'resume'],
    },
  ),
  row('paused', { type: 'phone-lost' }, 'the browser is closed between calls: it is waited for', {
    id: 'A-04',
    given: aSession('paused', browser),
    to: 'paused',
    reason: 'phone-lost',
    does: ['set-timer grace +600000', 'ring-phone'],
    leaves: { phone: 'ringing', resume: 'paused', pauseAfter: 'break' },
  }),
  row('paused', toBrowser, 'with the browser from now on: the phone that is up stays until it comes', {
    ...changed,
    to: 'paused',
    reason: 'break',
  }),
  row('ready', toBrowser, 'the same while ready', { ...changed, to: 'ready' }),
  row('engaged', toBrowser, 'the same while kept for a call', { ...changed, to: 'engaged' }),
  row('reserved', toBrowser, 'the same while being connected', { ...changed, to: 'reserved' }),
  row('talking', toBrowser, 'the same in a conversation', { ...changed, to: 'talking' }),
  row('wrap-up', toBrowser, 'the same in the wrap-up', { ...changed, to: 'wrap-up' }),
  row('talking', toAccount, 'back to the own phone: it is rung, the browser stays until then', {
    id: 'A-04',
    given: aSession('talking', browser),
    to: 'talking',
    does: ['ring-phone'],
    leaves: { phone: 'up', leg: 'a-1' },
    drops: ['browser'],
  }),
  row('talking', toAccount, 'to the own phone while the browser is away and the person waits', {
    id: 'A-04',
    given: aSession('talking', away),
    to: 'talking',
    does: ['ring-phone'],
    leaves: { phone: 'ringing', keptUntil: NOW + 20_000 },
    drops: ['browser'],
  }),
];
