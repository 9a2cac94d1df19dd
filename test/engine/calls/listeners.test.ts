// Supervisors in a simulated call centre: muted at first, heard as asked, gone with the call; the agent's controls stay.

import { afterEach, expect, test } from 'vitest';
import { sipDigest, USUAL_REALM } from '../../../src/base/sip-digest.ts';
import type { ListeningMode } from '../../../src/agent/listening-mode.ts';
import type { CallPlan } from '../../../src/sim/call-plan.ts';
import { Rig } from '../../support/rig.ts';

let rig: Rig | undefined;

afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const AGENT = '100';
const BOSS = '101';
const LIMIT_MS = 240_000;

/** Agent 100 talks for so long; the phone of 101 is registered and picks up. */
async function talking(talksMs = 600_000): Promise<Rig> {
  const person = (): CallPlan => ({
    setUpMs: 200,
    before: 'ringing',
    afterMs: 2_000,
    outcome: { type: 'person', talksMs },
  });
  rig = await Rig.start({ agents: 1, records: 1, plan: person, campaign: { mode: 'progressive' } });
  const on = rig;
  await on.store.agents.save({
    number: BOSS,
    name: 'Eva',
    groups: [],
    account: 'a101',
    pinHash: 'pin 1',
    sipDigest: sipDigest('a101', USUAL_REALM, 'secret'),
  });
  await on.clock.settle(on.engine.agentsChanged());
  on.exchange.phone('a101', { answers: 'at-once' })?.register();
  on.startRobots();
  await on.clock.runFor(20_000);
  await on.startCampaign();
  expect(await on.clock.runUntilTrue(() => on.engine.callOf(AGENT) !== undefined, LIMIT_MS)).toBe(true);
  await on.clock.runFor(1_000);
  return on;
}

const listen = (on: Rig, mode: ListeningMode, stays = false) =>
  on.clock.settle(on.engine.listen(AGENT, { mode, phone: BOSS, stays, by: 'user:eva' }));
const bossLeg = (on: Rig): string => on.exchange.look().legs.find(({ leg }) => leg.startsWith('l-'))?.leg ?? '';
const withPerson = (on: Rig): readonly string[] => {
  const bridge = on.exchange.look().bridges.find(({ legs }) => legs.some((leg) => leg.startsWith('c-')));
  return (bridge?.legs ?? []).map((leg) => leg.slice(0, 2)).toSorted();
};

test('[S-03] listens: muted, an ear on the agent, the conversation untouched; whisper, barge and back, live', async () => {
  const on = await talking();
  await listen(on, 'listen');
  await on.clock.runFor(2_000);
  const leg = bossLeg(on);
  expect(on.engine.listenings()).toMatchObject([{ agent: AGENT, phone: BOSS, mode: 'listen', state: 'on' }]);
  expect(on.exchange.ears).toHaveLength(1);
  expect(on.exchange.isMuted(leg)).toBe(true);
  expect(withPerson(on)).toHaveLength(2);
  expect(on.engine.callOf(AGENT)).toMatchObject({ muted: false, pending: false });

  await listen(on, 'whisper');
  await on.clock.runFor(500);
  expect(on.exchange.isMuted(leg)).toBe(false);
  expect(withPerson(on)).toHaveLength(2);

  await listen(on, 'barge');
  await on.clock.runFor(500);
  expect(withPerson(on)).toHaveLength(3);
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);

  await listen(on, 'listen');
  await on.clock.runFor(500);
  expect(on.exchange.isMuted(leg)).toBe(true);
  expect(withPerson(on)).toHaveLength(2);
  expect(on.complaints).toEqual([]);
});

test('[S-03] the agent mutes and holds while a supervisor listens: shown as it is (2, 5)', async () => {
  const on = await talking();
  await listen(on, 'listen');
  await on.clock.runFor(2_000);
  const ask = (order: 'mute' | 'hold' | 'resume') => on.clock.settle(on.engine.controlCall(AGENT, { do: order }));
  expect(await ask('mute')).toMatchObject({ muted: true });
  expect(await ask('hold')).toHaveProperty('heldSince');
  expect(await ask('resume')).toMatchObject({ muted: true });
});

