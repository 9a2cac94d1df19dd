// A thread that hangs is seen, and does not keep the daemon from ending. What may wait travels with what may not.

import { expect, test } from 'vitest';
import { isUnhurried } from '../../src/store/unhurried.ts';
import { WorkerLink } from '../../src/store/worker-link.ts';
import { until } from '../support/until.ts';

const THREAD = new URL('./stuck-thread.ts', import.meta.url);
const COUNTING = new URL('./counting-thread.ts', import.meta.url);

const noted = { noun: 'attempts', method: 'progress', args: [] };
const open = { noun: 'attempts', method: 'open', args: [] };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('[O-06] a thread of the store hangs in a request: seen within seconds; closing ends it and refuses what waits', async () => {
  const link = await WorkerLink.start(THREAD, {});
  expect(await link.call({ noun: 'work', method: 'answer', args: [] })).toBe('answer');
  expect(link.silentMs()).toBeLessThan(1000);

  const stuck = link.call({ noun: 'work', method: 'loop', args: [] });
  const refused = expect(stuck).rejects.toMatchObject({ code: 'store-failed' });
  await until('the thread is silent', () => Promise.resolve(link.silentMs() > 3000 || undefined), 10_000);

  await link.close();
  await refused;
  expect(link.silentMs()).toBe(Infinity);
});

test('[O-06] a thread that answers is not taken for one that hangs', async () => {
  const link = await WorkerLink.start(THREAD, {});
  for (let round = 0; round < 50; round += 1) await link.call({ noun: 'work', method: 'answer', args: [] });
  expect(link.silentMs()).toBeLessThan(1000);
  await link.close();
});

test('changes that no one waits for, then attempts are opened: all travel in one message, in their order', async () => {
  const link = await WorkerLink.start(COUNTING, {}, isUnhurried);
  const first = link.call(noted);
  await turn();
  const second = link.call(noted);
  await turn();
  const opened = link.call(open);
  expect(await Promise.all([first, second, opened])).toEqual(['1.1', '1.2', '1.3']);
  await link.close();
});

test('a change that no one waits for comes alone: it is sent all the same, and when the store is closed', async () => {
  const link = await WorkerLink.start(COUNTING, {}, isUnhurried);
  expect(await link.call(noted)).toBe('1.1');
  const [last] = await Promise.all([link.call(noted), link.close()]);
  expect(last).toBe('2.1');
});

test('attempts are opened while nothing waits: they leave in this turn of the event loop', async () => {
  const link = await WorkerLink.start(COUNTING, {}, isUnhurried);
  const opened = link.call(open);
  await turn();
  const late = link.call(noted);
  expect(await Promise.all([opened, late])).toEqual(['1.1', '2.1']);
  await link.close();
});

test('a store that does not gather sends each turn what was asked in it', async () => {
  const link = await WorkerLink.start(COUNTING, {});
  const first = link.call(noted);
  await turn();
  expect(await Promise.all([first, link.call(noted)])).toEqual(['1.1', '2.1']);
  await link.close();
});
