// What must hold for agents and their records whatever they click, in whatever order, doubled, late, and across crashes.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Wish } from '../../src/interaction/desk.ts';
import type { Act, InteractionPlan } from '../../src/interaction/interaction.ts';
import { MODE_ROWS, type InteractionKind } from '../../src/interaction/modes.ts';
import { aCallback, aPlan } from './builders.ts';
import { World } from './world.ts';

const AGENTS = ['7', '8'] as const;
const RECORDS = 8;
const KINDS = Object.keys(MODE_ROWS) as InteractionKind[];

type Move =
  | { readonly type: 'act'; readonly agent: string; readonly act: Act; readonly isStale: boolean; readonly key: number }
  | { readonly type: 'wish'; readonly agent: string; readonly wish: Wish['do']; readonly key: number }
  | { readonly type: 'deliver'; readonly pick: number; readonly twice: boolean }
  | { readonly type: 'network'; readonly pick: number; readonly answers: boolean }
  | { readonly type: 'pool' | 'offer' | 'lost' | 'stopped' | 'gone'; readonly agent: string }
  | { readonly type: 'later'; readonly ms: number }
  | { readonly type: 'crash' };

const anAgent = fc.constantFrom(...AGENTS);
// Few keys: many commands are sent twice, or with the key of another.
const aKey = fc.nat({ max: 400 });

const anAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>(
    { do: 'accept' },
    { do: 'reject' },
    { do: 'call' },
    { do: 'call', phoneIndex: 1 },
    { do: 'call', typed: { number: '+12125559999', type: 'work' } },
    { do: 'decline', until: 'later' },
    { do: 'decline', until: 'never' },
    { do: 'dispose', code: 'sale' },
    { do: 'dispose', code: 'call-later' },
    { do: 'set-callback', callback: aCallback },
    { do: 'cancel-callback' },
    { do: 'done' },
    { do: 'done', stop: true },
  ),
  fc.constantFrom<Act>({ do: 'cancel-dial' }, { do: 'hang-up', attempt: 'mine' }),
);

const aMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 100,
    arbitrary: fc.record({
      type: fc.constant('act' as const),
      agent: anAgent,
      act: anAct,
      isStale: fc.boolean(),
      key: aKey,
    }),
  },
  {
    weight: 60,
    arbitrary: fc.record({
      type: fc.constant('wish' as const),
      agent: anAgent,
      wish: fc.constantFrom<Wish['do'][]>(
        ...Array<Wish['do']>(12).fill('get-record'),
        'stop',
        ...Array<Wish['do']>(12).fill('set-ready'),
        'set-not-ready',
        ...Array<Wish['do']>(12).fill('go-on'),
        'end-session',
      ),
      key: aKey,
    }),
  },
  {
    weight: 300,
    arbitrary: fc.record({ type: fc.constant('deliver' as const), pick: fc.nat(5), twice: fc.boolean() }),
  },
  {
    weight: 120,
    arbitrary: fc.record({ type: fc.constant('network' as const), pick: fc.nat(3), answers: fc.boolean() }),
  },
  { weight: 40, arbitrary: fc.record({ type: fc.constantFrom('pool' as const, 'offer' as const), agent: anAgent }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('lost' as const, 'stopped' as const, 'gone' as const),
      agent: anAgent,
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({ type: fc.constant('later' as const), ms: fc.constantFrom(1_000, 6_000, 40_000) }),
  },
  { weight: 10, arbitrary: fc.constant<Move>({ type: 'crash' }) },
);

const anyPlan: fc.Arbitrary<InteractionPlan> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    accept: fc.boolean(),
    beforeCallMs: fc.constantFrom(0, 5_000),
    timer: fc.constantFrom(undefined, 0, 10_000),
    atPreviewEnd: fc.constantFrom('dial' as const, 'nothing' as const),
    handDialing: fc.boolean(),
    newNumbers: fc.boolean(),
    wrapUpMs: fc.constantFrom(0, 20_000),
    dispositionRequired: fc.boolean(),
    countdown: fc.constantFrom(undefined, 5_000),
  })
  .map(({ timer, countdown, ...plan }) =>
    aPlan({
      ...plan,
      ...(timer === undefined ? {} : { previewMs: timer }),
      ...(countdown === undefined ? {} : { countdownMs: countdown }),
    }),
  );

const aShift = fc.record({ plan: anyPlan, moves: fc.array(aMove, { minLength: 20, maxLength: 150, size: 'max' }) });

