// What every event does to a call from the INVITE to the word of the detector.

import { ANSWERED_AT, RINGING_AT } from './builders.ts';
import {
  BY_EXCHANGE,
  CLOSE,
  GIVE_UP,
  RELEASE,
  TOO_LATE,
  before,
  ended,
  found,
  hangingUp,
  heard,
  keeping,
  keepsCause,
  parallel,
  vanished,
  row,
  type CallRow,
} from './row.ts';

const placing: readonly CallRow[] = [
  row('placing', { type: 'place-failed', reason: 'no route' }, 'the exchange refuses the call', {
    to: 'ended',
    result: 'failed',
    does: ['hang-up', ...CLOSE],
  }),
  row('placing', { type: 'ringing' }, 'the network rings', {
    to: 'ringing',
    does: ['set-timer ring +25000', 'report-to-pacer ringing'],
    leaves: { ringingAt: RINGING_AT + 6_000 },
  }),
  row('placing', { type: 'progress' }, 'early media instead of ringing', {
    to: 'ringing',
    does: ['set-timer ring +25000', 'report-to-pacer ringing'],
  }),
  row('placing', { type: 'answered' }, 'picked up without ringing', {
    to: 'answered',
    does: [
      'clear-timer ring',
      'report-to-pacer answered',
      'report-to-pacer live',
      'set-timer limit +1850',
      'seek-agent',
    ],
  }),
  row('placing', { type: 'arrived' }, 'the leg comes under control, ring and answer went unheard', {
    to: 'waiting',
    does: [
      'clear-timer ring',
      'report-to-pacer answered',
      'report-to-pacer live',
      'set-timer limit +1850',
      'seek-agent',
      'start-waiting-sound',
    ],
  }),
  row('placing', { type: 'ring-timeout' }, 'the network never even rang', {
    to: 'releasing',
    result: 'failed',
    does: GIVE_UP,
  }),
  row(
    'placing',
    { type: 'abandon-message-begun' },
    'picked up unheard, and the exchange plays the message: abandoned',
    {
      at: ANSWERED_AT,
      to: 'abandon-message',
      result: 'abandoned',
      does: ['report-to-pacer answered', 'report-to-pacer live', ...BY_EXCHANGE],
      leaves: { answeredAt: ANSWERED_AT - 2_000, liveAt: ANSWERED_AT - 2_000 },
    },
  ),
  row('placing', hangingUp, 'the far end says why it hangs up', { to: 'placing', does: [], leaves: keepsCause }),
  row('placing', ended(34, 503), 'the network is congested', { to: 'ended', result: 'congestion', does: CLOSE }),
  row('placing', ended(18, 408), 'the network does not answer at all', { to: 'ended', result: 'failed', does: CLOSE }),
  row('placing', vanished(false), 'gone without a call record: the INVITE never left', {
    to: 'ended',
    result: 'failed',
    does: CLOSE,
  }),
];

