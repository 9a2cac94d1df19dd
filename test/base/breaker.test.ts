import { expect, test } from 'vitest';
import { afterFailure, freshBreaker, mayAsk } from '../../src/base/breaker.ts';

test('[X-02] one or two failures: asked on; three in a row: left alone for a while, longer after each further one', () => {
  let breaker = freshBreaker;
  const rests: number[] = [];
  for (let failure = 1; failure <= 12; failure += 1) {
    const now = failure * 1_000_000;
    breaker = afterFailure(breaker, now);
    expect(mayAsk(breaker, now)).toBe(failure < 3);
    if (failure >= 3) rests.push(breaker.closedUntil - now);
  }
  expect(rests.slice(0, 3)).toEqual([2000, 4000, 8000]);
  expect(Math.max(...rests)).toBe(120_000);
  expect(mayAsk(breaker, breaker.closedUntil)).toBe(true);
});