function play(world: World, move: Move): void {
  switch (move.type) {
    case 'act':
      return clicked(world, move);
    case 'wish':
      return wished(world, move);
    case 'deliver':
      world.deliver(move.pick, move.twice);
      return;
    case 'network':
      return world.network(move.pick, move.answers);
    case 'pool':
      return world.answerForPool(move.agent);
    case 'offer':
      return world.offer(move.agent);
    case 'lost':
      return world.send(move.agent, { type: 'session-lost' });
    case 'stopped':
    case 'gone':
      return outside(world, move.agent, move.type);
    case 'later':
      return world.later(move.ms);
    case 'crash':
      return world.crash();
  }
}

function clicked(world: World, { agent, act, isStale, key }: Extract<Move, { type: 'act' }>): void {
  const { open } = world.desk(agent);
  const interaction = open?.interaction ?? 'i1';
  const attempt = open?.attempt;
  const named = (act.do === 'hang-up' || act.do === 'cancel-dial') && attempt !== undefined ? { ...act, attempt } : act;
  const expects = (open?.version ?? 0) - (isStale ? 1 : 0);
  const command = { key: `k${key}`, interaction, expects, act: named };
  world.send(agent, { type: 'command', command });
  world.send(agent, { type: 'command', command });
}

function wished(world: World, { agent, wish, key }: Extract<Move, { type: 'wish' }>): void {
  const { kind } = world.plan;
  const campaign = 'renewals';
  const channel = MODE_ROWS[kind].channel ?? 'voice';
  const wishes: Readonly<Record<Wish['do'], Wish>> = {
    'get-record': { do: 'get-record', campaign, kind },
    stop: { do: 'stop', campaign },
    'set-ready': { do: 'set-ready', channel },
    'set-not-ready': { do: 'set-not-ready', channel },
    'go-on': { do: 'go-on' },
    'end-session': { do: 'end-session' },
  };
  world.send(agent, { type: 'command', command: { key: `w${key}`, wish: wishes[wish] } });
}

function outside(world: World, agent: string, what: 'stopped' | 'gone'): void {
  const { open } = world.desk(agent);
  if (open === undefined) return;
  const event = { type: what === 'stopped' ? ('campaign-stopped' as const) : ('record-gone' as const) };
  world.send(agent, { type: 'interaction', interaction: open.interaction, event });
}

const seen = { interactions: 0, dialed: 0, outcomes: new Set<string>() };

function lived({ plan, moves }: { plan: InteractionPlan; moves: readonly Move[] }): World {
  const world = new World(plan, AGENTS, RECORDS);
  for (const [index, agent] of AGENTS.entries()) {
    for (const wish of ['set-ready', 'get-record'] as const)
      wished(world, { type: 'wish', agent, wish, key: wish === 'set-ready' ? 900 + index : 950 + index });
  }
  for (const move of moves) play(world, move);
  world.closeDown();
  seen.interactions += world.finished.size;
  seen.dialed += world.attempts.size;
  for (const { outcome } of world.finished.values()) seen.outcomes.add(outcome ?? 'none');
  return world;
}

const RUNS = { numRuns: 1_000 };

describe('[A-23] whatever agents click and whatever is lost or doubled', () => {
  test('one open interaction an agent, no record lost or with two agents, every path ends in done', () => {
    fc.assert(
      fc.property(aShift, (shift) => {
        const world = lived(shift);
        expect(world.faults).toEqual([]);
        for (const desk of world.desks.values()) expect(desk).toMatchObject({ isOver: true });
        for (const desk of world.desks.values()) expect(desk.open).toBeUndefined();
        expect(new Set(world.finished.keys())).toEqual(world.begun);
        expect([...world.reserved]).toEqual([]);
        expect(world.records.length + world.gone.size).toBe(RECORDS);
        for (const attempt of world.attempts.values()) {
          expect(attempt).toMatchObject({ state: 'over', closed: attempt.passedOn ? 0 : 1 });
        }
      }),
      RUNS,
    );
    // The property says little when nothing happens in it.
    expect(seen.interactions).toBeGreaterThan(1_200);
    expect(seen.dialed).toBeGreaterThan(200);
    expect([...seen.outcomes]).toEqual(
      expect.arrayContaining([
        'called',
        'declined-later',
        'declined-never',
        'lost',
        'missed',
        'passed-on',
        'postponed',
        'rejected',
        'stopped',
        'undecided',
        'untouched',
        'withdrawn',
      ]),
    );
  });
});
