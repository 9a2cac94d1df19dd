// What becomes of a conversation into which the agent brings a third party, to the end of the call.

import type { CallEvent } from '../../src/call/call.ts';
import type { Talk, TalkEvent, Third } from '../../src/call/talk.ts';
import { ANSWERED_AT, BRIDGED_AT } from './builders.ts';
import { CLOSE, RELEASE, ended, foundOther, hangingUp, keepsCause, row, vanished, type CallRow } from './row.ts';

const HELD_AT = BRIDGED_AT + 5_000;
const on = (control: TalkEvent): CallEvent => ({ type: 'control', control });
const talk = (parts: Partial<Talk>): { readonly talk: Talk } => ({ talk: { line: 'open', mute: 'off', ...parts } });
const held = talk({ line: 'held', heldAt: HELD_AT });
const claims: Third = { id: 'th1', leg: 't-th1', who: { kind: 'number', name: 'claims' }, state: 'wanted' };
const other: Third = { ...claims, leg: 'a-2', who: { kind: 'agent', agent: '2002', session: 's2' } };
const being = (state: Third['state'], third = claims) => ({ third: { ...third, state } });
const late = BRIDGED_AT + 60_000;
const GIVEN = 'release-agent s1 agent-hung-up';
const LOOKS_AGAIN = ['prompt-person', 'set-timer limit +20000', 'seek-agent'];
const EXCHANGE_SAYS = ['stop-seeking', 'clear-timer ring', 'set-timer limit +60000'];

const consulting: readonly CallRow[] = [
  row('talking', on({ type: 'consult', third: claims }), 'consults: the person leaves, the third party is called', {
    to: 'talking',
    does: ['part b-s1', 'call-third th1'],
    leaves: { ...talk({ line: 'parting' }), ...being('calling') },
  }),
  row('talking', on({ type: 'consult', third: claims }), 'consults with the person on hold already', {
    given: held,
    to: 'talking',
    does: ['call-third th1'],
    leaves: { ...held, ...being('calling') },
  }),
  row('talking', on({ type: 'parted' }), 'the person is on hold for a third party: no words for it', {
    given: { ...talk({ line: 'parting' }), ...being('calling') },
    to: 'talking',
    does: ['start-hold-music'],
  }),
  row('talking', on({ type: 'third-arrived', id: 'th1' }), 'the third party answers', {
    given: { ...held, ...being('calling') },
    to: 'talking',
    does: ['seat-third th1 b-s1'],
    leaves: being('joining'),
  }),
  row('talking', on({ type: 'third-joined', id: 'th1' }), 'agent and third party talk', {
    given: { ...held, ...being('joining') },
    to: 'talking',
    does: ['prompt-agent third-here'],
    leaves: being('here'),
  }),
  row('talking', on({ type: 'third-ended', id: 'th1' }), 'busy, silent or gone: the agent has the person back', {
    given: { ...held, ...being('calling') },
    to: 'talking',
    does: ['prompt-agent third-gone', 'rejoin b-s1'],
    leaves: talk({ line: 'rejoining', heldAt: HELD_AT }),
    drops: ['third'],
  }),
  row('talking', on({ type: 'third-ended', id: 'th1' }), 'the same before the person is out of the bridge', {
    given: { ...talk({ line: 'parting' }), ...being('calling') },
    to: 'talking',
    does: ['prompt-agent third-gone'],
    leaves: talk({ line: 'parting', then: 'rejoin' }),
    drops: ['third'],
  }),
  row('talking', on({ type: 'parted' }), 'out of the bridge for a third party who is gone by then: back at once', {
    given: talk({ line: 'parting', then: 'rejoin' }),
    to: 'talking',
    does: ['rejoin b-s1'],
  }),
  row('talking', on({ type: 'third-ended', id: 'th1' }), 'of three one is gone: the two talk on', {
    given: { ...talk({}), ...being('here') },
    to: 'talking',
    does: ['prompt-agent third-gone'],
    drops: ['third'],
  }),
  row('talking', on({ type: 'back' }), 'the agent lets the third party go', {
    given: { ...held, ...being('here') },
    to: 'talking',
    does: ['drop-third th1', 'rejoin b-s1'],
    drops: ['third'],
  }),
  row('talking', on({ type: 'resume' }), 'the person joins agent and third party', {
    given: { ...held, ...being('here') },
    to: 'talking',
    does: ['rejoin b-s1'],
    leaves: being('here'),
  }),
  row('talking', ended(16), 'the person hangs up while a third party is consulted', {
    given: { ...held, ...being('here') },
    at: late,
    to: 'ended',
    result: 'connected',
    does: ['drop-third th1', 'release-agent s1 person-hung-up', ...CLOSE],
    drops: ['third', 'talk'],
  }),
  row('talking', { type: 'agent-lost' }, "the agent's phone is lost while a third party is consulted", {
    given: { ...held, ...being('here') },
    to: 'waiting',
    does: ['drop-third th1', 'start-waiting-sound', 'set-timer limit +20000', 'seek-agent'],
    drops: ['third', 'talk', 'session'],
  }),
];