test('[S-03] the call ends: the supervisor is let go, nothing is left over, and the book says who listened how', async () => {
  const on = await talking(15_000);
  await listen(on, 'listen');
  await on.clock.runFor(4_000);
  await listen(on, 'whisper');
  await on.clock.runFor(20_000);

  expect(on.engine.listenings()).toEqual([]);
  expect(bossLeg(on)).toBe('');
  expect(on.exchange.ears).toEqual([]);
  expect(on.exchange.look().bridges.filter(({ bridge }) => bridge.startsWith('l-'))).toEqual([]);
  const [row] = await on.store.attempts.list({});
  const parts = await on.store.callParts.of(row?.attempt ?? '');
  const heard = parts.filter(({ part }) => part === 'listen');
  expect(heard.map(({ who }) => who)).toEqual(['101 listen', '101 whisper']);
  expect(heard.every(({ endedAt }) => endedAt !== null)).toBe(true);
});

test('[S-03] wanted for the next call too: stays after the call', async () => {
  const on = await talking(10_000);
  await listen(on, 'listen', true);
  await on.clock.runFor(20_000);
  expect(on.engine.callOf(AGENT)).toBeUndefined();
  expect(on.engine.listenings()).toHaveLength(1);
  await on.clock.settle(on.engine.endListening(AGENT));
  await on.clock.runFor(500);
  expect(bossLeg(on)).toBe('');
});

test('[S-03] takes over: supervisor and person talk alone, the agent wraps up', async () => {
  const on = await talking();
  await listen(on, 'listen');
  await on.clock.runFor(2_000);
  await listen(on, 'take-over');
  await on.clock.runFor(1_000);
  expect(withPerson(on)).toEqual(['c-', 'l-']);
  expect((await on.engine.agents()).find(({ number }) => number === AGENT)?.state).toBe('wrap-up');
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  const [row] = await on.store.attempts.list({});
  expect(await on.store.thirdParties.of(row?.attempt ?? '')).toMatchObject([{ how: 'take-over', who: BOSS }]);
});

test('[S-03] refused: an agent without a session, a phone that is not there, a second agent by the same phone', async () => {
  const on = await talking();
  const listenBy = (agent: string, phone: string) =>
    on.clock.settle(on.engine.listen(agent, { mode: 'listen', phone, by: 'test' }));
  await expect(listenBy('999', BOSS)).rejects.toMatchObject({ code: 'agent-not-signed-in' });
  await expect(listenBy(AGENT, '999')).rejects.toMatchObject({ code: 'listener-unknown' });
  await expect(listenBy(AGENT, AGENT)).rejects.toMatchObject({ code: 'listener-busy' });
});

/** The supervisor's browser, which may dial in once it is let. */
async function inBrowser(on: Rig) {
  const order = { mode: 'listen', phone: 'browser:eva', browser: true, by: 'user:eva' } as const;
  await on.clock.settle(on.engine.listen(AGENT, order));
  await on.clock.settle(
    on.engine.admitListener('browser:eva', { name: 'web-1', digest: sipDigest('web-1', USUAL_REALM, 'secret') }),
  );
  return on.exchange.phone('web-1', { answers: 'never' });
}

