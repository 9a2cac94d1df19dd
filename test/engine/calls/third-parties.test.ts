// Third parties in a simulated call centre: consulted, joined, given the person; busy, silent, gone; over a crash of ours.

import { afterEach, expect, test } from 'vitest';
import type { CallOrder, CallStanding, WantedThird } from '../../../src/engine/calls/call-orders.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const LIMIT_MS = 240_000;
const CLAIMS = '+12125550123';
const BUSY = '+12125550199';
const SILENT = '+12125550188';
const at = (afterMs: number, outcome: CallPlan['outcome']): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs,
  outcome,
});
const plan = (to: string): CallPlan => {
  if (to.endsWith(BUSY.slice(-7))) return at(1_000, { type: 'refused', sipCode: 486, cause: 17 });
  if (to.endsWith(SILENT.slice(-7))) return at(0, { type: 'no-answer' });
  return at(2_000, { type: 'person', talksMs: 600_000 });
};

const transfer = {
  destinations: [
    { name: 'claims', label: 'Claims', number: CLAIMS, key: '1' },
    { name: 'busy', label: 'Busy', number: BUSY },
    { name: 'silent', label: 'Silent', number: SILENT },
  ],
  anyNumber: false,
  agents: true,
  ringMs: 20_000,
};

/** Who is in a conversation with the only person, and who is not. */
async function talking(options: RigOptions = {}): Promise<{ on: Rig; agent: string; other: string }> {
  const { campaign, ...rest } = options;
  rig = await Rig.start({
    agents: 2,
    records: 1,
    plan,
    ...rest,
    campaign: { mode: 'progressive', transfer, ...campaign },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  const on = rig;
  const talker = (): string | undefined => ['100', '101'].find((agent) => on.engine.callOf(agent) !== undefined);
  expect(await on.clock.runUntilTrue(() => talker() !== undefined, LIMIT_MS)).toBe(true);
  await on.clock.runFor(2_000);
  const agent = talker() ?? '';
  return { on, agent, other: agent === '100' ? '101' : '100' };
}

const ask = (on: Rig, agent: string, order: CallOrder): Promise<CallStanding | undefined> =>
  on.clock.settle(on.engine.controlCall(agent, order), LIMIT_MS);
const consult = (on: Rig, agent: string, to: WantedThird) => ask(on, agent, { do: 'consult', to });
const phoneOf = (on: Rig, agent: string): string => on.phones.find(({ account }) => account === `a${agent}`)?.leg ?? '';

/** The bridges with who is in them, in words. */
function bridges(on: Rig, agent: string, other: string): string[] {
  const names = (leg: string): string => {
    if (leg === phoneOf(on, agent)) return 'agent';
    if (leg === phoneOf(on, other)) return 'other';
    return leg.startsWith('c-') ? 'person' : leg.startsWith('t-') ? 'third' : leg;
  };
  return on.exchange
    .look()
    .bridges.map(({ legs }) => legs.map(names).toSorted().join('+'))
    .filter((members) => members !== '')
    .toSorted();
}
const personOf = (on: Rig): string => on.exchange.look().legs.find(({ leg }) => leg.startsWith('c-'))?.leg ?? '';

async function everythingIsClosed(on: Rig): Promise<void> {
  const [row] = await on.store.attempts.list({});
  const calls = await on.store.thirdParties.of(row?.attempt ?? '');
  expect(calls.filter(({ endedAt, result }) => endedAt === null || result === null)).toEqual([]);
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  expect(on.exchange.look().bridges.filter(({ bridge }) => bridge.startsWith('x-'))).toEqual([]);
  for (const { id, number } of calls) {
    if (number !== null) expect(on.exchange.callRecords.all.filter(({ attempt }) => attempt === id)).toHaveLength(1);
  }
}

test('[D-06] consult: the person hears music, agent and third party talk; back: only the two of before', async () => {
  const { on, agent, other } = await talking();
  const asked = await consult(on, agent, { destination: 'claims' });
  expect(asked).toMatchObject({ third: { who: 'claims', kind: 'number', state: 'calling' }, parties: [] });
  await on.clock.runFor(4_000);

  expect(on.engine.callOf(agent)).toMatchObject({ third: { state: 'here' }, parties: ['third-party'] });
  expect(bridges(on, agent, other)).toEqual(['agent+third', 'other']);
  expect(on.exchange.isHeld(personOf(on))).toBe(true);
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);

  expect(await ask(on, agent, { do: 'back' })).toMatchObject({ parties: ['person'] });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent+person', 'other']);
  expect(on.exchange.isHeld(personOf(on))).toBe(false);
  await everythingIsClosed(on);
  expect(on.complaints).toEqual([]);
});

test('[D-06] attended transfer: person and third party in a bridge of their own, the agent wraps up, and then the record is decided', async () => {
  const { on, agent, other } = await talking();
  await consult(on, agent, { destination: 'claims' });
  await on.clock.runFor(4_000);
  expect(await ask(on, agent, { do: 'complete' })).toBeUndefined();
  await on.clock.runFor(500);

  expect(bridges(on, agent, other)).toEqual(['agent', 'other', 'person+third']);
  expect((await on.engine.agents()).find(({ number }) => number === agent)?.state).toBe('wrap-up');
  await on.clock.runFor(60_000);
  expect(bridges(on, agent, other)).toContain('person+third');
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);

  expect(await on.untilExhausted(3_600_000)).toBe(true);
  await on.clock.runFor(5_000);
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', agent });
  expect(row?.disposition).not.toBeNull();
  const parts = await on.store.callParts.of(row?.attempt ?? '');
  expect(parts.map(({ part, who }) => `${part} ${who}`)).toEqual(
    expect.arrayContaining([`talk ${agent}`, `held ${agent}`, 'consult claims', 'third-party claims']),
  );
  await everythingIsClosed(on);
});

