import { describe, expect, test } from 'vitest';
import { CALL_STATES } from '../../src/call/call.ts';
import { lookAgainMs, promisedWithinMs } from '../../src/call/promises.ts';

describe('[O-09] what a state promises', () => {
  test('states that may last promise nothing; the others are looked up before anybody waits for long', () => {
    const promising = CALL_STATES.filter((state) => promisedWithinMs(state) !== undefined);
    expect(promising).toEqual(['placing', 'answered', 'detecting', 'connecting', 'releasing']);
    for (const state of ['placing', 'answered', 'connecting', 'releasing'] as const) {
      expect(promisedWithinMs(state)).toBeLessThanOrEqual(2_000);
    }
  });

  test('what is as it should be is looked up again, ever less often', () => {
    expect([0, 1, 2, 3, 9].map((looks) => lookAgainMs(2_000, looks))).toEqual([2_000, 4_000, 8_000, 16_000, 16_000]);
  });
});
