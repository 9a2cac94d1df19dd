// Supervisors who dial the code of those who listen, in a simulated call centre: by number and PIN, as long as they have the
// right; muted at first; on to the next call and the next agent; never the end of a conversation.

import { afterEach, expect, test } from 'vitest';
import { Supervised } from './supervised.ts';

let on: Supervised | undefined;

afterEach(async () => {
  await on?.rig.close();
  on = undefined;
});

const start = async (options: Parameters<typeof Supervised.talking>[0] = {}): Promise<Supervised> =>
  (on = await Supervised.talking(options));

test('[S-03] dials in, hears muted, whispers, joins in, goes on to the next agent who talks, leaves by star: in books and audit log', async () => {
  const centre = await start({ agents: 2 });
  const boss = centre.boss();
  const { exchange, engine } = centre.rig;
  await centre.dialIn(boss, '100#');
  await centre.rig.clock.runFor(8_000);
  const leg = boss.phone.leg ?? '';
  expect(engine.listenings()).toMatchObject([
    { agent: '100', phone: '900', mode: 'listen', state: 'on', by: 'user:boss900', isDialed: true },
  ]);
  expect([exchange.isMuted(leg), centre.withPerson, exchange.ears.length]).toEqual([true, ['c', 'p'], 1]);
  expect(engine.callOf('100')).toMatchObject({ muted: false, pending: false });
  await centre.press(boss.phone, '2');
  expect([exchange.isMuted(leg), centre.withPerson]).toEqual([false, ['c', 'p']]);
  await centre.press(boss.phone, '3');
  expect([exchange.isMuted(leg), centre.withPerson]).toEqual([false, ['c', 'p', 'p']]);
  await centre.press(boss.phone, '#');
  expect([exchange.isMuted(leg), centre.withPerson, exchange.ears.length]).toEqual([true, ['c', 'p'], 1]);
  expect(engine.listenings()).toMatchObject([{ agent: '101', mode: 'listen', state: 'on' }]);
  await centre.rig.clock.runFor(5_000);
  await centre.press(boss.phone, '3');
  await centre.press(boss.phone, '*');
  const inBridges = exchange.look().bridges.some(({ legs }) => legs.includes(leg));
  expect([await centre.leftOver(), boss.phone.isInCall, inBridges]).toEqual([[], true, false]);
  await centre.press(boss.phone, '*');
  await centre.rig.clock.runFor(5_000);
  expect(boss.phone.isInCall).toBe(false);

  const said = boss.heard.filter((sound) => !sound.startsWith('digits/'));
  expect(said).toEqual([
    'enter-agent-number',
    'enter-pin',
    'enter-agent-to-hear',
    'you-hear-agent',
    'keys-listening',
    'agent-hears-you',
    'both-hear-you',
    'you-hear-agent',
    'both-hear-you',
    'enter-agent-to-hear',
    'goodbye',
  ]);
  const number = ['digits/1', 'digits/0', 'digits/0'];
  expect(boss.heard.slice(3, 8)).toEqual(['you-hear-agent', ...number, 'keys-listening']);
  expect(await centre.book()).toEqual(['900 listen', '900 whisper', '900 barge']);
  const log = (await centre.logged('agent')).filter(({ what }) => what.startsWith('agent.listen')).toReversed();
  expect(log.map(({ who, subject, to }) => [who, subject, (to as { mode?: string }).mode])).toEqual([
    ['user:boss900', '100', 'listen'],
    ['user:boss900', '100', 'whisper'],
    ['user:boss900', '100', 'barge'],
    ['user:boss900', '100', undefined],
    ['user:boss900', '101', 'listen'],
    ['user:boss900', '101', 'barge'],
    ['user:boss900', '101', undefined],
  ]);
  expect(centre.rig.complaints).toEqual([]);
});

test('[S-03] [S-07] wrong PINs lock the phone as at signing in; a right PIN without the right hears no one: told so and written down', async () => {
  const centre = await start({ supervisors: 2 });
  const [boss, other] = [centre.boss(), centre.boss(1)];
  centre.rig.supervisors.delete('901');
  await centre.dialIn(other, '100#');
  expect(other.heard).toEqual(['enter-agent-number', 'enter-pin', 'may-not-listen', 'goodbye']);
  const refused = (await centre.logged('agent.listen-refused')).map(({ who, to }) => [who, to]);
  expect(refused).toEqual([['phone a901', { number: '901', why: 'right-missing' }]]);
  await centre.dialIn(boss, '', '1');
  await centre.press(boss.phone, '900#2#');
  await centre.press(boss.phone, '900#3#');
  await centre.rig.clock.runFor(10_000);
  await centre.dialIn(boss, '100#');
  expect(boss.heard.slice(-3)).toEqual(['enter-pin', 'locked-out', 'goodbye']);
  expect(centre.rig.engine.listenings()).toEqual([]);
  expect((await centre.logged('sign-in.locked')).length).toBe(1);
});

