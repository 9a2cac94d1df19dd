// Crashes at the worst moments, in the simulated call centre: what the exchange shows counts for more than what the
// engine had managed to write down.

import { afterEach, expect, test, vi } from 'vitest';
import { Rig, type RigOptions } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const picksUpAndTalks = (): ReturnType<NonNullable<RigOptions['plan']>> => ({
  setUpMs: 100,
  before: 'ringing',
  afterMs: 1000,
  outcome: { type: 'person', talksMs: 30_000 },
});

/** One agent, ready, and a campaign that is about to dial. */
async function oneAgent(): Promise<Rig> {
  rig = await Rig.start({ agents: 1, records: 3, plan: picksUpAndTalks, campaign: { mode: 'progressive' } });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  return rig;
}

/** The bridge with a person and an agent's phone in it. */
function conversation(on: Rig): { readonly bridge: string; readonly legs: readonly string[] } | undefined {
  return on.exchange.look().bridges.find(({ legs }) => legs.length === 2);
}

async function stateOfTheAgent(on: Rig): Promise<string | undefined> {
  return (await on.engine.agents())[0]?.state;
}

test('[O-09] engine dies as the legs are joined, before it could write that down: the conversation goes on', async () => {
  const on = await oneAgent();
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => conversation(on) !== undefined, 30_000)).toBe(true);
  const joined = conversation(on);
  on.killEngine();
  const [attempt] = await on.store.attempts.unfinished();
  expect(attempt?.bridgedAt).toBeUndefined();

  await on.clock.runFor(1000);
  await on.startEngine();
  await on.clock.runFor(5000);

  expect(conversation(on)).toEqual(joined);
  expect(await stateOfTheAgent(on)).toBe('talking');
  await on.clock.runFor(30_000);
  const [row] = await on.store.attempts.list({});
  expect(row).toMatchObject({ attempt: attempt?.attempt, result: 'connected', endedBy: 'person', agent: '100' });
});

test('[O-09] exchange dies while a lost phone is being rung: the agent is called back into the session', async () => {
  const on = await Rig.start({ agents: 1 });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  phone?.register();
  phone?.dial('*55');
  await on.clock.runFor(1000);
  phone?.press('100#4711#');
  await on.clock.runFor(5000);
  phone?.press('1');
  await on.clock.runFor(5000);
  const session = (await on.engine.agents())[0]?.session;
  const rings = (): boolean => on.exchange.look().legs.some(({ leg, state }) => leg.startsWith('a-') && state !== 'up');
  on.exchange.restart(1000);
  expect(await on.clock.runUntilTrue(rings, 10_000)).toBe(true);
  await on.clock.runFor(15);
  expect(rings()).toBe(true);

  on.exchange.restart(1000);
  await on.clock.runFor(30_000);

  expect((await on.engine.agents())[0]).toMatchObject({ session, state: 'ready' });
});

test('[O-09] a phone is lost, and then the exchange restarts: the phone is called back into its session', async () => {
  const on = await Rig.start({ agents: 1, campaign: { mode: 'progressive' } });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  phone?.register();
  phone?.dial('*55');
  await on.clock.runFor(1000);
  phone?.press('100#4711#');
  await on.clock.runFor(5000);
  phone?.press('1');
  await on.clock.runFor(5000);
  const session = (await on.engine.agents())[0]?.session;
  phone?.lost();
  await on.clock.runFor(40_000);
  expect((await on.engine.agents())[0]).toMatchObject({ session, state: 'paused', reason: 'phone-lost' });

  on.exchange.restart(1000);
  await on.clock.runFor(5000);
  phone?.register();
  await on.clock.runFor(5000);

  expect((await on.engine.agents())[0]).toMatchObject({ session, state: 'ready' });
});

test('[O-09] engine dies while a phone signs in: the phone is let go and can sign in again', async () => {
  const on = await Rig.start({ agents: 1, campaign: { mode: 'progressive' } });
  rig = on;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  phone?.register();
  phone?.dial('*55');
  expect(await on.clock.runUntilTrue(() => phone?.isInCall === true, 5000)).toBe(true);
  on.killEngine();
  await on.clock.runFor(1000);

  await on.startEngine();
  await on.clock.runFor(2000);

  expect(phone?.isInCall).toBe(false);
  phone?.dial('*55');
  await on.clock.runFor(1000);
  phone?.press('100#4711#');
  await on.clock.runFor(5000);
  expect(await stateOfTheAgent(on)).toBe('paused');
});

const customerLeg = (on: Rig) => on.exchange.look().legs.find(({ leg }) => leg.startsWith('c-'));
const isRinging = (on: Rig) => (): boolean => customerLeg(on)?.state === 'ringing';

