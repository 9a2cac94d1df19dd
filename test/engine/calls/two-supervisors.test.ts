// Two supervisors at once in a simulated call centre, and what else can cross a supervisor's way: whoever loses hears so or is
// let go, no one is left in silence, and the books say what was.

import { afterEach, expect, test } from 'vitest';
import { Supervised } from './supervised.ts';

let on: Supervised | undefined;

afterEach(async () => {
  expect(on?.rig.complaints ?? []).toEqual([]);
  await on?.rig.close();
  on = undefined;
});

const start = async (options: Parameters<typeof Supervised.talking>[0] = {}): Promise<Supervised> =>
  (on = await Supervised.talking({ supervisors: 2, ...options }));

const LIMIT_MS = 240_000;

test('[S-03] both hear one agent, each muted by an ear of their own; one whispers, the other does not', async () => {
  const centre = await start();
  const { exchange, clock } = centre.rig;
  await centre.ask('100', 'listen', centre.boss(0));
  await centre.ask('100', 'listen', centre.boss(1));
  await clock.runFor(2_000);
  await centre.ask('100', 'whisper', centre.boss(1));
  await clock.runFor(1_000);
  const isMuted = (index: number): boolean => exchange.isMuted(centre.boss(index).phone.leg ?? '');
  expect([exchange.ears.length, isMuted(0), isMuted(1), centre.withPerson]).toEqual([2, true, false, ['c', 'p']]);
  expect(await clock.settle(centre.rig.engine.content(), LIMIT_MS)).toEqual([]);
});

test('[S-03] one has joined in, the other takes over: the person is with that one alone, the first is let go', async () => {
  const centre = await start({ talksMs: 60_000 });
  const { clock, engine } = centre.rig;
  await centre.ask('100', 'barge', centre.boss(0));
  await centre.ask('100', 'listen', centre.boss(1));
  await clock.runFor(2_000);
  expect(centre.withPerson).toEqual(['c', 'l', 'p']);
  await centre.ask('100', 'take-over', centre.boss(1));
  await clock.runFor(2_000);
  expect(centre.withPerson).toEqual(['c', 'l']);
  expect([centre.boss(0).phone.isInCall, centre.boss(1).phone.isInCall]).toEqual([false, true]);
  expect(await clock.settle(engine.content(), LIMIT_MS)).toEqual([]);
  await clock.runFor(60_000);
  expect([centre.boss(1).phone.isInCall, await centre.leftOver()]).toEqual([false, []]);
  expect((await centre.book()).toSorted()).toEqual(['900 barge', '900 listen', '901 listen']);
});

test('[S-03] both take over at the same moment: one has the person, the other is muted and let go; one row in the books', async () => {
  const centre = await start({ talksMs: 60_000 });
  const { clock, engine, store } = centre.rig;
  for (const boss of centre.bosses) await centre.ask('100', 'listen', boss);
  await clock.runFor(2_000);
  const order = (index: number) => {
    const { number } = centre.boss(index);
    return engine.listen('100', { mode: 'take-over', phone: number, by: `user:boss${number}` });
  };
  await clock.settle(Promise.allSettled([order(0), order(1)]));
  await clock.runFor(2_000);
  expect(centre.withPerson).toEqual(['c', 'l']);
  expect(centre.bosses.filter(({ phone }) => phone.isInCall).length).toBe(1);
  const [row] = await store.attempts.list({});
  expect((await store.thirdParties.of(row?.attempt ?? '')).length).toBe(1);
  await clock.runFor(60_000);
  expect([await centre.leftOver(), centre.bosses.map(({ phone }) => phone.isInCall)]).toEqual([[], [false, false]]);
  expect(await store.thirdParties.unfinished()).toEqual([]);
});