const ringing: readonly CallRow[] = [
  row('ringing', { type: 'answered' }, 'the person picks up: an agent is sought in the same turn', {
    to: 'answered',
    does: [
      'clear-timer ring',
      'report-to-pacer answered',
      'report-to-pacer live',
      'set-timer limit +1850',
      'seek-agent',
    ],
  }),
  row('ringing', { type: 'answered' }, 'picked up, detection comes before the agent', {
    given: before,
    to: 'answered',
    does: ['clear-timer ring', 'report-to-pacer answered'],
    leaves: { answeredAt: RINGING_AT + 6_000 },
  }),
  row('ringing', { type: 'arrived' }, 'the leg comes under control, the answer went unheard; a detector listens', {
    given: before,
    to: 'detecting',
    does: ['clear-timer ring', 'report-to-pacer answered', 'detect-before-agent', 'set-timer limit +8000'],
  }),
  row('ringing', { type: 'ring-timeout' }, 'no one picks up in the ring time', {
    at: RINGING_AT + 25_000,
    to: 'releasing',
    result: 'no-answer',
    does: GIVE_UP,
  }),
  row('ringing', { type: 'ring-timeout' }, 'the ring timer fires before the legal ring time: wound again', {
    to: 'ringing',
    does: ['set-timer ring +9000'],
  }),
  row('ringing', { type: 'cancel' }, 'the pacer wants the line back after the legal ring time', {
    at: RINGING_AT + 15_000,
    to: 'releasing',
    result: 'cancelled',
    does: GIVE_UP,
  }),
  ...(['placing', 'ringing'] as const).map((state) =>
    row(state, { type: 'cancel', byAgent: true }, 'the agent who had it dialed takes it back, however soon', {
      to: 'releasing',
      result: 'cancelled',
      does: GIVE_UP,
    }),
  ),
  row(
    'ringing',
    { type: 'abandon-message-begun' },
    'picked up unheard, and the exchange plays the message: abandoned',
    {
      at: ANSWERED_AT,
      to: 'abandon-message',
      result: 'abandoned',
      does: ['report-to-pacer answered', 'report-to-pacer live', ...BY_EXCHANGE],
      leaves: { answeredAt: ANSWERED_AT - 2_000, liveAt: ANSWERED_AT - 2_000 },
    },
  ),
  row('ringing', hangingUp, 'the far end says why it hangs up', { to: 'ringing', does: [], leaves: keepsCause }),
  row('ringing', ended(17, 486), 'busy', { to: 'ended', result: 'busy', does: CLOSE }),
  row('ringing', ended(18, 408), 'the network gives up ringing: no answer', {
    to: 'ended',
    result: 'no-answer',
    does: CLOSE,
    leaves: { endedBy: 'network', sipCode: 408 },
  }),
  row('ringing', ended(34, 503), 'the network breaks off after ringing', {
    to: 'ended',
    result: 'congestion',
    does: CLOSE,
  }),
  row('ringing', vanished(false, 19), 'gone, its call record says that it was not answered', {
    to: 'ended',
    result: 'no-answer',
    does: CLOSE,
  }),
  row('ringing', vanished(true, 16), 'gone, its call record says that somebody answered: a person got no agent', {
    to: 'ended',
    result: 'abandoned',
    does: [...TOO_LATE, ...CLOSE],
  }),
];

const answered: readonly CallRow[] = [
  row('answered', { type: 'arrived' }, 'the leg comes before an agent is found', {
    to: 'waiting',
    does: ['start-waiting-sound'],
    leaves: { arrived: true },
  }),
  row('answered', { type: 'arrived' }, 'the leg comes, a detector listens beside the conversation', {
    given: { ...parallel, session: 's1', bridge: 'b-s1' },
    to: 'connecting',
    does: ['join-agent b-s1', 'detect-in-parallel'],
  }),
  row('answered', { type: 'arrived' }, 'the leg comes, detection is before the agent', {
    given: before,
    to: 'detecting',
    does: ['detect-before-agent', 'set-timer limit +8000'],
  }),
  row('answered', { type: 'arrived' }, 'the leg comes after the limit: the message plays', {
    given: { result: 'abandoned' },
    to: 'abandon-message',
    result: 'abandoned',
    does: ['play-abandon-message', 'set-timer limit +60000'],
  }),
  row('answered', found, 'an agent is found before the leg comes', {
    to: 'answered',
    does: ['clear-timer limit'],
    leaves: { session: 's1', bridge: 'b-s1' },
  }),
  row('answered', found, 'an agent is found after the limit: given back', {
    given: { result: 'abandoned' },
    to: 'answered',
    result: 'abandoned',
    does: ['release-agent s1 not-connected'],
  }),
  row(
    'answered',
    { type: 'agent-lost' },
    'the agent found is lost: another is sought, the limit runs from the answer',
    {
      given: { session: 's1', bridge: 'b-s1' },
      to: 'answered',
      does: ['release-agent s1 not-connected', 'set-timer limit +850', 'seek-agent'],
    },
  ),
  row('answered', { type: 'limit-reached' }, 'no agent in time, the leg has not come yet', {
    to: 'answered',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned'],
  }),
  row(
    'answered',
    { type: 'abandon-message-begun' },
    'the exchange plays the message before the leg was ours: abandoned',
    {
      to: 'abandon-message',
      result: 'abandoned',
      does: BY_EXCHANGE,
    },
  ),
  row('answered', hangingUp, 'the far end says why it hangs up', { to: 'answered', does: [], leaves: keepsCause }),
  row('answered', ended(16), 'the person hangs up before an agent is found', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', ...CLOSE],
    leaves: { endedBy: 'person' },
  }),
  row('answered', ended(16), 'the person hangs up before the detector listened: counts as a live answer', {
    given: before,
    without: ['liveAt'],
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer live', 'report-to-pacer abandoned', ...CLOSE],
  }),
  row(
    'answered',
    ended(16),
    'the person hangs up at once, before the detector listened: a live answer not kept waiting',
    {
      given: before,
      without: ['liveAt'],
      at: ANSWERED_AT + 999,
      to: 'ended',
      result: 'rejected',
      does: ['stop-seeking', 'report-to-pacer live', ...CLOSE],
    },
  ),
  row('answered', ended(16), 'the person hangs up although an agent was there', {
    given: { session: 's1', bridge: 'b-s1' },
    to: 'ended',
    result: 'rejected',
    does: ['stop-seeking', 'release-agent s1 not-connected', ...CLOSE],
  }),
  row('answered', ended(31), 'the leg never came, the limit is over: abandoned although an agent was found', {
    given: { session: 's1', bridge: 'b-s1' },
    at: ANSWERED_AT + 2_000,
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', 'release-agent s1 not-connected', ...CLOSE],
  }),
  row('answered', ended(58, 488), 'picked up, and no sound can be agreed on: abandoned although an agent was found', {
    given: { session: 's1', bridge: 'b-s1' },
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', 'release-agent s1 not-connected', ...CLOSE],
    leaves: { endedBy: 'network', sipCode: 488 },
  }),
  row('answered', ended(127, 406), 'the same before a detector listened: at once, and yet not rejected', {
    given: before,
    without: ['liveAt'],
    at: ANSWERED_AT + 1,
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer live', 'report-to-pacer abandoned', ...CLOSE],
    leaves: { endedBy: 'network', liveAt: ANSWERED_AT + 1 },
  }),
  row('answered', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer abandoned', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
];

