// What every event does to a call once a person is there, to its end.

import { ANSWERED_AT, BRIDGED_AT } from './builders.ts';
import {
  BY_EXCHANGE,
  CLOSE,
  RELEASE,
  TOO_LATE,
  ended,
  found,
  foundOther,
  hangingUp,
  heard,
  keepsCause,
  lostItsAgent,
  parallel,
  vanished,
  row,
  type CallRow,
} from './row.ts';

const waiting: readonly CallRow[] = [
  row('waiting', found, 'an agent is found: the legs are joined at once', {
    to: 'connecting',
    does: ['clear-timer limit', 'join-agent b-s1', 'stop-waiting-sound'],
    leaves: { session: 's1', bridge: 'b-s1' },
  }),
  row('waiting', { type: 'agent-lost' }, 'the agent being rung does not come: the next is sought', {
    to: 'waiting',
    does: ['seek-agent'],
  }),
  row('waiting', heard('human'), 'the detector beside says person', {
    given: parallel,
    to: 'waiting',
    does: ['note-progress'],
    leaves: { verdict: 'human', verdictCause: 'C' },
  }),
  row('waiting', heard('machine'), 'the detector beside says machine', {
    given: parallel,
    to: 'releasing',
    result: 'machine',
    does: ['stop-seeking', 'report-to-pacer machine', ...RELEASE],
  }),
  row('waiting', { type: 'limit-reached' }, 'no agent in time: the message plays', {
    to: 'abandon-message',
    result: 'abandoned',
    does: [
      'stop-seeking',
      'report-to-pacer abandoned',
      'stop-waiting-sound',
      'play-abandon-message',
      'set-timer limit +60000',
    ],
    leaves: { endedBy: 'dialer' },
  }),
  row('waiting', { type: 'limit-reached' }, 'a conversation that lost its agent finds no other', {
    given: lostItsAgent,
    to: 'abandon-message',
    result: 'connected',
    does: ['stop-seeking', 'stop-waiting-sound', 'play-abandon-message', 'set-timer limit +60000'],
  }),
  row('waiting', { type: 'abandon-message-begun' }, 'the exchange plays the message, we were not there to: abandoned', {
    to: 'abandon-message',
    result: 'abandoned',
    does: BY_EXCHANGE,
    leaves: { arrived: false, endedBy: 'dialer' },
  }),
  row('waiting', hangingUp, 'the far end says why it hangs up', { to: 'waiting', does: [], leaves: keepsCause }),
  row('waiting', ended(16), 'the person hangs up before an agent is found', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', ...CLOSE],
    leaves: { endedBy: 'person' },
  }),
  row('waiting', ended(16), 'the person of a conversation that lost its agent hangs up', {
    given: lostItsAgent,
    to: 'ended',
    result: 'connected',
    does: ['stop-seeking', ...CLOSE],
  }),
  row('waiting', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
];

