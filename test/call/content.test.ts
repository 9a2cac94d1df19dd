// What lives on the exchange against what we believe: each disagreement by its name.

import { describe, expect, test } from 'vitest';
import { contentFaults, stillThere, type FoundContent, type KnownContent } from '../../src/call/content.ts';

/** Agent 7 talks with the person of attempt 1, agent 8 waits. */
const known: KnownContent = {
  legs: new Set(['c-1', 'a-7', 'a-8', 'signing-in']),
  seats: [
    { session: 's7', agent: '7', bridge: 'b-s7', phone: 'a-7', attempt: '1' },
    { session: 's8', agent: '8', bridge: 'b-s8', phone: 'a-8' },
  ],
  people: [{ attempt: '1', leg: 'c-1' }],
};

const found: FoundContent = {
  legs: ['c-1', 'a-7', 'a-8', 'signing-in'].map((leg) => ({ leg, ours: true })),
  bridges: [
    { bridge: 'b-s7', legs: ['a-7', 'c-1'] },
    { bridge: 'b-s8', legs: ['a-8'] },
  ],
};

/** The same with other legs in agent 7's bridge. */
const withBridge7 = (...legs: string[]): FoundContent => ({
  ...found,
  bridges: [{ bridge: 'b-s7', legs }, ...found.bridges.slice(1)],
});

describe('[O-08] content of the exchange', () => {
  test('one agent talks, one waits, one phone signs in: nothing disagrees', () => {
    expect(contentFaults(known, found)).toEqual([]);
  });

  test('a bridge that is no session’s: named with the legs in it', () => {
    const bridge = { bridge: 'b-gone', legs: ['Local;1'] };
    expect(contentFaults(known, { ...found, bridges: [...found.bridges, bridge] })).toEqual([
      { what: 'unknown-bridge', ...bridge },
    ]);
  });

  test('the person has been taken out of the bridge: a conversation without a customer', () => {
    expect(contentFaults(known, withBridge7('a-7'))).toEqual([
      { what: 'conversation-without-customer', agent: '7', attempt: '1' },
    ]);
  });

  test('our call is closed and its leg still talks with the agent: no customer, and an unknown leg in the bridge', () => {
    const closed = { ...known, people: [], legs: new Set([...known.legs].filter((leg) => leg !== 'c-1')) };
    expect(contentFaults(closed, found)).toEqual([
      { what: 'unknown-leg-in-bridge', bridge: 'b-s7', agent: '7', leg: 'c-1' },
      { what: 'unknown-leg', leg: 'c-1' },
      { what: 'conversation-without-customer', agent: '7', attempt: '1' },
    ]);
  });

  test('the agent’s phone has left: the person talks with no agent', () => {
    expect(contentFaults(known, withBridge7('c-1'))).toEqual([{ what: 'conversation-without-agent', attempt: '1' }]);
  });

  test('a third leg listens in the conversation: an unknown leg', () => {
    expect(contentFaults(known, withBridge7('a-7', 'c-1', 'x'))).toEqual([
      { what: 'unknown-leg-in-bridge', bridge: 'b-s7', agent: '7', leg: 'x' },
    ]);
  });

  test('a leg that waits with an agent who has no conversation: an unknown leg', () => {
    const waiting = { ...found, bridges: [...found.bridges.slice(0, 1), { bridge: 'b-s8', legs: ['a-8', 'x'] }] };
    expect(contentFaults(known, waiting)).toEqual([
      { what: 'unknown-leg-in-bridge', bridge: 'b-s8', agent: '8', leg: 'x' },
    ]);
  });

  test('a leg of somebody else’s on the same Asterisk is no fault; one under our control that belongs to nothing is', () => {
    const legs = [...found.legs, { leg: 'theirs', ours: false }, { leg: 'lost', ours: true }];
    expect(contentFaults(known, { ...found, legs })).toEqual([{ what: 'unknown-leg', leg: 'lost' }]);
  });

  test('an agent’s phone that is away and waits for no person is no fault', () => {
    const away: KnownContent = {
      ...known,
      seats: [...known.seats.slice(0, 1), { session: 's8', agent: '8', bridge: 'b-s8' }],
    };
    const without = { ...found, bridges: found.bridges.slice(0, 1) };
    expect(contentFaults(away, without)).toEqual([]);
  });

  test('what disagrees at one moment alone passes by itself', () => {
    const lost = { what: 'unknown-leg', leg: 'lost' } as const;
    const other = { what: 'unknown-leg', leg: 'other' } as const;
    expect(stillThere([lost], [lost, other])).toEqual([lost]);
  });
});