test('[S-03] the agent ends the call within the moments of the take-over: nothing is left over, no one is in silence', async () => {
  const leads = [-2, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
  const centre = await start({ records: leads.length });
  const { clock, store, engine } = centre.rig;
  const ends = new Set<string>();
  for (const leadMs of leads) {
    expect(await clock.runUntilTrue(() => engine.callOf('100') !== undefined, LIMIT_MS)).toBe(true);
    await clock.runFor(1_000);
    await centre.ask('100', 'listen');
    await clock.runFor(2_000);
    // The second star is pressed 120 ms after the first.
    centre.rig.phones[0]?.press('**');
    await clock.runFor(120 - leadMs);
    void engine.listen('100', { mode: 'take-over', phone: '900', by: 'user:boss900' }).catch(() => undefined);
    await clock.runFor(5_000);
    // Whichever came first: the person with the supervisor alone, or no one on the line.
    const left = centre.withPerson.join('');
    ends.add(left);
    expect([leadMs, ['', 'cl'].includes(left), centre.boss().phone.isInCall]).toEqual([leadMs, true, left !== '']);
    expect(await clock.settle(engine.content(), LIMIT_MS)).toEqual([]);
    centre.boss().phone.hangUp();
    await clock.runFor(2_000);
    expect([leadMs, await store.thirdParties.unfinished(), engine.listenings()]).toEqual([leadMs, [], []]);
  }
  expect([...ends].toSorted()).toEqual(['', 'cl']);
});

test('[S-03] the agent’s phone hangs up while one listens and one has joined in: both are let go', async () => {
  const centre = await start();
  const { clock } = centre.rig;
  await centre.ask('100', 'listen', centre.boss(0));
  await centre.ask('100', 'barge', centre.boss(1), true);
  await clock.runFor(2_000);
  centre.rig.robots[0]?.finish();
  centre.rig.phones[0]?.hangUp();
  await clock.runFor(10_000);
  expect(centre.bosses.map(({ phone }) => phone.isInCall)).toEqual([false, false]);
  expect([centre.rig.exchange.ears, centre.rig.engine.listenings()]).toEqual([[], []]);
  expect(await centre.book()).toEqual(['900 listen', '901 listen', '901 barge']);
});

test('[S-03] the agent gives the person away while one listens and one has joined in for the next calls too', async () => {
  const centre = await start({
    campaign: { transfer: { agents: false, anyNumber: true, destinations: [], ringMs: 20_000 } },
  });
  const { clock, engine, exchange } = centre.rig;
  await centre.ask('100', 'listen', centre.boss(0));
  await centre.ask('100', 'barge', centre.boss(1), true);
  await clock.runFor(2_000);
  await clock.settle(engine.controlCall('100', { do: 'transfer', to: { number: '+16502000999' } }), LIMIT_MS);
  await clock.runFor(8_000);
  expect(centre.bosses.map(({ phone }) => phone.isInCall)).toEqual([false, true]);
  const stays = centre.boss(1).phone.leg ?? '';
  expect([exchange.isMuted(stays), centre.withPerson]).toEqual([true, ['c', 't']]);
  expect(engine.listenings()).toMatchObject([{ phone: '901', mode: 'listen', state: 'on' }]);
  expect(await clock.settle(engine.content(), LIMIT_MS)).toEqual([]);
});

test('[S-03] [S-07] the right of one is taken away: the other goes on', async () => {
  const centre = await start();
  const { clock, engine } = centre.rig;
  await centre.dialIn(centre.boss(0), '100#');
  await centre.dialIn(centre.boss(1), '100#2');
  centre.rig.supervisors.delete('901');
  await clock.settle(engine.usersChanged());
  await clock.runFor(10_000);
  expect(centre.bosses.map(({ phone }) => phone.isInCall)).toEqual([true, false]);
  expect(engine.listenings()).toMatchObject([{ phone: '900', mode: 'listen', state: 'on' }]);
  expect(await centre.book()).toEqual(['900 listen …', '901 listen', '901 whisper']);
});

test('[S-03] changes of mode that follow each other within a moment: the last one counts, and who is muted is', async () => {
  const centre = await start();
  const { clock, engine, exchange } = centre.rig;
  await centre.ask('100', 'listen');
  await clock.runFor(2_000);
  const leg = centre.boss().phone.leg ?? '';
  const order = (mode: 'barge' | 'listen' | 'whisper') =>
    engine.listen('100', { mode, phone: '900', by: 'user:boss900' });
  for (const gapMs of [0, 1, 2, 3, 4, 5]) {
    for (const mode of ['whisper', 'barge', 'listen'] as const) {
      void order(mode);
      await clock.runFor(gapMs);
    }
    await clock.runFor(1_000);
    expect([gapMs, exchange.isMuted(leg), centre.withPerson]).toEqual([gapMs, true, ['c', 'p']]);
  }
});

test('[S-03] the supervisor hangs up as the phone is answered: no ear, no bridge and no listener is left', async () => {
  const centre = await start();
  const { clock } = centre.rig;
  for (const afterMs of [21, 22, 23, 24, 25, 26, 27, 28, 29, 30]) {
    await centre.ask('100', 'listen');
    await clock.runFor(afterMs);
    centre.boss().phone.hangUp();
    await clock.runFor(1_000);
    expect([afterMs, await centre.leftOver()]).toEqual([afterMs, []]);
  }
});

test('[O-09] kill -9 with one who has taken over and, at the next agent, one who whispers: people go on talking, the rest is let go', async () => {
  const centre = await start({ agents: 2, talksMs: 120_000 });
  const { clock, store } = centre.rig;
  await centre.ask('100', 'listen', centre.boss(0));
  await centre.dialIn(centre.boss(1), '101#2');
  await centre.ask('100', 'take-over', centre.boss(0));
  await clock.runFor(2_000);
  await centre.restart();
  expect(centre.bosses.map(({ phone }) => phone.isInCall)).toEqual([true, false]);
  expect([centre.rig.exchange.ears, await clock.settle(centre.rig.engine.content(), LIMIT_MS)]).toEqual([[], []]);
  expect(centre.rig.engine.callOf('101')).toMatchObject({ parties: ['person'] });
  expect((await store.callParts.unfinished()).filter(({ part }) => part === 'listen')).toEqual([]);
  await clock.runFor(120_000);
  expect(centre.boss(0).phone.isInCall).toBe(false);
  expect(await store.thirdParties.unfinished()).toEqual([]);
});