const connecting: readonly CallRow[] = [
  row('connecting', { type: 'bridged', bridge: 'b-s1' }, 'both legs are in one bridge', {
    to: 'talking',
    does: ['agent-connected s1', 'report-to-pacer connected', 'note-progress'],
    leaves: { bridgedAt: ANSWERED_AT + 1_000 },
  }),
  row('connecting', { type: 'join-refused' }, 'the bridge takes no leg: another agent is sought, the limit runs on', {
    to: 'waiting',
    does: ['release-agent s1 not-connected', 'start-waiting-sound', 'set-timer limit +850', 'seek-agent'],
  }),
  row('connecting', { type: 'join-refused' }, 'the bridge takes no leg and the limit is over', {
    at: ANSWERED_AT + 1_900,
    to: 'abandon-message',
    result: 'abandoned',
    does: [
      'release-agent s1 not-connected',
      'stop-seeking',
      'report-to-pacer abandoned',
      'stop-waiting-sound',
      'play-abandon-message',
      'set-timer limit +60000',
    ],
  }),
  row('connecting', heard('machine'), 'the detector beside says machine', {
    given: parallel,
    to: 'releasing',
    result: 'machine',
    does: ['stop-seeking', 'report-to-pacer machine', 'release-agent s1 machine', ...RELEASE],
  }),
  row('connecting', foundOther, 'a second agent comes: given back', {
    to: 'connecting',
    does: ['release-agent s2 not-connected'],
    leaves: { session: 's1' },
  }),
  row('connecting', { type: 'agent-lost' }, "the agent's phone is lost before the legs are joined", {
    to: 'waiting',
    does: ['release-agent s1 not-connected', 'start-waiting-sound', 'set-timer limit +850', 'seek-agent'],
  }),
  row(
    'connecting',
    { type: 'abandon-message-begun' },
    'the exchange was quicker than the agent: the person hears the message',
    {
      to: 'abandon-message',
      result: 'abandoned',
      does: [
        'report-to-pacer abandoned',
        'stop-seeking',
        'release-agent s1 not-connected',
        'clear-timer ring',
        'set-timer limit +60000',
      ],
      leaves: { arrived: false, endedBy: 'dialer' },
      drops: ['session', 'bridge'],
    },
  ),
  row('connecting', hangingUp, 'the far end says why it hangs up', { to: 'connecting', does: [], leaves: keepsCause }),
  row('connecting', ended(16), 'the person hangs up as the agent is being joined', {
    to: 'ended',
    result: 'rejected',
    does: ['stop-seeking', 'release-agent s1 not-connected', ...CLOSE],
  }),
  row('connecting', ended(16), 'the person hangs up as a second agent takes the conversation over', {
    given: lostItsAgent,
    to: 'ended',
    result: 'connected',
    does: ['stop-seeking', 'release-agent s1 not-connected', ...CLOSE],
    drops: ['session'],
  }),
  row('connecting', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'rejected',
    does: ['stop-seeking', 'release-agent s1 not-connected', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
];

const talking: readonly CallRow[] = [
  row('talking', heard('human'), 'the detector beside says person', {
    given: parallel,
    to: 'talking',
    does: ['note-progress'],
    leaves: { verdict: 'human' },
  }),
  row('talking', heard('machine'), 'the detector beside says machine: the agent is free again at once', {
    given: parallel,
    to: 'releasing',
    result: 'machine',
    does: ['stop-seeking', 'report-to-pacer machine', 'release-agent s1 machine', ...RELEASE],
  }),
  row('talking', foundOther, 'a second agent comes: given back', {
    to: 'talking',
    does: ['release-agent s2 not-connected'],
  }),
  row('talking', { type: 'agent-hung-up' }, 'the agent ends the conversation', {
    to: 'releasing',
    result: 'connected',
    does: ['release-agent s1 agent-hung-up', ...RELEASE],
    leaves: { endedBy: 'agent' },
  }),
  row('talking', { type: 'agent-lost' }, "the agent's phone is lost: the person hears music, another agent is sought", {
    to: 'waiting',
    does: ['start-waiting-sound', 'set-timer limit +20000', 'seek-agent'],
    leaves: { bridge: 'b-s1' },
    drops: ['session'],
  }),
  row(
    'talking',
    { type: 'abandon-message-begun' },
    'the exchange has taken the person away: connected, the agent is free',
    {
      to: 'abandon-message',
      result: 'connected',
      does: ['stop-seeking', 'release-agent s1 person-hung-up', 'clear-timer ring', 'set-timer limit +60000'],
      leaves: { arrived: false },
      drops: ['session', 'bridge'],
    },
  ),
  row('talking', hangingUp, 'the far end says why it hangs up', { to: 'talking', does: [], leaves: keepsCause }),
  row('talking', ended(16), 'the person hangs up', {
    to: 'ended',
    result: 'connected',
    does: ['release-agent s1 person-hung-up', ...CLOSE],
    leaves: { endedBy: 'person', session: 's1' },
  }),
  row('talking', ended(16), 'the person puts down at once: no conversation, the agent is asked nothing', {
    at: ANSWERED_AT + 999,
    to: 'ended',
    result: 'rejected',
    does: ['release-agent s1 not-connected', ...CLOSE],
    leaves: { endedBy: 'person', session: 's1' },
  }),
  row('talking', ended(127, 406), 'joined, and no sound can be agreed on: the person has met no agent', {
    at: ANSWERED_AT + 20,
    to: 'ended',
    result: 'abandoned',
    does: ['report-to-pacer abandoned', 'release-agent s1 not-connected', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
  row('talking', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'connected',
    does: ['release-agent s1 person-hung-up', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
];

const inAbandonMessage: readonly CallRow[] = [
  row('abandon-message', { type: 'abandon-message-over' }, 'the message has been heard', {
    to: 'releasing',
    result: 'abandoned',
    does: RELEASE,
  }),
  row(
    'abandon-message',
    { type: 'abandon-message-begun' },
    'the exchange was quicker and plays the message: ours will not',
    {
      to: 'abandon-message',
      result: 'abandoned',
      does: ['stop-seeking', 'clear-timer ring', 'set-timer limit +60000'],
      leaves: { arrived: false },
    },
  ),
  row('abandon-message', { type: 'limit-reached' }, 'the message does not end', {
    to: 'releasing',
    result: 'abandoned',
    does: RELEASE,
  }),
  row('abandon-message', { type: 'arrived' }, 'found in the dialplan after a restart, the leg comes after all', {
    given: { arrived: false },
    to: 'abandon-message',
    result: 'abandoned',
    does: ['play-abandon-message', 'set-timer limit +60000'],
  }),
  row('abandon-message', heard('machine'), 'the detector is late: kept on the attempt, the call stays abandoned', {
    given: parallel,
    to: 'abandon-message',
    result: 'abandoned',
    does: [],
    leaves: { verdict: 'machine', verdictCause: 'C' },
  }),
  row('abandon-message', found, 'an agent comes too late: given back', {
    to: 'abandon-message',
    result: 'abandoned',
    does: ['release-agent s1 not-connected'],
  }),
  row('abandon-message', hangingUp, 'the far end says why it hangs up', {
    to: 'abandon-message',
    result: 'abandoned',
    does: [],
    leaves: keepsCause,
  }),
  row('abandon-message', ended(16), 'the person hangs up in the message', {
    to: 'ended',
    result: 'abandoned',
    does: CLOSE,
  }),
  row('abandon-message', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'abandoned',
    does: CLOSE,
  }),
  row('abandon-message', ended(16), 'it was in conversation before a crash: connected, whatever was decided since', {
    given: { bridgedAt: BRIDGED_AT },
    to: 'ended',
    result: 'connected',
    does: CLOSE,
  }),
];

const releasing: readonly CallRow[] = [
  row('releasing', { type: 'answered' }, 'the person picks up as our hang-up is on its way: got no agent', {
    to: 'releasing',
    result: 'abandoned',
    does: TOO_LATE,
  }),
  row('releasing', { type: 'abandon-message-begun' }, 'the same, and the exchange plays the message', {
    to: 'releasing',
    result: 'abandoned',
    does: TOO_LATE,
  }),
  row('releasing', { type: 'arrived' }, 'the same, the answer went unheard', {
    to: 'releasing',
    result: 'abandoned',
    does: TOO_LATE,
  }),
  row('releasing', found, 'an agent comes too late: given back', {
    to: 'releasing',
    result: 'no-answer',
    does: ['release-agent s1 not-connected'],
  }),
  row('releasing', hangingUp, 'the far end says why it hangs up', {
    to: 'releasing',
    result: 'no-answer',
    does: [],
    leaves: keepsCause,
  }),
  row('releasing', ended(16, 200), 'the person had picked up too late, and the leg is gone', {
    given: { result: 'abandoned', answeredAt: ANSWERED_AT, liveAt: ANSWERED_AT },
    to: 'ended',
    result: 'abandoned',
    does: CLOSE,
    leaves: { sipCode: 200, endedBy: 'dialer' },
  }),
  row('releasing', ended(16), 'the leg is gone: the result is what was decided', {
    to: 'ended',
    result: 'no-answer',
    does: CLOSE,
  }),
  row('releasing', vanished(false), 'nothing is heard of the leg any more', {
    to: 'ended',
    result: 'no-answer',
    does: CLOSE,
  }),
  row('releasing', vanished(true, 16), 'its call record says that somebody answered after all', {
    to: 'ended',
    result: 'abandoned',
    does: [...TOO_LATE, ...CLOSE],
  }),
];

export const ROWS_AFTER_THE_ANSWER: readonly CallRow[] = [
  ...waiting,
  ...connecting,
  ...talking,
  ...inAbandonMessage,
  ...releasing,
];
