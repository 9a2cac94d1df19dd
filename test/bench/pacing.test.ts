import { expect, test } from 'vitest';
import { fallen, type Agreed } from './pacing/agreement.ts';
import type { Cell } from './pacing/cell.ts';
import { keyOf, onEnd, runDay } from './pacing/days.ts';
import { optimumOf } from './pacing/plan.ts';
import { run } from './pacing.ts';

test('[P-01] the same few days as always: no team is less busy than agreed, none abandons more than its target', async () => {
  const { cells } = await run({ json: true, short: true, options: {} });
  expect(cells.length).toBeGreaterThan(5);
}, 900_000);

test('[P-01] a world with one window over several days: as many answers, under a name of its own, the same optimum', () => {
  const day = { world: 'S8', agents: 3, policy: 'outdial' };
  const days = { ...day, world: onEnd('S8', 3) };
  expect(keyOf(days)).not.toBe(keyOf(day));
  const answers = (cell: typeof day): number => runDay(cell, 1).liveAnswers;
  expect(answers(days) / answers(day)).toBeGreaterThan(2.4);
  expect(answers(days) / answers(day)).toBeLessThan(3.6);
  const solvable = { world: 'w1-30', agents: 5, policy: 'outdial' };
  expect(optimumOf({ ...solvable, world: onEnd('w1-30', 10) })).toBe(optimumOf(solvable));
});

const AGREED: Agreed = {
  world: 'S1',
  agents: 3,
  policy: 'outdial',
  utilisation: 0.77,
  abandonRate: 0.028,
  spread: 0.006,
};

test.each([
  ['as busy as agreed', 0.77, 0.028, 0],
  ['a little less, within 1.645 spreads over the root of 4 days', 0.7655, 0.028, 0],
  ['less by more than that', 0.7645, 0.028, 1],
  ['more people abandoned than allowed', 0.78, 0.0301, 1],
] as const)('[P-01] the short benchmark, %s: %d %d gives %d faults', (_name, utilisation, abandonRate, faults) => {
  const cell: Cell = {
    ...AGREED,
    utilisation,
    abandonRate,
    days: 4,
    plusMinus: 0.01,
    daysAboveTarget: 0,
    worstDay: abandonRate,
    dialsPerAnswer: 3.5,
  };
  expect(fallen([cell], [AGREED])).toHaveLength(faults);
});