test('[O-09] link breaks, a person picks up meanwhile: abandoned as of the pick-up, and no agent is engaged for them', async () => {
  const on = await oneAgent();
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(isRinging(on), 30_000)).toBe(true);
  on.exchange.dropLink();
  await on.clock.runFor(1500);
  const pickedUpAt = customerLeg(on)?.answeredAt ?? 0;
  expect(pickedUpAt).toBeLessThan(on.clock.now() - 100);
  on.exchange.restoreLink();
  await on.clock.runFor(300);

  expect(await stateOfTheAgent(on)).toBe('ready');
  await on.clock.runFor(10_000);
  expect((await on.store.attempts.list({}))[0]).toMatchObject({ result: 'abandoned', answeredAt: pickedUpAt });
});

test('[O-09] engine is killed, a person picks up before it is back: abandoned as of the pick-up', async () => {
  const on = await oneAgent();
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(isRinging(on), 30_000)).toBe(true);
  on.killEngine();
  await on.clock.runFor(1500);
  const pickedUpAt = customerLeg(on)?.answeredAt ?? 0;
  expect(pickedUpAt).toBeLessThan(on.clock.now() - 100);
  await on.startEngine();
  await on.clock.runFor(20_000);

  const [row] = await on.store.attempts.list({});
  expect(row?.result).toBe('abandoned');
  // By our clock, reckoned from a look at the exchange that took a moment.
  expect(Math.abs((row?.answeredAt ?? 0) - pickedUpAt)).toBeLessThan(20);
});

test('[O-03] [O-09] Asterisk refuses one agent’s account at start: said in the log, everybody else works', async () => {
  const on = await oneAgent();
  on.killEngine();
  vi.spyOn(on.exchange, 'provision').mockRejectedValueOnce(new Error('no such option'));

  await on.startEngine();

  expect(on.complaints.join()).toContain('the SIP account could not be made');
  expect(await stateOfTheAgent(on)).toBe('ready');
});

test('[O-09] the daemon starts again, the agent is ready and nothing else happens: who is due meanwhile is dialed', async () => {
  const nobody = (): ReturnType<NonNullable<RigOptions['plan']>> => ({
    setUpMs: 100,
    before: 'ringing',
    afterMs: 1000,
    outcome: { type: 'refused', cause: 17, sipCode: 486 },
  });
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: nobody,
    campaign: {
      mode: 'progressive',
      attempts: { max: 2, perDay: 2 },
      callAgain: [{ when: 'result == "busy"', then: { do: 'call-again', afterMs: 60_000, phone: 'same' } }],
    },
  });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  await rig.clock.runFor(30_000);
  rig.killEngine();
  await rig.clock.runFor(60_000);
  await rig.startEngine();

  await rig.clock.runFor(5_000);
  expect(await rig.store.attempts.list({})).toHaveLength(2);
});

test('[O-09] [L-09] the daemon dies in the wrap-up: the call counts once, a campaign of two attempts calls again', async () => {
  rig = await Rig.start({
    agents: 1,
    records: 1,
    plan: picksUpAndTalks,
    campaign: {
      mode: 'progressive',
      attempts: { max: 2, perDay: 2 },
      wrapUp: { limitMs: 60_000, dispositionRequired: true, over: 'paused' },
      dispositions: [{ code: 'again', label: 'Call again', key: '1' }],
      callAgain: [{ when: 'disposition == "again"', then: { do: 'call-again', afterMs: 3_600_000, phone: 'same' } }],
    },
  });
  const on = rig;
  const phone = on.exchange.phone('a100', { answers: 'at-once' });
  phone?.dial('*55');
  await on.clock.runFor(1000);
  phone?.press('100#4711#');
  await on.clock.runFor(6000);
  phone?.press('1');
  await on.clock.runFor(1000);
  await on.startCampaign();
  const isInWrapUp = (): boolean => on.engine.campaigns()[0]?.agents['wrap-up'] === 1;
  expect(await on.clock.runUntilTrue(isInWrapUp, 60_000)).toBe(true);
  await on.clock.runFor(500);
  on.killEngine();
  await on.clock.runFor(1000);
  await on.startEngine();

  phone?.press('1');
  await on.clock.runFor(2000);

  expect((await on.store.records.facts(1))?.facts).toMatchObject({ state: 'waiting', attempts: 1 });
});

test('[O-09] [D-05] the daemon restarts while an agent waits with music: no music in the next conversation, again after it', async () => {
  rig = await Rig.start({
    agents: 1,
    records: 2,
    plan: picksUpAndTalks,
    campaign: { mode: 'progressive', agentPhone: { mode: 'nailed-up', waiting: 'music', ringMs: 20_000 } },
  });
  const on = rig;
  on.startRobots();
  await on.clock.runFor(20_000);
  const [bridge] = on.exchange.look().bridges;
  const hasMusic = (): boolean => on.exchange.hasMusic(bridge?.bridge ?? '');
  expect(hasMusic()).toBe(true);
  on.killEngine();
  await on.clock.runFor(1000);
  await on.startEngine();

  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => conversation(on) !== undefined, 30_000)).toBe(true);
  await on.clock.runFor(1000);
  expect(hasMusic()).toBe(false);
  expect(await on.clock.runUntilTrue(() => conversation(on) === undefined && hasMusic(), 60_000)).toBe(true);
});
