// An agent's controls of a conversation in a simulated call centre: hold and mute as they are on the exchange, through
// whatever ends them, and over a crash of ours.

import { afterEach, expect, test } from 'vitest';
import type { CallStanding } from '../../../src/engine/calls/call-orders.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const AGENT = '100';
const LIMIT_MS = 240_000;
const person = (): CallPlan => ({
  setUpMs: 200,
  before: 'ringing',
  afterMs: 2_000,
  outcome: { type: 'person', talksMs: 600_000 },
});

/** One agent in a conversation with a person who talks for ten minutes. */
async function talking(options: RigOptions = {}): Promise<Rig> {
  const { campaign, ...rest } = options;
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: person,
    ...rest,
    campaign: { mode: 'progressive', ...campaign },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  const on = rig;
  expect(await on.clock.runUntilTrue(() => on.engine.callOf(AGENT) !== undefined, LIMIT_MS)).toBe(true);
  await on.clock.runFor(2_000);
  return on;
}

const asked = (on: Rig, order: 'hold' | 'resume' | 'mute' | 'unmute' | 'hang-up'): Promise<CallStanding | undefined> =>
  on.clock.settle(on.engine.controlCall(AGENT, { do: order }));

/** As the exchange has it. */
function seen(on: Rig) {
  const { legs, bridges } = on.exchange.look();
  const person = legs.find(({ leg }) => leg.startsWith('c-'))?.leg ?? '';
  const phone = on.phones[0]?.leg ?? '';
  return {
    together: bridges.some(({ legs: members }) => members.includes(person) && members.includes(phone)),
    music: on.exchange.isHeld(person),
    muted: on.exchange.isMuted(phone),
  };
}

const TALKING = { together: true, music: false, muted: false };
const HELD = { together: false, music: true, muted: false };

test('[D-06] hold: the person leaves the agent and hears music, the view says since when; resume: together again', async () => {
  const on = await talking();
  expect(seen(on)).toEqual(TALKING);
  const before = on.clock.now();

  const held = await asked(on, 'hold');
  await on.clock.runFor(100);

  expect(seen(on)).toEqual(HELD);
  expect(held).toMatchObject({ agent: AGENT, muted: false, pending: false });
  expect((held?.heldSince ?? 0) - before).toBeLessThan(100);
  expect(await asked(on, 'resume')).not.toHaveProperty('heldSince');
  await on.clock.runFor(100);
  expect(seen(on)).toEqual(TALKING);
  expect(on.complaints).toEqual([]);
});

test('[D-06] asked twice: on hold since the first time, and no command for the second', async () => {
  const on = await talking();
  const first = await asked(on, 'hold');
  await on.clock.runFor(3_000);

  expect((await asked(on, 'hold'))?.heldSince).toBe(first?.heldSince);
  expect(await asked(on, 'unmute')).toMatchObject({ muted: false });
  expect(on.complaints).toEqual([]);
});

test('[D-06] the bridge guard leaves a person on hold alone, and an hour of hold is an hour of music', async () => {
  const on = await talking({
    plan: () => ({ ...person(), outcome: { type: 'person', talksMs: 3 * 3_600_000 } }),
  });
  await asked(on, 'hold');
  await on.clock.runFor(3_600_000);

  expect(seen(on)).toEqual(HELD);
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  await asked(on, 'resume');
  await on.clock.runFor(100);
  expect(seen(on)).toEqual(TALKING);
});

test('[D-06] mute stays over hold and resume until it is taken back (1, 3)', async () => {
  const on = await talking();
  expect(await asked(on, 'mute')).toMatchObject({ muted: true });
  expect(seen(on)).toEqual({ ...TALKING, muted: true });

  await asked(on, 'hold');
  expect(await asked(on, 'resume')).toMatchObject({ muted: true });
  await on.clock.runFor(120_000);

  expect(seen(on)).toEqual({ ...TALKING, muted: true });
  expect(await asked(on, 'unmute')).toMatchObject({ muted: false });
  expect(seen(on)).toEqual(TALKING);
});

test('[D-06] the person hangs up on hold, of a muted agent: wrap-up, and the phone is not mute for the next call', async () => {
  const on = await talking({ plan: () => ({ ...person(), outcome: { type: 'person', talksMs: 10_000 } }) });
  await asked(on, 'mute');
  await asked(on, 'hold');

  await on.clock.runFor(12_000);

  expect(on.engine.callOf(AGENT)).toBeUndefined();
  expect(seen(on).muted).toBe(false);
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ result: 'connected', endedBy: 'person', agent: AGENT });
  expect(on.complaints).toEqual([]);
});

test("[D-06] the agent's phone is lost while the person is on hold: they hear music until an agent has them", async () => {
  const on = await talking({ agents: 1 });
  await asked(on, 'hold');
  on.phones[0]?.lost();
  await on.clock.runFor(6_000);
  expect(seen(on)).toMatchObject({ together: false, music: true });

  on.phones[0]?.register();
  await on.clock.runUntilTrue(() => on.engine.callOf(AGENT) !== undefined, 15_000);

  expect(on.engine.callOf(AGENT)).toMatchObject({ muted: false, pending: false });
  expect(on.engine.callOf(AGENT)).not.toHaveProperty('heldSince');
});