test('[D-06] three-way: all three in one bridge; the third party hangs up: the two go on', async () => {
  const { on, agent, other } = await talking({
    plan: (to) => (to.endsWith(CLAIMS.slice(-7)) ? at(1_000, { type: 'person', talksMs: 20_000 }) : plan(to)),
  });
  await consult(on, agent, { destination: 'claims' });
  await on.clock.runFor(3_000);
  expect(await ask(on, agent, { do: 'join' })).toMatchObject({ parties: ['person', 'third-party'] });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent+person+third', 'other']);

  await on.clock.runFor(25_000);
  expect(bridges(on, agent, other)).toEqual(['agent+person', 'other']);
  expect(on.engine.callOf(agent)).not.toHaveProperty('third');
  await everythingIsClosed(on);
});

test('[D-06] blind transfer: the agent is free at once, the person hears music until the third party is there', async () => {
  const { on, agent, other } = await talking();
  expect(await ask(on, agent, { do: 'transfer', to: { destination: 'claims' } })).toBeUndefined();
  expect((await on.engine.agents()).find(({ number }) => number === agent)?.state).toBe('wrap-up');
  await on.clock.runFor(100);
  expect(on.exchange.isHeld(personOf(on))).toBe(true);
  await on.clock.runFor(4_000);
  expect(bridges(on, agent, other)).toEqual(['agent', 'other', 'person+third']);
  expect(on.exchange.isHeld(personOf(on))).toBe(false);
});

test.each([
  ['busy', 3_000],
  ['silent', 32_000],
])('[D-06] blind transfer to a third party who is %s: the person hears so and has an agent again', async (name, ms) => {
  const { on, agent, other } = await talking();
  await ask(on, agent, { do: 'transfer', to: { destination: name } });
  await on.clock.runFor(ms);
  await on.clock.runUntilTrue(() => on.engine.callOf(other) !== undefined, 10_000);

  expect(on.engine.callOf(other)).toBeDefined();
  const heard = on.exchange.calls[0]?.heard.map(({ sound }) => sound);
  expect(heard).toContain('outdial/transfer-failed');
  await on.clock.runFor(5_000);
  await everythingIsClosed(on);
});

test('[D-06] consulted, the third party is busy: the agent hears so and has the person back', async () => {
  const { on, agent, other } = await talking();
  await consult(on, agent, { destination: 'busy' });
  await on.clock.runFor(4_000);
  expect(on.engine.callOf(agent)).toMatchObject({ parties: ['person'], pending: false });
  expect(bridges(on, agent, other)).toEqual(['agent+person', 'other']);
  const [row] = await on.store.attempts.list({});
  expect(await on.store.thirdParties.of(row?.attempt ?? '')).toMatchObject([
    { who: 'busy', result: 'busy', how: 'consult', byAgent: agent },
  ]);
});

test('[D-06] the person hangs up while a third party is consulted: the third party is let go, the agent wraps up', async () => {
  const { on, agent } = await talking({
    plan: (to) => (to.endsWith(CLAIMS.slice(-7)) ? plan(to) : at(2_000, { type: 'person', talksMs: 12_000 })),
  });
  await consult(on, agent, { destination: 'claims' });
  await on.clock.runFor(15_000);
  expect(on.engine.callOf(agent)).toBeUndefined();
  expect(on.exchange.look().legs.filter(({ leg }) => leg.startsWith('t-'))).toEqual([]);
  await everythingIsClosed(on);
});

test('[D-06] transfer to an agent: who is not ready is refused and nothing changes; who is ready has the person', async () => {
  const { on, agent, other } = await talking();
  on.phones.find(({ account }) => account === `a${other}`)?.press('0');
  await on.clock.runFor(1_000);
  await expect(ask(on, agent, { do: 'transfer', to: { agent: other } })).rejects.toMatchObject({
    code: 'transfer-agent-not-ready',
  });
  expect(bridges(on, agent, other)).toEqual(['agent+person', 'other']);
  on.phones.find(({ account }) => account === `a${other}`)?.press('1');
  await on.clock.runFor(1_000);

  await ask(on, agent, { do: 'transfer', to: { agent: other } });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent', 'other+person']);
  expect(on.engine.callOf(other)).toMatchObject({ parties: ['person'] });
});

