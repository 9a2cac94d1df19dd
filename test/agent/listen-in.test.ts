// Hearing agents from any phone by keys.

import { describe, expect, test } from 'vitest';
import {
  LISTEN_IN_EVENTS,
  LISTEN_IN_STATES,
  startListenIn,
  stepListenIn,
  type ListenIn,
  type ListenInEffect,
  type ListenInEvent,
  type ListenInState,
} from '../../src/agent/listen-in.ts';

const keys = (typed: string): ListenInEvent[] => Array.from(typed, (key) => ({ type: 'key', key }));
const begun: ListenInEvent = { type: 'begun' };
const WHO = { leg: 'p-1', account: 'a900', number: '900', user: 'eva' };

function inWords(effect: ListenInEffect): string {
  switch (effect.do) {
    case 'say':
      return `say ${effect.prompts.join(' ')}${effect.digits === undefined ? '' : ` (${effect.digits})`}`;
    case 'begin':
      return `begin ${effect.agent}`;
    case 'next':
      return `next after ${effect.after ?? 'none'}`;
    case 'mode':
      return `mode ${effect.mode}`;
    default:
      return effect.do;
  }
}

/** Number and PIN were right, and then these things happen. */
function play(...events: readonly ListenInEvent[]): { listenIn: ListenIn; does: readonly string[] } {
  const [started, ...first] = startListenIn(WHO);
  let listenIn = started;
  const does = first.map(inWords);
  for (const event of events) {
    const step = stepListenIn(listenIn, event);
    listenIn = step.listenIn;
    does.push(...step.effects.map(inWords));
  }
  return { listenIn, does: does.filter((effect) => effect !== 'await-key') };
}

/** What follows once agent 201 is heard. */
const heard = (...events: readonly ListenInEvent[]): readonly string[] =>
  play(...keys('201#'), begun, ...events).does.slice(3);

const asked = 'say enter-agent-to-hear';

describe('[S-03] a supervisor by phone', () => {
  test('types the agent’s number: heard, with the number and the keys said; with the next agent the number alone', () => {
    const another: ListenInEvent = { type: 'next', agent: '202' };
    expect(play(...keys('201#'), begun, ...keys('#'), another, begun).does).toEqual([
      asked,
      'begin 201',
      'say you-hear-agent keys-listening (201)',
      'next after 201',
      'begin 202',
      'say you-hear-agent (202)',
    ]);
  });

  test('# alone: the next agent who talks; no one does: told so, asked again', () => {
    expect(play(...keys('#')).does).toEqual([asked, 'next after none']);
    expect(play(...keys('#'), { type: 'next' }).does.at(-1)).toBe('say no-one-talks enter-agent-to-hear');
    expect(heard(...keys('#'), { type: 'next' })).toEqual(['next after 201', 'say no-one-talks']);
  });

  test('a star begins the number again; alone it is the end', () => {
    expect(play(...keys('99*201#')).does.at(-1)).toBe('begin 201');
    expect(play(...keys('*')).does).toEqual([asked, 'say goodbye', 'hang-up']);
  });

  test('1, 2, 3 and 4 change who hears the supervisor, 0 says the keys, others do nothing', () => {
    expect(heard(...keys('123405678'))).toEqual([
      'mode listen',
      'mode whisper',
      'mode barge',
      'mode take-over',
      'say keys-listening',
    ]);
  });

  test('what was carried out is said; a person who was taken over hears no prompt, and keys are theirs', () => {
    const set = (mode: 'listen' | 'whisper' | 'barge' | 'take-over'): ListenInEvent => ({ type: 'mode-set', mode });
    expect(heard(set('whisper'), set('barge'), set('listen'))).toEqual([
      'say agent-hears-you',
      'say both-hear-you',
      'say no-one-hears-you',
    ]);
    const taken = play(...keys('201#'), begun, set('take-over'), ...keys('*'));
    expect([taken.listenIn.state, taken.does.slice(3)]).toEqual(['done', []]);
  });

  test('a star leaves the agent, and asks for another', () => {
    expect(heard(...keys('*202#'))).toEqual(['leave', asked, 'begin 202']);
  });

  test('the call ends: told so, and stays for the next', () => {
    const over = play(...keys('201#'), begun, { type: 'call-over' });
    expect([over.does.at(-1), over.listenIn.state]).toEqual(['say call-over-stay', 'listening']);
  });

  test('take over without a conversation: told so', () => {
    expect(heard(...keys('4'), { type: 'mode-refused' })).toEqual(['mode take-over', 'say no-call']);
  });

  test.each([
    ['not-there', 'agent-not-there'],
    ['number-listens', 'number-listens'],
  ] as const)('an agent who cannot be heard (%s): told why, asked again', (why, prompt) => {
    const { does, listenIn } = play(...keys('201#'), { type: 'not-heard', why });
    expect(does.at(-1)).toBe(`say ${prompt} enter-agent-to-hear`);
    expect(listenIn).not.toHaveProperty('agent');
  });

  test.each(['agent-left', 'ended'] as const)('the agent is no longer heard (%s): told so, asked again', (why) => {
    expect(heard({ type: 'not-heard', why })).toEqual(['say listening-over enter-agent-to-hear']);
  });

  test.each([[[]], [keys('201#')], [[...keys('201#'), begun]]])(
    'the right is taken away: sent away at once',
    (before) => {
      const { does, listenIn } = play(...before, { type: 'not-heard', why: 'no-right' });
      expect([does.slice(-3), listenIn.state]).toEqual([['leave', 'say may-not-listen goodbye', 'hang-up'], 'done']);
    },
  );

  test('keys without end: no more than 16 are kept', () => {
    expect(play(...keys(`${'1'.repeat(40)}#`)).does.at(-1)).toBe(`begin ${'1'.repeat(16)}`);
  });
});

describe('[S-03] every state and event of a supervisor’s phone', () => {
  const events: Readonly<Record<ListenInEvent['type'], ListenInEvent>> = {
    key: { type: 'key', key: '1' },
    next: { type: 'next', agent: '202' },
    begun,
    'not-heard': { type: 'not-heard', why: 'agent-left' },
    'mode-set': { type: 'mode-set', mode: 'whisper' },
    'mode-refused': { type: 'mode-refused' },
    'call-over': { type: 'call-over' },
    silence: { type: 'silence' },
    ended: { type: 'ended' },
  };
  const ignored: Readonly<Record<ListenInState, readonly ListenInEvent['type'][]>> = {
    'asking-agent': ['begun', 'not-heard', 'mode-set', 'mode-refused', 'call-over'],
    beginning: ['key', 'next', 'mode-set', 'mode-refused', 'call-over', 'silence'],
    listening: ['begun', 'silence'],
    done: LISTEN_IN_EVENTS,
  };

  test.each(LISTEN_IN_STATES)('%s: exactly the pinned events are ignored', (state) => {
    const listenIn: ListenIn = { ...WHO, state, typed: '', agent: '201' };
    const unheard = LISTEN_IN_EVENTS.filter((type) => stepListenIn(listenIn, events[type]).ignored);
    expect(unheard).toEqual(ignored[state]);
  });

  test('silence where an agent is asked for: good-bye; a phone that hangs up: nothing more is done', () => {
    expect(play({ type: 'silence' }).does).toEqual([asked, 'say goodbye', 'hang-up']);
    for (const before of [[], keys('201#'), [...keys('201#'), begun]])
      expect(stepListenIn(play(...before).listenIn, events.ended)).toMatchObject({
        effects: [],
        listenIn: { state: 'done' },
      });
  });
});
