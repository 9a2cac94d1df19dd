// A thread that hangs is seen, and does not keep the daemon from ending.

import { expect, test } from 'vitest';
import { WorkerLink } from '../../src/store/worker-link.ts';
import { until } from '../support/until.ts';

const THREAD = new URL('./stuck-thread.ts', import.meta.url);

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
}, 30_000);

test('[O-06] a thread that answers is not taken for one that hangs', async () => {
  const link = await WorkerLink.start(THREAD, {});
  for (let round = 0; round < 50; round += 1) await link.call({ noun: 'work', method: 'answer', args: [] });
  expect(link.silentMs()).toBeLessThan(1000);
  await link.close();
});