const giving: readonly CallRow[] = [
  row('talking', on({ type: 'complete' }), 'consulted, the third party gets the person', {
    given: { ...held, ...being('here') },
    to: 'talking',
    does: ['hand-over th1'],
    leaves: talk({ line: 'leaving', heldAt: HELD_AT }),
  }),
  row('talking', on({ type: 'handed' }), 'they are in a bridge of their own: the agent is done', {
    given: { ...talk({ line: 'leaving', heldAt: HELD_AT }), ...being('here') },
    to: 'handed-over',
    does: ['stop-hold-music', GIVEN, 'note-progress'],
    leaves: being('here'),
    drops: ['talk', 'session', 'bridge'],
  }),
  row('talking', on({ type: 'refused', order: 'complete' }), 'the exchange does not put them together: as before', {
    given: { ...talk({ line: 'leaving', heldAt: HELD_AT }), ...being('here') },
    to: 'talking',
    does: [],
    leaves: { ...held, ...being('here') },
  }),
  row('talking', on({ type: 'transfer', third: claims }), 'gives the person away: they leave first', {
    to: 'talking',
    does: ['part b-s1'],
    leaves: { ...talk({ line: 'parting', then: 'give-away' }), ...being('wanted') },
  }),
  row('talking', on({ type: 'parted' }), 'the person is out: the agent is done, the third party is called', {
    given: { ...talk({ line: 'parting', then: 'give-away' }), ...being('wanted') },
    to: 'handing-over',
    does: ['start-hold-music', GIVEN, 'call-third th1', 'set-timer limit +30000'],
    leaves: being('calling'),
    drops: ['talk', 'session', 'bridge'],
  }),
  row('talking', on({ type: 'refused', order: 'hold' }), 'the person does not leave: no one is called', {
    given: { ...talk({ line: 'parting', then: 'give-away' }), ...being('wanted') },
    to: 'talking',
    does: [],
    leaves: talk({}),
    drops: ['third'],
  }),
  row('talking', on({ type: 'transfer', third: other }), 'gives a person on hold to another agent', {
    given: held,
    to: 'waiting',
    does: ['start-hold-music', GIVEN, 'set-timer limit +20000', 'give-to-agent s2'],
    drops: ['third', 'talk', 'session', 'bridge'],
  }),
  row('talking', on({ type: 'complete' }), 'an agent who was consulted gets the person', {
    given: { ...held, ...being('here', other) },
    to: 'waiting',
    does: ['start-hold-music', 'drop-third th1', GIVEN, 'set-timer limit +20000', 'give-to-agent s2'],
    drops: ['third', 'talk', 'session', 'bridge'],
  }),
];

const taking: readonly CallRow[] = [
  row('talking', on({ type: 'take-over', third: claims }), 'a supervisor in the bridge takes the person over', {
    to: 'talking',
    does: ['hand-over th1'],
    leaves: { ...talk({ line: 'leaving' }), ...being('here') },
  }),
];

const handingOver: readonly CallRow[] = [
  row('handing-over', on({ type: 'third-arrived', id: 'th1' }), 'the third party answers', {
    to: 'handing-over',
    does: ['clear-timer limit', 'hand-over th1'],
    leaves: being('joining'),
  }),
  row('handing-over', on({ type: 'handed' }), 'they are together: the music ends', {
    given: being('joining'),
    to: 'handed-over',
    does: ['stop-hold-music'],
    leaves: being('here'),
  }),
  row('handing-over', on({ type: 'third-ended', id: 'th1' }), 'busy, or gone: hears so, the person gets an agent', {
    to: 'waiting',
    does: LOOKS_AGAIN,
    drops: ['third'],
  }),
  row('handing-over', on({ type: 'refused', order: 'complete' }), 'the exchange does not put them together', {
    given: being('joining'),
    to: 'waiting',
    does: ['drop-third th1', ...LOOKS_AGAIN],
    drops: ['third'],
  }),
  row('handing-over', { type: 'limit-reached' }, 'no answer in time', {
    to: 'waiting',
    does: ['drop-third th1', ...LOOKS_AGAIN],
    drops: ['third'],
  }),
];

/** The same with and without the third party there. */
const away = (state: 'handing-over' | 'handed-over'): readonly CallRow[] => [
  row(state, foundOther, 'an agent comes who is not sought', {
    to: state,
    does: ['release-agent s2 not-connected'],
  }),
  row(state, { type: 'abandon-message-begun' }, 'the exchange has taken the person: its message plays', {
    to: 'abandon-message',
    result: 'connected',
    does: ['drop-third th1', ...EXCHANGE_SAYS],
    drops: ['third'],
  }),
  row(state, hangingUp, 'the far end says why it hangs up', { to: state, does: [], leaves: keepsCause }),
  row(state, ended(16), 'the person hangs up: the third party is let go', {
    at: late,
    to: 'ended',
    result: 'connected',
    does: ['drop-third th1', ...CLOSE],
    leaves: { endedBy: 'person' },
    drops: ['third'],
  }),
  row(state, vanished(true), 'the leg is gone from the exchange', {
    at: late,
    to: 'ended',
    result: 'connected',
    does: ['drop-third th1', ...CLOSE],
    leaves: { endedBy: 'network' },
  }),
];

const handedOver: readonly CallRow[] = [
  row('handed-over', on({ type: 'third-ended', id: 'th1' }), 'the third party hangs up: nothing is left to be said', {
    at: ANSWERED_AT + 90_000,
    to: 'releasing',
    result: 'connected',
    does: RELEASE,
    leaves: { endedBy: 'agent' },
    drops: ['third'],
  }),
];

export const ROWS_OF_THIRD_PARTIES: readonly CallRow[] = [
  ...consulting,
  ...giving,
  ...taking,
  ...handingOver,
  ...away('handing-over'),
  ...handedOver,
  ...away('handed-over'),
];