test('[D-06] an agent is consulted in the bridge of the first, has the person at the end, and both say what it was: the last word counts', async () => {
  const { on, agent, other } = await talking({
    plan: () => at(2_000, { type: 'person', talksMs: 120_000 }),
  });
  await consult(on, agent, { agent: other });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent+other']);
  expect(on.engine.callOf(agent)).toMatchObject({ third: { who: other, kind: 'agent', state: 'here' } });

  await ask(on, agent, { do: 'complete' });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent', 'other+person']);
  expect(await on.untilExhausted(3_600_000)).toBe(true);
  await on.clock.runFor(60_000);
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', agent: other });
  expect(row?.disposition).not.toBeNull();
  await everythingIsClosed(on);
});

test('[D-06] an agent who was consulted is let go: back in the own bridge and ready', async () => {
  const { on, agent, other } = await talking();
  await consult(on, agent, { agent: other });
  await on.clock.runFor(1_000);
  await ask(on, agent, { do: 'back' });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent+person', 'other']);
  expect((await on.engine.agents()).find(({ number }) => number === other)?.state).toBe('ready');
  await everythingIsClosed(on);
});

test("[D-06] the agent's phone is lost in a consultation: the third party is let go, the person has another agent", async () => {
  const { on, agent, other } = await talking();
  await consult(on, agent, { destination: 'claims' });
  await on.clock.runFor(4_000);
  on.phones.find(({ account }) => account === `a${agent}`)?.lost();
  await on.clock.runFor(8_000);
  expect(on.engine.callOf(other)).toMatchObject({ parties: ['person'] });
  expect(on.exchange.look().legs.filter(({ leg }) => leg.startsWith('t-'))).toEqual([]);
});

test('[O-09] kill -9 in a consultation: it goes on, is shown afterwards, and is completed', async () => {
  const { on, agent, other } = await talking();
  await consult(on, agent, { destination: 'claims' });
  await on.clock.runFor(4_000);
  on.killEngine();
  await on.clock.runFor(5_000);
  await on.startEngine();
  await on.clock.runFor(1_000);

  expect(on.engine.callOf(agent)).toMatchObject({ third: { who: 'claims', state: 'here' }, parties: ['third-party'] });
  expect(bridges(on, agent, other)).toEqual(['agent+third', 'other']);
  await ask(on, agent, { do: 'complete' });
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toContain('person+third');
});

test('[O-09] kill -9 after the person was given away: they talk on, and nothing is left over at the end', async () => {
  const { on, agent, other } = await talking({
    plan: (to) => (to.endsWith(CLAIMS.slice(-7)) ? plan(to) : at(2_000, { type: 'person', talksMs: 60_000 })),
  });
  await ask(on, agent, { do: 'transfer', to: { destination: 'claims' } });
  await on.clock.runFor(4_000);
  on.killEngine();
  await on.clock.runFor(3_000);
  await on.startEngine();
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toContain('person+third');
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  await on.clock.runFor(90_000);
  expect(bridges(on, agent, other)).not.toContain('person+third');
  await everythingIsClosed(on);
});

test('[O-09] kill -9 while a third party is called for a person: the call is let go, the person has an agent', async () => {
  const { on, agent, other } = await talking();
  await ask(on, agent, { do: 'transfer', to: { destination: 'silent' } });
  await on.clock.runFor(3_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await on.clock.runFor(10_000);
  expect(bridges(on, agent, other).some((members) => members.includes('person'))).toBe(true);
  expect(on.exchange.look().legs.filter(({ leg }) => leg.startsWith('t-'))).toEqual([]);
  await everythingIsClosed(on);
});

test('[D-06] the gate of numbers: what no trunk dials is refused, and so is a number where the campaign names whom', async () => {
  const { on, agent } = await talking({
    campaign: {
      transfer: { ...transfer, destinations: [{ name: 'premium', label: 'Premium', number: '+19005550123' }] },
    },
  });
  await expect(consult(on, agent, { destination: 'premium' })).rejects.toMatchObject({ code: 'number-not-dialed' });
  await expect(consult(on, agent, { number: CLAIMS })).rejects.toMatchObject({ code: 'transfer-not-allowed' });
  await expect(consult(on, agent, { destination: 'clams' })).rejects.toMatchObject({ code: 'transfer-unknown' });
  await expect(ask(on, agent, { do: 'complete' })).rejects.toMatchObject({ code: 'third-party-missing' });
  expect(on.engine.callOf(agent)).toMatchObject({ parties: ['person'] });
});

test('[D-06] by the keys of the phone: *4 and the digit speaks first, *6 gives the person away', async () => {
  const { on, agent, other } = await talking();
  const phone = on.phones.find(({ account }) => account === `a${agent}`);
  phone?.press('*41');
  await on.clock.runFor(5_000);
  expect(bridges(on, agent, other)).toEqual(['agent+third', 'other']);
  phone?.press('*6');
  await on.clock.runFor(1_000);
  expect(bridges(on, agent, other)).toEqual(['agent', 'other', 'person+third']);
});
