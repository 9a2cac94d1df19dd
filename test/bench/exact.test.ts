import { expect, test } from 'vitest';
import { optimalDay } from './pacing/day-optimum.ts';
import { optimalUtilisation } from './pacing/optimum.ts';
import { dayOptimumOf, optimumOf } from './pacing/plan.ts';

test.each([
  ['w1', 1, 0.3, 0.781],
  ['w1', 3, 0.3, 0.807],
  ['w1', 5, 0.6, 0.882],
  ['w3', 1, 0.15, 0.609],
  ['w3', 1, 0.3, 0.739],
  ['w3', 3, 0.3, 0.774],
] as const)(
  '[P-01] exact optimum of %s, %d agents, %d of dials answered: utilisation %d',
  { timeout: 240_000 },
  (ring, agents, answerRate, utilisation) => {
    expect(optimalUtilisation({ agents, answerRate, abandonTarget: 0.03 }, ring)).toBeCloseTo(utilisation, 2.7);
  },
);

test('[P-01] exact optimum of w1, more may be abandoned: agents are busier', () => {
  const world = { agents: 3, answerRate: 0.3 };
  const strict = optimalUtilisation({ ...world, abandonTarget: 0.01 }, 'w1');
  expect(optimalUtilisation({ ...world, abandonTarget: 0.05 }, 'w1')).toBeGreaterThan(strict + 0.01);
});

test.each([
  ['w1-15', 5, 'w1', 0.15],
  ['w1-30', 20, 'w1', 0.3],
  ['w3-30', 3, 'w3', 0.3],
] as const)(
  '[P-01] the kept optimum of %s with %d agents is what solving finds',
  { timeout: 240_000 },
  (world, agents, ring, answerRate) => {
    const found = optimalUtilisation({ agents, answerRate, abandonTarget: 0.03 }, ring);
    expect(optimumOf({ world, agents, policy: 'outdial' })).toBeCloseTo(found, 4);
  },
);

test.each([
  ['w1-60', 5, 0.6],
  ['w1-30', 1, 0.3],
] as const)(
  '[P-01] the kept optimum of %s, agents: %d, with every day to keep is what solving finds, and a little less',
  { timeout: 120_000 },
  (world, agents, answerRate) => {
    const cell = { world, agents, policy: 'outdial' };
    const free = optimumOf(cell) ?? 0;
    const found = optimalDay({ agents, answerRate, abandonTarget: 0.03 }, free);
    expect(dayOptimumOf(cell)).toBeCloseTo(found, 4);
    expect(found).toBeLessThan(free);
    expect(found).toBeGreaterThan(free - 0.01);
  },
);
