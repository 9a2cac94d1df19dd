// What no one waits for is done in pieces, and whatever comes meanwhile has its turn between them.

import { expect, test } from 'vitest';
import { inTurns } from '../../src/http/desk/in-turns.ts';

test('fifty pictures: all in order, and a call that is answered meanwhile does not wait for the last', async () => {
  const done: (number | 'answered')[] = [];
  const all = Array.from({ length: 50 }, (_, place) => place);
  setImmediate(() => done.push('answered'));

  inTurns(all, (place) => done.push(place));
  while (!done.includes(49)) await new Promise((resolve) => setImmediate(resolve));

  expect(done.filter((one) => one !== 'answered')).toEqual(all);
  expect(done.indexOf('answered')).toBeLessThan(10);
});
