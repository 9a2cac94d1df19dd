import { expect, test } from 'vitest';
import { optimalUtilisation } from './pacing/exact.ts';

test.each([
  [1, 0.3, 0.781],
  [3, 0.3, 0.807],
  [5, 0.6, 0.882],
] as const)(
  '[P-01] exact optimum of w1, %d agents, %d of dials answered: utilisation %d',
  (agents, answerRate, utilisation) => {
    expect(optimalUtilisation({ agents, answerRate, abandonTarget: 0.03 })).toBeCloseTo(utilisation, 3);
  },
);

test('[P-01] exact optimum of w1, more may be abandoned: agents are busier', () => {
  const world = { agents: 3, answerRate: 0.3 };
  const strict = optimalUtilisation({ ...world, abandonTarget: 0.01 });
  expect(optimalUtilisation({ ...world, abandonTarget: 0.05 })).toBeGreaterThan(strict + 0.01);
});
