// Rows of the agent machine about records that are worked by the keys of a phone, without a workspace.

import type { AgentSession } from '../../src/agent/session.ts';
import { aCallback, aSession, aSessionPlan, NOW } from './builders.ts';
import { row, type SessionRow } from './row.ts';

const byKeys = { atDesk: true, byKeys: true } as const;
const kept = { ...byKeys, forRecord: true } as const;
const { attempt: _attempt, ...looking } = aSession('engaged', kept);
const starred: AgentSession = { ...looking, starAt: NOW - 500 };
const plan = aSessionPlan({ dispositions: [{ code: 'later', label: 'Call later', key: '3', ask: 'callback' }] });
const checking = aSession('wrap-up', { ...kept, plan, menu: 'callback-check', typed: '1430', asking: 'later' });
const key = (pressed: string) => ({ type: 'key', key: pressed }) as const;

export const ROWS_BY_KEYS: readonly SessionRow[] = [
  row('ready', key('2'), 'asks for a record', {
    given: aSession('ready', byKeys),
    to: 'ready',
    does: ['stop-saying', 'desk-key 2'],
  }),
  row('paused', key('2'), 'asks for a record, and is not paused any more', {
    given: aSession('paused', byKeys),
    to: 'ready',
    does: ['stop-saying', 'start-waiting-sound', 'offer', 'desk-key 2'],
  }),
  row('ready', key('2'), 'no records are fetched here: the keys are said', {
    to: 'ready',
    does: ['stop-saying', 'say not-a-choice keys-ready'],
  }),
  row('ready', key('*'), 'the keys are said, also that for a record', {
    given: aSession('ready', byKeys),
    to: 'ready',
    does: ['stop-saying', 'say keys-ready keys-get-record'],
  }),
  row('engaged', key('3'), 'a key for the record in hand', {
    id: 'A-08',
    given: looking,
    to: 'engaged',
    does: ['stop-saying', 'desk-key 3'],
  }),
  row('engaged', key('*'), 'the record is read out again; a command may follow', {
    given: looking,
    to: 'engaged',
    does: ['stop-saying', 'desk-key *'],
    leaves: { starAt: NOW },
  }),
  row('engaged', key('*'), 'two stars: the dialing is taken back', {
    given: starred,
    to: 'engaged',
    does: ['stop-saying', 'desk-key **'],
    drops: ['starAt'],
  }),
  row('engaged', key('0'), 'a star and 0: a pause after this record', {
    id: 'A-20',
    given: starred,
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { pauseAfter: 'pause' },
    drops: ['starAt'],
  }),
  row('engaged', key('9'), 'a star and 9: signed out after this record', {
    given: starred,
    to: 'engaged',
    does: ['stop-saying'],
    leaves: { signOutAfter: true },
    drops: ['starAt'],
  }),
  row('talking', { type: 'released', attempt: 'at1', why: 'person-hung-up' }, 'the result is asked for by name', {
    given: aSession('talking', kept),
    to: 'wrap-up',
    leaves: { attempt: 'at1' },
    does: ['say call-ended wrap-up silence-3 + dispositions'],
  }),
  row('wrap-up', key('1'), 'the disposition is given, and the desk has the last word', {
    id: 'A-16',
    given: aSession('wrap-up', kept),
    to: 'wrap-up',
    does: ['stop-saying', 'say disposition-saved', 'dispose at1 sale', 'desk-key done'],
  }),
  row(
    'wrap-up',
    { type: 'callback-agreed', spoken: ['digits/14'], callback: aCallback },
    'the time stands, at the desk too',
    {
      id: 'A-17',
      given: checking,
      to: 'wrap-up',
      drops: ['menu', 'typed', 'asking'],
      does: ['stop-saying', 'say callback-saved digits/14', 'desk-callback', 'dispose at1 later', 'desk-key done'],
    },
  ),
  row('wrap-up', { type: 'callback-cancelled' }, 'the callback is taken back, at the desk too', {
    id: 'A-17',
    given: checking,
    to: 'wrap-up',
    drops: ['menu', 'typed', 'asking'],
    does: ['desk-callback', 'stop-saying', 'say callback-cancelled choose-disposition + dispositions'],
  }),
  row('engaged', { type: 'desk-opened' }, 'a page is opened for it: the keys are those of a call', {
    given: looking,
    to: 'engaged',
    does: [],
    drops: ['byKeys'],
  }),
];
