// Legs moved behind the engine's back in a simulated call centre: conversations go on, nothing is left over, and while
// no one meddles the guard asks for nothing, however late and often events come.

import { afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { population } from '../../../src/sim/population.ts';
import type { Trouble } from '../../../src/sim/wire.ts';
import { breaches, watch } from '../../support/invariants.ts';
import { Rig } from '../../support/rig.ts';

const HOUR_MS = 3_600_000;
/** Meddling is noticed after the way of the event, a moment of patience, and the way of the command. */
const BACK_WITHIN_MS = 60;
const LIMIT_MS = 240_000;

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

interface Talk {
  readonly bridge: string;
  readonly person: string;
  readonly phone: string;
}

async function centre(options: { seed: number; agents?: number; records?: number; trouble?: Trouble }): Promise<Rig> {
  rig = await Rig.start({
    agents: 6,
    records: 80,
    ...options,
    plan: population({ talk: { meanMs: 40_000, deviationMs: 20_000 } }),
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  return rig;
}

function talks(on: Rig): Talk[] {
  return on.exchange.look().bridges.flatMap(({ bridge, legs }) => {
    const person = legs.find((leg) => leg.startsWith('c-'));
    const phone = legs.find((leg) => !leg.startsWith('c-'));
    return person === undefined || phone === undefined ? [] : [{ bridge, person, phone }];
  });
}

async function someTalk(on: Rig): Promise<Talk> {
  await on.clock.runUntilTrue(() => talks(on).length > 0, HOUR_MS);
  await on.clock.runFor(500); // both sides know of it
  const talk = talks(on)[0];
  if (!talk) throw new Error('nobody talks');
  return talk;
}

const isWhole = (on: Rig, talk: Talk): boolean =>
  talks(on).some(
    ({ bridge, person, phone }) => bridge === talk.bridge && person === talk.person && phone === talk.phone,
  );

const MOVES = ['kick', 'redirect'] as const;
const SIDES = ['person', 'phone'] as const;

test.each(MOVES.flatMap((move) => SIDES.map((side) => [move, side] as const)))(
  '[D-02] [O-13] %s of the %s in mid-conversation: together again at once',
  async (move, side) => {
    const on = await centre({ seed: 3 });
    const talk = await someTalk(on);
    on.exchange.meddler[move](talk[side]);
    expect(isWhole(on, talk)).toBe(false);
    await on.clock.runFor(BACK_WITHIN_MS);
    expect(isWhole(on, talk)).toBe(true);
    expect(on.complaints.filter((line) => line.includes('brought back'))).toHaveLength(1);
  },
);

test('[D-02] [O-13] the bridge of a conversation is destroyed: it is there again, with both', async () => {
  const on = await centre({ seed: 4 });
  const talk = await someTalk(on);
  on.exchange.meddler.destroy(talk.bridge);
  await on.clock.runFor(BACK_WITHIN_MS);
  expect(isWhole(on, talk)).toBe(true);
});

test('[D-02] [O-13] a person of one conversation is put into another: goes back to their own', async () => {
  const on = await centre({ seed: 5 });
  await on.clock.runUntilTrue(() => talks(on).length > 1, HOUR_MS);
  await on.clock.runFor(500);
  const [one, other] = talks(on);
  if (!one || !other) throw new Error('there are no two conversations');
  on.exchange.meddler.put(one.person, other.bridge);
  await on.clock.runFor(BACK_WITHIN_MS);
  expect(isWhole(on, one) && isWhole(on, other)).toBe(true);
});

test('[D-02] [O-13] an unknown leg enters a conversation: it is hung up, the conversation goes on', async () => {
  const on = await centre({ seed: 6 });
  const talk = await someTalk(on);
  on.exchange.meddler.intrude('intruder', talk.bridge);
  await on.clock.runFor(BACK_WITHIN_MS);
  expect(on.exchange.look().legs.map(({ leg }) => leg)).not.toContain('intruder');
  expect(isWhole(on, talk)).toBe(true);
});

test('[D-02] [O-13] moved while the link is down: brought back when it is up again', async () => {
  const on = await centre({ seed: 7 });
  const talk = await someTalk(on);
  on.exchange.dropLink();
  on.exchange.meddler.kick(talk.phone);
  await on.clock.runFor(300);
  on.exchange.restoreLink();
  await on.clock.runFor(500);
  expect(isWhole(on, talk)).toBe(true);
});

test('[D-02] [O-13] the person is taken again and again: the agent is freed, the person finds another', async () => {
  const on = await centre({ seed: 8, agents: 8 });
  const talk = await someTalk(on);
  for (let i = 0; i < 4; i += 1) {
    on.exchange.meddler.kick(talk.person);
    await on.clock.runFor(200);
  }
  await on.clock.runUntilTrue(
    () => talks(on).some(({ person, bridge }) => person === talk.person && bridge !== talk.bridge),
    20_000,
  );
  expect(isWhole(on, talk)).toBe(false);
  expect(on.exchange.look().bridges.find(({ bridge }) => bridge === talk.bridge)?.legs).toEqual([talk.phone]);
});

test.each([11, 12, 13])(
  '[D-02] [O-13] somebody meddles all day, seed %i: nothing lost, doubled, stuck or crossed',
  async (seed) => {
    const on = await centre({ seed, agents: 4, records: 25, trouble: { doubled: 0.1, late: 0.1, lateMs: 50 } });
    const random = seededRandom(seed);
    const meddle = (): void => {
      const { legs, bridges } = on.exchange.look();
      const leg = legs[random.integer(legs.length)];
      const bridge = bridges[random.integer(bridges.length)];
      const { meddler } = on.exchange;
      const roll = random.integer(4);
      if (leg?.ours && roll === 0) meddler.kick(leg.leg);
      if (leg?.ours && roll === 1) meddler.redirect(leg.leg);
      if (bridge && roll === 2) meddler.intrude(`intruder-${on.clock.now()}`, bridge.bridge);
      if (bridge && roll === 3) meddler.destroy(bridge.bridge);
      if (!on.isExhausted) on.clock.after(4000 * (0.5 + random.next()), meddle);
    };
    meddle();
    expect(await on.untilExhausted(3 * HOUR_MS)).toBe(true);
    await on.wrapUpTheDay();
    expect(await breaches(on, { silenceMs: Infinity }), `seed ${seed}`).toEqual([]);
  },
  LIMIT_MS,
);

test.each([21, 22])(
  '[D-02] [O-13] no one meddles, events come late and twice, seed %i: the guard asks for nothing',
  async (seed) => {
    const on = await centre({ seed, agents: 4, records: 25, trouble: { doubled: 0.2, late: 0.2, lateMs: 100 } });
    const seen = watch(on, { lines: 200 });
    expect(await on.untilExhausted(3 * HOUR_MS)).toBe(true);
    await on.wrapUpTheDay();
    expect([...seen, ...(await breaches(on, { silenceMs: 2300 }))]).toEqual([]);
    expect(on.complaints.filter((line) => line.includes('something other than outdial'))).toEqual([]);
  },
  LIMIT_MS,
);