test('[S-03] the call ends: told so, muted again, hears the next call of the agent, whose person is told of it', async () => {
  const campaign = { listening: { announce: 'outdial/monitored' } };
  const centre = await start({ talksMs: 30_000, records: 2, campaign });
  const boss = centre.boss();
  const { exchange, engine, clock } = centre.rig;
  await centre.dialIn(boss, '100#');
  await centre.press(boss.phone, '3');
  expect(await clock.runUntilTrue(() => engine.callOf('100') === undefined, 60_000)).toBe(true);
  await clock.runFor(3_000);
  expect(boss.heard.at(-1)).toBe('call-over-stay');
  expect([exchange.isMuted(boss.phone.leg ?? ''), engine.listenings()]).toMatchObject([true, [{ mode: 'listen' }]]);
  expect(await clock.runUntilTrue(() => engine.callOf('100') !== undefined, 120_000)).toBe(true);
  await clock.runFor(2_500);
  const announced = exchange.calls.map(
    ({ heard }) => heard.filter(({ sound }) => sound === 'outdial/monitored').length,
  );
  expect([announced, centre.withPerson]).toEqual([
    [1, 1],
    ['c', 'p'],
  ]);
  expect(await centre.book()).toEqual(['900 listen', '900 barge']);
});

test('[S-03] [S-07] the right is taken away while they whisper: cut off with a word, the conversation goes on', async () => {
  const centre = await start();
  const boss = centre.boss();
  await centre.dialIn(boss, '100#');
  await centre.press(boss.phone, '2');
  centre.rig.supervisors.delete('900');
  await centre.rig.clock.settle(centre.rig.engine.usersChanged());
  await centre.rig.clock.runFor(1_000);
  expect([centre.rig.engine.listenings(), boss.heard.at(-1)]).toEqual([[], 'may-not-listen']);
  await centre.rig.clock.runFor(10_000);
  expect([boss.phone.isInCall, await centre.leftOver(), centre.withPerson]).toEqual([false, [], ['c', 'p']]);
  const [end] = await centre.logged('agent.listen-end');
  expect(end).toMatchObject({ who: 'user:boss900', subject: '100', to: { why: 'no-right' } });
  expect(await centre.book()).toEqual(['900 listen', '900 whisper']);
});

test('[S-03] takes over by key: supervisor and person talk alone; the person hangs up, nothing is left', async () => {
  const centre = await start({ talksMs: 40_000 });
  const boss = centre.boss();
  await centre.dialIn(boss, '100#4');
  await centre.rig.clock.runFor(1_000);
  expect(centre.withPerson).toEqual(['c', 'p']);
  expect((await centre.rig.engine.agents()).find(({ number }) => number === '100')?.state).toBe('wrap-up');
  const [row] = await centre.rig.store.attempts.list({});
  expect(await centre.rig.store.thirdParties.of(row?.attempt ?? '')).toMatchObject([{ how: 'take-over', who: '900' }]);
  await centre.rig.clock.runFor(40_000);
  expect([boss.phone.isInCall, await centre.leftOver()]).toEqual([false, []]);
  expect(centre.rig.complaints).toEqual([]);
});

test('[S-03] no such agent, the own number, and an agent who signs out while heard: told so, asked again', async () => {
  const centre = await start();
  const boss = centre.boss();
  // As fast as the keys go: typed on while the PIN is checked.
  boss.phone.dial('*56');
  await centre.rig.clock.runFor(500);
  await centre.press(boss.phone, `900#4711#999#`);
  expect(boss.heard.at(-1)).toBe('agent-not-there');
  await centre.press(boss.phone, '900#');
  expect(boss.heard.at(-1)).toBe('agent-not-there');
  await centre.press(boss.phone, '#');
  expect(centre.rig.engine.listenings()).toMatchObject([{ agent: '100', state: 'on' }]);
  centre.rig.robots[0]?.finish();
  centre.rig.phones[0]?.hangUp();
  await centre.rig.clock.runFor(3_000);
  expect(boss.heard).toContain('listening-over');
  expect([boss.phone.isInCall, centre.rig.exchange.ears]).toEqual([true, []]);
  expect((await centre.logged('agent.listen-refused')).length).toBe(2);
});

test('[S-03] one number listens once: by a second phone refused; the first hangs up, then it may', async () => {
  const centre = await start({ supervisors: 2 });
  const [boss, other] = [centre.boss(), centre.boss(1)];
  await centre.dialIn(boss, '100#');
  await centre.dialIn({ ...other, number: '900' }, '100#');
  expect(other.heard.at(-1)).toBe('number-listens');
  boss.phone.hangUp();
  await centre.rig.clock.runFor(1_000);
  expect(centre.rig.exchange.ears).toEqual([]);
  await centre.press(other.phone, '100#');
  expect(centre.rig.engine.listenings()).toMatchObject([{ phone: '900', state: 'on' }]);
});

test('[O-09] kill -9 while a supervisor who dialed in whispers: the conversation goes on, no leg is left, the books are closed', async () => {
  const centre = await start();
  const boss = centre.boss();
  await centre.dialIn(boss, '100#');
  await centre.press(boss.phone, '2');
  await centre.restart();
  expect([boss.phone.isInCall, await centre.leftOver(), centre.withPerson]).toEqual([false, [], ['c', 'p']]);
  expect(await centre.book()).toEqual(['900 listen', '900 whisper']);
  expect(centre.rig.engine.callOf('100')).toMatchObject({ parties: ['person'] });
});

test('[O-09] the link breaks while they listen, and both hang up meanwhile: nothing of it is left', async () => {
  const centre = await start();
  const boss = centre.boss();
  await centre.dialIn(boss, '100#');
  centre.rig.exchange.dropLink();
  await centre.rig.clock.runFor(1_000);
  boss.phone.hangUp();
  centre.rig.exchange.restoreLink();
  await centre.rig.clock.runFor(5_000);
  expect(await centre.leftOver()).toEqual([]);
  expect(await centre.book()).toEqual(['900 listen']);
});
