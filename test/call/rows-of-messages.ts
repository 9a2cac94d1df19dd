// What happens to calls whose person asks by key not to be called again, and to machines that are left a message.

import { ANSWERED_AT, BRIDGED_AT } from './builders.ts';
import {
  before,
  CLOSE,
  ended,
  found,
  hangingUp,
  heard,
  keepsCause,
  leaving,
  leavingBeside,
  RELEASE,
  row,
  vanished,
  type CallRow,
} from './row.ts';

const AT = ANSWERED_AT + 1_000;
const AWAIT_BEEP = ['note-progress', 'await-beep', 'set-timer limit +40000'];
const CONFIRM = ['confirm-do-not-call', 'set-timer limit +30000'];

const optingOut: readonly CallRow[] = [
  row(
    'abandon-message',
    { type: 'opt-out' },
    'the do-not-call key in the message: the opt-out is taken down and confirmed',
    {
      to: 'confirming',
      result: 'abandoned',
      does: ['put-on-do-not-call-list', 'stop-abandon-message', ...CONFIRM],
      leaves: { optedOut: true },
    },
  ),
  row(
    'abandon-message',
    { type: 'opt-out' },
    'the dialplan plays the message: the opt-out is taken down, nothing is played',
    {
      given: { arrived: false },
      to: 'abandon-message',
      result: 'abandoned',
      does: ['put-on-do-not-call-list'],
      leaves: { optedOut: true },
    },
  ),
  row('waiting', { type: 'opt-out' }, 'the do-not-call key while waiting: no agent is sought any more', {
    to: 'confirming',
    result: 'abandoned',
    does: ['stop-seeking', 'put-on-do-not-call-list', 'report-to-pacer abandoned', 'stop-waiting-sound', ...CONFIRM],
    leaves: { optedOut: true, endedBy: 'person' },
  }),
  row('detecting', { type: 'opt-out' }, 'the do-not-call key while the detector listens: taken down, confirmed later', {
    to: 'detecting',
    does: ['put-on-do-not-call-list'],
    leaves: { optedOut: true },
  }),
  row(
    'detecting',
    heard('human'),
    'a person who has asked not to be called: the opt-out is confirmed, no agent sought',
    {
      given: { ...before, optedOut: true },
      to: 'confirming',
      result: 'abandoned',
      does: ['report-to-pacer live', 'report-to-pacer abandoned', ...CONFIRM],
      leaves: { liveAt: AT, endedBy: 'person' },
    },
  ),
];

const confirming: readonly CallRow[] = [
  row('confirming', { type: 'confirmation-over' }, 'the confirmation has been heard', {
    to: 'releasing',
    result: 'abandoned',
    does: RELEASE,
  }),
  row('confirming', { type: 'limit-reached' }, 'the confirmation does not end', {
    to: 'releasing',
    result: 'abandoned',
    does: RELEASE,
  }),
  row('confirming', heard('machine'), 'the detector is late: kept on the attempt', {
    to: 'confirming',
    result: 'abandoned',
    does: [],
    leaves: { verdict: 'machine' },
  }),
  row('confirming', found, 'an agent comes too late: given back', {
    to: 'confirming',
    result: 'abandoned',
    does: ['release-agent s1 not-connected'],
  }),
  row('confirming', hangingUp, 'the far end says why it hangs up', {
    to: 'confirming',
    result: 'abandoned',
    does: [],
    leaves: keepsCause,
  }),
  row('confirming', ended(16), 'the person hangs up', { to: 'ended', result: 'abandoned', does: CLOSE }),
  row('confirming', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'abandoned',
    does: CLOSE,
  }),
];

const machines: readonly CallRow[] = [
  row('detecting', heard('machine'), 'a machine that is left a message: its beep is waited for', {
    given: leaving,
    to: 'awaiting-beep',
    result: 'machine',
    does: ['report-to-pacer machine', ...AWAIT_BEEP],
    leaves: { endedBy: 'dialer', verdict: 'machine' },
  }),
  row('detecting', heard('fax'), 'a fax is left no message', {
    given: leaving,
    to: 'releasing',
    result: 'fax',
    does: ['report-to-pacer machine', ...RELEASE],
  }),
  row('talking', heard('machine'), 'the agent has a machine that is left a message: the agent is free at once', {
    given: leavingBeside,
    to: 'awaiting-beep',
    result: 'machine',
    does: ['stop-seeking', 'report-to-pacer machine', 'release-agent s1 machine', ...AWAIT_BEEP],
    leaves: { session: 's1', bridgedAt: BRIDGED_AT },
  }),
  row('waiting', heard('machine'), 'a machine that is left a message has no agent yet: none is sought any more', {
    given: leavingBeside,
    to: 'awaiting-beep',
    result: 'machine',
    does: ['stop-seeking', 'report-to-pacer machine', ...AWAIT_BEEP],
  }),
];

const awaitingBeep: readonly CallRow[] = [
  row('awaiting-beep', { type: 'beep', heard: true }, 'the machine is silent: the message plays', {
    to: 'leaving-message',
    result: 'machine',
    does: ['leave-message', 'set-timer limit +110000'],
  }),
  row('awaiting-beep', { type: 'beep', heard: false }, 'the machine never falls silent: no message', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('awaiting-beep', { type: 'beep-refused' }, 'no one can listen for the beep: no message', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('awaiting-beep', { type: 'limit-reached' }, 'nothing is heard of the beep: no message', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('awaiting-beep', found, 'an agent comes who is no longer sought: given back', {
    to: 'awaiting-beep',
    result: 'machine',
    does: ['release-agent s1 not-connected'],
  }),
  row('awaiting-beep', hangingUp, 'the far end says why it hangs up', {
    to: 'awaiting-beep',
    result: 'machine',
    does: [],
    leaves: keepsCause,
  }),
  row('awaiting-beep', ended(16), 'the machine hangs up first', { to: 'ended', result: 'machine', does: CLOSE }),
  row('awaiting-beep', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'machine',
    does: CLOSE,
  }),
];

const leavingMessage: readonly CallRow[] = [
  row('leaving-message', { type: 'message-over', played: true }, 'the message has been left', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    leaves: { messageLeft: true },
  }),
  row('leaving-message', { type: 'message-over', played: false }, 'the message cannot be played', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('leaving-message', { type: 'message-over', played: true }, 'the machine hung up in the middle of the message', {
    given: { cause: 16 },
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('leaving-message', { type: 'limit-reached' }, 'the message is too long: cut, not left', {
    to: 'releasing',
    result: 'machine',
    does: RELEASE,
    drops: ['messageLeft'],
  }),
  row('leaving-message', found, 'an agent comes who is no longer sought: given back', {
    to: 'leaving-message',
    result: 'machine',
    does: ['release-agent s1 not-connected'],
  }),
  row('leaving-message', hangingUp, 'the far end says why it hangs up', {
    to: 'leaving-message',
    result: 'machine',
    does: [],
    leaves: keepsCause,
  }),
  row('leaving-message', ended(16), 'the machine hangs up in the middle of the message', {
    to: 'ended',
    result: 'machine',
    does: CLOSE,
    drops: ['messageLeft'],
  }),
  row('leaving-message', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'machine',
    does: CLOSE,
  }),
];

export const ROWS_OF_MESSAGES: readonly CallRow[] = [
  ...optingOut,
  ...confirming,
  ...machines,
  ...awaitingBeep,
  ...leavingMessage,
];