const detecting: readonly CallRow[] = [
  row('detecting', heard('human'), 'a person is heard: an agent is sought, the limit runs from now', {
    to: 'waiting',
    does: ['report-to-pacer live', 'start-waiting-sound', 'set-timer limit +1850', 'seek-agent'],
    leaves: { verdict: 'human', verdictCause: 'C', liveAt: ANSWERED_AT + 1_000 },
  }),
  row('detecting', heard('machine'), 'a machine is heard', {
    to: 'releasing',
    result: 'machine',
    does: ['report-to-pacer machine', ...RELEASE],
    leaves: { verdict: 'machine', verdictCause: 'C' },
  }),
  row('detecting', heard('fax'), 'a fax is heard', {
    to: 'releasing',
    result: 'fax',
    does: ['report-to-pacer machine', ...RELEASE],
  }),
  row('detecting', heard('machine'), 'a machine is heard, the campaign keeps machines', {
    given: keeping,
    to: 'waiting',
    does: ['report-to-pacer live', 'start-waiting-sound', 'set-timer limit +1850', 'seek-agent'],
  }),
  row('detecting', { type: 'detect-refused' }, 'no detector can be had: taken for a person', {
    to: 'waiting',
    does: ['report-to-pacer live', 'start-waiting-sound', 'set-timer limit +1850', 'seek-agent'],
    leaves: { verdict: 'unsure', verdictCause: 'detector-refused' },
  }),
  row('detecting', { type: 'limit-reached' }, 'the detector says nothing: taken for a person', {
    to: 'waiting',
    does: ['report-to-pacer live', 'start-waiting-sound', 'set-timer limit +1850', 'seek-agent'],
    leaves: { verdict: 'unsure', verdictCause: 'no-verdict' },
  }),
  row('detecting', found, 'an agent comes who was not asked for: given back', {
    to: 'detecting',
    does: ['release-agent s1 not-connected'],
  }),
  row(
    'detecting',
    { type: 'abandon-message-begun' },
    'the detector never spoke and the exchange plays the message: abandoned',
    {
      given: before,
      to: 'abandon-message',
      result: 'abandoned',
      does: ['report-to-pacer live', ...BY_EXCHANGE],
    },
  ),
  row('detecting', hangingUp, 'the far end says why it hangs up', { to: 'detecting', does: [], leaves: keepsCause }),
  row('detecting', ended(16), 'the person hangs up in the silence of the detector', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer live', 'report-to-pacer abandoned', ...CLOSE],
  }),
  row('detecting', ended(16), 'the person hangs up at once: not kept waiting', {
    at: ANSWERED_AT + 999,
    to: 'ended',
    result: 'rejected',
    does: ['stop-seeking', 'report-to-pacer live', ...CLOSE],
  }),
  row('detecting', vanished(true), 'the leg is gone from the exchange', {
    to: 'ended',
    result: 'abandoned',
    does: ['stop-seeking', 'report-to-pacer live', 'report-to-pacer abandoned', ...CLOSE],
  }),
];

export const ROWS_TO_THE_ANSWER: readonly CallRow[] = [...placing, ...ringing, ...answered, ...detecting];
