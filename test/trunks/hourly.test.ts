import { expect, test } from 'vitest';
import { afterCall, HourOfCalls, hourRefusal } from '../../src/trunks/hourly.ts';
import { chooseTrunks, trunkRoom } from '../../src/trunks/limits.ts';
import { freshTrunk } from '../../src/trunks/rests.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

test('[X-09] calls of the past hour are counted, older ones are not', () => {
  const hour = new HourOfCalls();
  for (const at of [0, MINUTE_MS, 2 * MINUTE_MS]) hour.note(at);
  expect(hour.use(2 * MINUTE_MS)).toEqual({ calls: 3, freeAt: HOUR_MS });
  expect(hour.use(HOUR_MS - 1).calls).toBe(3);
  expect(hour.use(HOUR_MS)).toEqual({ calls: 2, freeAt: HOUR_MS + MINUTE_MS });
  expect(hour.use(3 * HOUR_MS)).toEqual({ calls: 0, freeAt: 4 * HOUR_MS });
});

test('[X-09] ten thousand calls spread over two hours: those of the last hour, whenever it is asked', () => {
  const hour = new HourOfCalls();
  const everyMs = (2 * HOUR_MS) / 10_000;
  for (let call = 0; call < 10_000; call += 1) {
    hour.note(call * everyMs);
    const { calls, freeAt } = hour.use(call * everyMs);
    expect(calls).toBe(Math.min(call + 1, 5000));
    expect(freeAt).toBeCloseTo(Math.max(0, call - 4999) * everyMs + HOUR_MS, 3);
  }
});

test('[X-09] the clock is set back: the calls count for an hour from now at most', () => {
  const hour = new HourOfCalls();
  hour.note(10 * HOUR_MS);
  expect(hour.use(HOUR_MS)).toEqual({ calls: 1, freeAt: 2 * HOUR_MS });
  expect(hour.use(2 * HOUR_MS).calls).toBe(0);
});

test('[X-09] a trunk at its limit: says so, and until when', () => {
  const limits = { home: 'US', perHour: 2, perHourAbroad: 120 };
  expect(hourRefusal('main', limits, { calls: 1, freeAt: 7 })).toBeUndefined();
  expect(hourRefusal('main', limits, { calls: 2, freeAt: 7 })).toMatchObject({
    why: 'Trunk main has placed 2 calls within the hour, which is its limit (max_calls_per_hour).',
    untilAt: 7,
  });
});

test('[X-09] a call abroad counts for its country alone, one at home for none', () => {
  const quotas = [{ trunk: 'main', home: 'US', most: 2, used: { AT: { calls: 1, freeAt: 5 } } }];
  expect(afterCall(quotas, 'US', 9)).toEqual(quotas);
  expect(afterCall(quotas, 'AT', 9)[0]?.used).toEqual({ AT: { calls: 2, freeAt: 5 } });
  expect(afterCall(quotas, 'DE', 9)[0]?.used).toEqual({
    AT: { calls: 1, freeAt: 5 },
    DE: { calls: 1, freeAt: 9 + HOUR_MS },
  });
});

test('[X-09] a trunk with three calls left in the hour gives three lines, and shows when there are more', () => {
  const capacity = { name: 'main', maxLines: 9, maxCallsPerSecond: 9 };
  const reason = { kind: 'hour-used', trunk: 'main', calls: 3 } as const;
  const hour = { left: 3, why: 'The hour is used up.', reason, untilAt: 77 };
  const offered = { capacity, state: freshTrunk, linesInUse: 0, hour };
  expect(chooseTrunks([offered], 5, 0)).toMatchObject({
    lines: ['main', 'main', 'main'],
    why: 'The hour is used up.',
    moreAt: 77,
  });
  expect(trunkRoom(offered, 0)).toEqual({ lines: 9, calls: 3 });
});