test('[O-09] kill -9 of the daemon while the person is on hold and the agent muted: so it is afterwards too, and resumed', async () => {
  const on = await talking();
  await asked(on, 'mute');
  const held = await asked(on, 'hold');
  await on.clock.runFor(1_000);

  on.killEngine();
  await on.clock.runFor(5_000);
  expect(seen(on)).toEqual({ ...HELD, muted: true });
  await on.startEngine();
  await on.clock.runFor(1_000);

  expect(on.engine.callOf(AGENT)).toMatchObject({ heldSince: held?.heldSince, muted: true, pending: false });
  expect(seen(on)).toEqual({ ...HELD, muted: true });
  await asked(on, 'resume');
  await asked(on, 'unmute');
  expect(seen(on)).toEqual(TALKING);
});

test('[O-09] kill -9 between the way out of the bridge and the music: the person has music once we are back', async () => {
  const on = await talking();
  const { leg } = on.exchange.look().legs.find(({ leg: id }) => id.startsWith('c-')) ?? { leg: '' };
  on.killEngine();
  on.exchange.meddler.kick(leg);
  await on.startEngine();
  await on.clock.runFor(500);

  expect(seen(on)).toEqual(HELD);
  expect(on.engine.callOf(AGENT)).toHaveProperty('heldSince');
});

test('[D-06] who was with whom is written down, from the first control on: talk, hold, talk, to the end', async () => {
  const on = await talking({ plan: () => ({ ...person(), outcome: { type: 'person', talksMs: 30_000 } }) });
  await asked(on, 'hold');
  await on.clock.runFor(5_000);
  await asked(on, 'resume');
  await on.clock.runFor(40_000);

  const [row] = await on.store.attempts.list({});
  const parts = await on.store.callParts.of(row?.attempt ?? '');
  expect(parts.map(({ part, who }) => `${part} ${who}`)).toEqual(['talk 100', 'held 100', 'talk 100']);
  const spans = parts.map(({ startedAt, endedAt }) => (endedAt ?? 0) - startedAt);
  expect(Math.abs((spans[1] ?? 0) - 5_000)).toBeLessThan(100);
  expect(Math.abs(spans.reduce((sum, ms) => sum + ms, 0) - 30_000)).toBeLessThan(1_000);
});

test('[D-06] a conversation without a control leaves no rows and asks for nothing', async () => {
  const on = await talking({ plan: () => ({ ...person(), outcome: { type: 'person', talksMs: 5_000 } }) });
  await on.clock.runFor(10_000);
  const [row] = await on.store.attempts.list({});
  expect(await on.store.callParts.of(row?.attempt ?? '')).toEqual([]);
});

test('[D-06] the key *2 puts the person on hold, and takes them back', async () => {
  const on = await talking();
  on.phones[0]?.press('*2');
  await on.clock.runFor(500);
  expect(seen(on)).toEqual(HELD);
  on.phones[0]?.press('*2');
  await on.clock.runFor(500);
  expect(seen(on)).toEqual(TALKING);
});

test('[D-06] keys reach the person; on hold they are refused', async () => {
  const on = await talking();
  const press = (keys: string) => on.clock.settle(on.engine.controlCall(AGENT, { do: 'keys', keys }));
  await press('12#');
  expect(on.exchange.keysSent).toBe('12#');
  await expect(press('12a')).rejects.toMatchObject({ code: 'keys-invalid' });
  await asked(on, 'hold');
  await expect(press('1')).rejects.toMatchObject({ code: 'call-on-hold' });
});

test('[D-06] hang-up ends the call; without a call a control is refused', async () => {
  const on = await talking();
  expect(await asked(on, 'hang-up')).toBeUndefined();
  await expect(asked(on, 'hold')).rejects.toMatchObject({ code: 'call-missing' });
});

test('[D-07] the recording begins, is paused and goes on as asked, and says so', async () => {
  const on = await talking({ campaign: { recording: { when: 'agent', keepMs: 86_400_000, machineShare: 0 } } });
  const record = (order: 'record' | 'pause-recording') => on.clock.settle(on.engine.controlCall(AGENT, { do: order }));
  expect(on.engine.callOf(AGENT)?.recording).toBe('off');
  expect((await record('record'))?.recording).toBe('on');
  expect((await record('record'))?.recording).toBe('on');
  expect((await record('pause-recording'))?.recording).toBe('paused');
  expect((await record('record'))?.recording).toBe('on');
});

test('[D-06] the exchange refuses: the call stands as it is shown, and the answer says so', async () => {
  const on = await talking();
  on.exchange.setTrouble({ refused: 1 });
  await expect(asked(on, 'hold')).rejects.toMatchObject({ code: 'exchange-refused' });
  await expect(asked(on, 'mute')).rejects.toMatchObject({ code: 'exchange-refused' });
  on.exchange.setTrouble({});
  expect(on.engine.callOf(AGENT)).toMatchObject({ muted: false, pending: false });
  expect(seen(on)).toEqual(TALKING);
});
