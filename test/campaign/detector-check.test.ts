import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawSample, estimateOf, wilsonInterval } from '../../src/campaign/detector-check.ts';
import { seededRandom } from '../../src/base/random.ts';

describe('the estimate', () => {
  test('[D-10] 3 people among 60 judged, 1200 machine verdicts in all: 5 %, and 60 people hung up on', () => {
    const estimate = estimateOf({ machines: 1200, drawn: 70, judged: { human: 3, machine: 57, unclear: 5 } });
    expect(estimate).toMatchObject({ share: 0.05, judged: 60, people: 60 });
    expect(estimate?.low).toBeCloseTo(0.0171, 3);
    expect(estimate?.high).toBeCloseTo(0.137, 3);
  });

  test('[D-10] nothing clear was heard: no estimate', () => {
    expect(estimateOf({ machines: 10, drawn: 5, judged: { human: 0, machine: 0, unclear: 5 } })).toBeUndefined();
  });

  test('[D-10] no one was found: the share is 0, and what it may be all the same is reported', () => {
    const estimate = estimateOf({ machines: 100, drawn: 30, judged: { human: 0, machine: 30, unclear: 0 } });
    expect(estimate).toMatchObject({ share: 0, low: 0, people: 0 });
    expect(estimate?.high).toBeCloseTo(0.1135, 3);
  });
});

test('[D-10] the interval holds the share, lies within 0 and 1, and narrows with more trials', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (trials, more) => {
      const successes = Math.min(trials, more);
      const { low, high } = wilsonInterval(successes, trials);
      const wide = wilsonInterval(successes * 4, trials * 4);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(successes / trials);
      expect(high).toBeGreaterThanOrEqual(successes / trials);
      expect(wide.high - wide.low).toBeLessThan(high - low);
    }),
  );
});

test('[D-10] in 95 of 100 samples the interval holds the true share, as far as chance has it', () => {
  const random = seededRandom(7);
  let held = 0;
  for (let round = 0; round < 2000; round += 1) {
    const people = Array.from({ length: 80 }, () => random.next() < 0.06).filter(Boolean).length;
    const { low, high } = wilsonInterval(people, 80);
    if (low <= 0.06 && high >= 0.06) held += 1;
  }
  expect(held / 2000).toBeGreaterThan(0.93);
});

describe('the draw', () => {
  const all = Array.from({ length: 200 }, (_, index) => index);

  test('[D-10] each once, as many as wanted, the same for the same seed and others for another', () => {
    const drawn = drawSample(all, 50, 1);
    expect(new Set(drawn).size).toBe(50);
    expect(drawSample(all, 50, 1)).toEqual(drawn);
    expect(drawSample(all, 50, 2)).not.toEqual(drawn);
    expect([...drawSample(all, 500, 1)].sort((a, b) => a - b)).toEqual(all);
  });

  test('[D-10] no one is preferred: over many draws each comes about equally often', () => {
    const times = new Map<number, number>();
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const one of drawSample(all, 20, seed)) times.set(one, (times.get(one) ?? 0) + 1);
    }
    for (const count of times.values()) expect(Math.abs(count - 200)).toBeLessThan(80);
    expect(times.size).toBe(200);
  });
});
