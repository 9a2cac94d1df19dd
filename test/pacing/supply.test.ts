import { expect, test } from 'vitest';
import { STEPS } from '../../src/pacing/grid.ts';
import { Supply } from '../../src/pacing/supply.ts';

/** The chance grows from step to step up to `most`. */
function row(most: number): Float64Array {
  return Float64Array.from({ length: STEPS }, (_, k) => (most * (k + 1)) / STEPS);
}

const AGENT = row(0.6);
const CALL = row(0.3);

test.each([
  ['exactly', 5],
  ['by its moments', 500],
])(
  '[P-01] the risk of every step, worked out %s: up to date after each agent and call put in or taken out',
  (_name, uncertain) => {
    const supply = new Supply(2);
    let before: number[] = [];
    const changes: (() => void)[] = [
      () => supply.reset(0, uncertain),
      () => supply.addAgents(3, AGENT, 0),
      () => supply.addLeaving(AGENT, 0, 4),
      () => supply.addCalls(6, CALL, 0),
      () => supply.removeCall(CALL, 0),
      () => supply.readyLeaves(3),
      () => supply.reset(2, uncertain),
    ];
    for (const change of changes) {
      change();
      const nobodies = [...supply.noAgents()];
      expect(nobodies).toEqual(Array.from({ length: STEPS }, (_, k) => supply.noAgent(k)));
      expect(nobodies).not.toEqual(before);
      before = nobodies;
    }
  },
);
