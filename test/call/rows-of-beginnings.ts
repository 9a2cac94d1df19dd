// Rows of calls that do not begin with an INVITE of ours: taken up after a restart, or made to us.

import type { CallEvent } from '../../src/call/call.ts';
import { ANSWERED_AT, aPlan, BRIDGED_AT, RINGING_AT } from './builders.ts';
import { GIVE_UP, RELEASE, row, type CallRow } from './row.ts';

const found = (as: Extract<CallEvent, { type: 'restored' }>['as']): CallEvent => ({ type: 'restored', as });
const NOW = RINGING_AT + 6_000;
const withAnswer = { answeredAt: ANSWERED_AT, liveAt: ANSWERED_AT };
const MESSAGE = ['stop-waiting-sound', 'play-abandon-message', 'set-timer limit +60000'];

export const ROWS_OF_BEGINNINGS: readonly CallRow[] = [
  row('placing', { type: 'came-in', isClosed: false }, 'a person calls us: an agent is sought', {
    to: 'waiting',
    does: [
      ...[
        'clear-timer ring',
        'report-to-pacer answered',
        'report-to-pacer live',
        'set-timer limit +1850',
        'seek-agent',
      ],
      'start-waiting-sound',
    ],
    leaves: { arrived: true, answeredAt: NOW },
  }),
  row('placing', { type: 'came-in', isClosed: true }, 'a person calls us outside the hours: the message', {
    to: 'abandon-message',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', ...MESSAGE],
    leaves: { arrived: true, liveAt: NOW, endedBy: 'dialer' },
  }),
  row('answered', { type: 'came-in', isClosed: false }, 'a person calls us, the answer was heard first', {
    to: 'waiting',
    does: ['start-waiting-sound'],
    leaves: { arrived: true },
  }),
  row(
    'answered',
    { type: 'came-in', isClosed: true },
    'a person calls us outside the hours, the answer was heard first',
    {
      given: { session: 's1', bridge: 'b-s1' },
      to: 'abandon-message',
      result: 'abandoned',
      does: ['release-agent s1 not-connected', 'stop-seeking', 'report-to-pacer abandoned', ...MESSAGE],
      drops: ['session', 'bridge'],
    },
  ),
  row('placing', found({ is: 'gone' }), 'after a restart: its leg is gone, and it was not answered', {
    to: 'ringing',
    does: [],
  }),
  row('placing', found({ is: 'gone' }), 'after a restart: its leg is gone, and it was answered', {
    given: withAnswer,
    to: 'releasing',
    does: [],
  }),
  row('placing', found({ is: 'gone', toSpeak: 's1' }), 'after a restart: the conversation is over, the agent speaks', {
    given: { ...withAnswer, bridgedAt: BRIDGED_AT },
    to: 'releasing',
    result: 'connected',
    does: [],
    leaves: { session: 's1' },
  }),
  row('placing', found({ is: 'given-up' }), 'after a restart: given up while it rang, the network has not agreed yet', {
    to: 'releasing',
    result: 'no-answer',
    does: GIVE_UP.slice(0, -1),
    leaves: { mayHaveRung: true },
  }),
  row(
    'placing',
    found({ is: 'talking', session: 's1', bridge: 'b-s1' }),
    'after a restart: in conversation, untouched',
    {
      given: { ...withAnswer, bridgedAt: BRIDGED_AT },
      to: 'talking',
      does: ['note-progress'],
      leaves: { session: 's1', bridge: 'b-s1', arrived: true, bridgedAt: BRIDGED_AT },
    },
  ),
  row(
    'placing',
    found({ is: 'answered', ours: true }),
    'after a restart: the person waits for us, and hears the message',
    {
      given: withAnswer,
      to: 'abandon-message',
      result: 'abandoned',
      does: ['stop-seeking', 'report-to-pacer abandoned', ...MESSAGE],
      leaves: { endedBy: 'dialer', answeredAt: ANSWERED_AT },
    },
  ),
  row('placing', found({ is: 'answered', ours: false }), 'after a restart: the dialplan has the person', {
    to: 'abandon-message',
    result: 'abandoned',
    does: [],
    leaves: { arrived: false, answeredAt: NOW },
  }),
  row(
    'placing',
    found({ is: 'with-a-machine', ours: false }),
    'after a restart: the beep of a machine may still come',
    {
      given: { plan: aPlan({ onMachine: 'leave-message' }), ...withAnswer },
      to: 'awaiting-beep',
      result: 'machine',
      does: ['set-timer limit +40000'],
    },
  ),
  row('placing', found({ is: 'with-a-machine', ours: true }), 'after a restart: the machine waits for us: it is over', {
    given: { plan: aPlan({ onMachine: 'leave-message' }), ...withAnswer },
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
  }),
];