test('[S-03] by the browser: waited for, dials in, muted; whispers, takes over, hangs up by order; its account is gone', async () => {
  const on = await talking();
  const browser = await inBrowser(on);
  expect(on.engine.listenings()).toMatchObject([{ phone: 'browser:eva', state: 'ringing' }]);
  browser?.dial('session');
  await on.clock.runFor(2_000);
  expect(on.engine.listenings()).toMatchObject([{ phone: 'browser:eva', mode: 'listen', state: 'on' }]);
  const leg = on.exchange.look().legs.find((one) => one.leg.startsWith('phone-') && on.exchange.isMuted(one.leg))?.leg;
  expect(leg).toBeDefined();
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  const order = { phone: 'browser:eva', browser: true, by: 'user:eva' } as const;
  await on.clock.settle(on.engine.listen(AGENT, { mode: 'barge', ...order }));
  await on.clock.runFor(500);
  expect(withPerson(on)).toHaveLength(3);
  expect(await on.clock.settle(on.engine.content(), LIMIT_MS)).toEqual([]);
  await on.clock.settle(on.engine.listen(AGENT, { mode: 'take-over', ...order }));
  await on.clock.runFor(1_000);
  expect(on.engine.listenings()).toEqual([]);
  expect(withPerson(on)).toHaveLength(2);
  await on.clock.settle(on.engine.endListening(AGENT, 'browser:eva'));
  await on.clock.runFor(1_000);
  expect(on.exchange.look().legs.some((one) => one.leg === leg)).toBe(false);
  expect(on.exchange.phone('web-1', { answers: 'never' })).toBeUndefined();
  expect(on.complaints).toEqual([]);
});

test('[S-03] a browser that does not come in 30 s is not waited for; one that no one let in is hung up', async () => {
  const on = await talking();
  const browser = await inBrowser(on);
  await on.clock.runFor(31_000);
  expect(on.engine.listenings()).toEqual([]);
  expect(on.exchange.phone('web-1', { answers: 'never' })).toBeUndefined();
  browser?.dial('session');
  await on.clock.runFor(2_000);
  expect(browser?.isInCall).toBe(false);
  const account = { name: 'web-2', digest: sipDigest('web-2', USUAL_REALM, 'secret') };
  await expect(on.clock.settle(on.engine.admitListener('browser:eva', account))).rejects.toMatchObject({
    code: 'not-listening',
  });
});

test('[O-09] kill -9 while supervisor and person talk alone: they go on', async () => {
  const on = await talking();
  await listen(on, 'listen');
  await on.clock.runFor(2_000);
  await listen(on, 'take-over');
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await on.clock.runFor(5_000);
  expect(withPerson(on)).toEqual(['c-', 'l-']);
});

test('[S-03] [O-09] kill -9 while a supervisor’s browser has the person: they go on, and its hang-up by order reaches the call', async () => {
  const on = await talking();
  const browser = await inBrowser(on);
  browser?.dial('session');
  await on.clock.runFor(2_000);
  await on.clock.settle(
    on.engine.listen(AGENT, { mode: 'take-over', phone: 'browser:eva', browser: true, by: 'user:eva' }),
  );
  await on.clock.runFor(1_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await on.clock.runFor(5_000);
  expect(withPerson(on)).toEqual(['c-', 'ph']);
  await on.clock.settle(on.engine.endListening(AGENT, 'browser:another'));
  await on.clock.settle(on.engine.endListening('999', 'browser:eva'));
  await on.clock.runFor(1_000);
  expect(withPerson(on)).toEqual(['c-', 'ph']);
  await on.clock.settle(on.engine.endListening(AGENT, 'browser:eva'));
  await on.clock.runFor(2_000);
  expect(on.exchange.look().legs.some(({ leg }) => leg.startsWith('c-'))).toBe(false);
  const [row] = await on.store.attempts.list({});
  expect(await on.store.thirdParties.of(row?.attempt ?? '')).toMatchObject([
    { how: 'take-over', who: 'browser:eva', result: 'connected' },
  ]);
});

test('[O-09] kill -9 while a supervisor listens: the conversation goes on, the supervisor is let go', async () => {
  const on = await talking();
  await listen(on, 'barge');
  await on.clock.runFor(2_000);
  on.killEngine();
  await on.clock.runFor(1_000);
  await on.startEngine();
  await on.clock.runFor(2_000);
  expect(bossLeg(on)).toBe('');
  expect(withPerson(on)).toHaveLength(2);
  expect(on.engine.callOf(AGENT)).toMatchObject({ parties: ['person'] });
});
