// What the agent's controls do to a conversation.

import type { CallEvent } from '../../src/call/call.ts';
import type { Talk, TalkEvent } from '../../src/call/talk.ts';
import { BRIDGED_AT } from './builders.ts';
import { CLOSE, RELEASE, ended, row, type CallRow } from './row.ts';

const HELD_AT = BRIDGED_AT + 5_000;
const at = HELD_AT;
const on = (control: TalkEvent): CallEvent => ({ type: 'control', control });
const talk = (parts: Partial<Talk>): { readonly talk: Talk } => ({ talk: { line: 'open', mute: 'off', ...parts } });
const held = talk({ line: 'held', heldAt: HELD_AT });
const muted = talk({ mute: 'on' });

const holding: readonly CallRow[] = [
  row('talking', on({ type: 'hold' }), 'the agent puts the person on hold: they leave the bridge', {
    to: 'talking',
    does: ['part b-s1'],
    leaves: talk({ line: 'parting' }),
  }),
  row('talking', on({ type: 'parted' }), 'the person is out of the bridge: they hear music, the agent that they do', {
    given: talk({ line: 'parting' }),
    at,
    to: 'talking',
    does: ['start-hold-music', 'prompt-agent held'],
    leaves: held,
  }),
  row('talking', on({ type: 'refused', order: 'hold' }), 'the exchange does not take them out: they talk on', {
    given: talk({ line: 'parting' }),
    to: 'talking',
    does: [],
    leaves: talk({}),
  }),
  row('talking', on({ type: 'resume' }), 'the agent takes the person back: into the bridge', {
    given: held,
    to: 'talking',
    does: ['rejoin b-s1'],
    leaves: talk({ line: 'rejoining', heldAt: HELD_AT }),
  }),
  row('talking', on({ type: 'rejoined' }), 'the person is back: the music ends', {
    given: talk({ line: 'rejoining', heldAt: HELD_AT }),
    to: 'talking',
    does: ['stop-hold-music', 'prompt-agent open'],
    leaves: talk({}),
  }),
  row('talking', on({ type: 'refused', order: 'resume' }), 'the exchange does not bring them back: still on hold', {
    given: talk({ line: 'rejoining', heldAt: HELD_AT }),
    to: 'talking',
    does: [],
    leaves: held,
  }),
  row('talking', ended(16), 'the person hangs up on hold', {
    given: held,
    at: BRIDGED_AT + 60_000,
    to: 'ended',
    result: 'connected',
    does: ['release-agent s1 person-hung-up', ...CLOSE],
    drops: ['talk'],
    leaves: { endedBy: 'person' },
  }),
  row('talking', { type: 'agent-hung-up' }, 'the agent hangs up a person on hold', {
    given: held,
    to: 'releasing',
    result: 'connected',
    does: ['release-agent s1 agent-hung-up', ...RELEASE],
    drops: ['talk'],
  }),
  row('talking', { type: 'agent-lost' }, "the agent's phone is lost while the person is on hold: another is sought", {
    given: held,
    to: 'waiting',
    does: ['start-waiting-sound', 'set-timer limit +20000', 'seek-agent'],
    drops: ['talk', 'session'],
  }),
];

const muting: readonly CallRow[] = [
  row('talking', on({ type: 'mute' }), 'the agent mutes: asked for, not so yet', {
    to: 'talking',
    does: ['mute-agent s1'],
    leaves: talk({ mute: 'muting' }),
  }),
  row('talking', on({ type: 'muted' }), 'no one hears the agent', {
    given: talk({ mute: 'muting' }),
    to: 'talking',
    does: [],
    leaves: muted,
  }),
  row('talking', on({ type: 'unmute' }), 'the agent wants to be heard again', {
    given: muted,
    to: 'talking',
    does: ['unmute-agent s1'],
    leaves: talk({ mute: 'unmuting' }),
  }),
  row('talking', on({ type: 'unmuted' }), 'the agent is heard', {
    given: talk({ mute: 'unmuting' }),
    to: 'talking',
    does: [],
    leaves: talk({}),
  }),
  row('talking', on({ type: 'refused', order: 'mute' }), 'the exchange does not mute: the agent is heard', {
    given: talk({ mute: 'muting' }),
    to: 'talking',
    does: [],
    leaves: talk({}),
  }),
  row('talking', on({ type: 'refused', order: 'unmute' }), 'the exchange does not unmute: still muted', {
    given: talk({ mute: 'unmuting' }),
    to: 'talking',
    does: [],
    leaves: muted,
  }),
  row('talking', on({ type: 'parted' }), 'hold leaves a muted agent muted', {
    given: talk({ line: 'parting', mute: 'on' }),
    at,
    to: 'talking',
    does: ['start-hold-music', 'prompt-agent held'],
    leaves: talk({ line: 'held', heldAt: HELD_AT, mute: 'on' }),
  }),
  row('talking', on({ type: 'rejoined' }), 'and so does the way back', {
    given: talk({ line: 'rejoining', heldAt: HELD_AT, mute: 'on' }),
    to: 'talking',
    does: ['stop-hold-music', 'prompt-agent open'],
    leaves: muted,
  }),
  row('talking', ended(16), 'the person of a muted agent hangs up: the phone is not mute for the next one', {
    given: muted,
    at: BRIDGED_AT + 60_000,
    to: 'ended',
    result: 'connected',
    does: ['unmute-agent s1', 'release-agent s1 person-hung-up', ...CLOSE],
    drops: ['talk'],
  }),
];

export const ROWS_OF_CONTROLS: readonly CallRow[] = [...holding, ...muting];
