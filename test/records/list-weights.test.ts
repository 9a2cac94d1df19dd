import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextTurn } from '../../src/records/list-weights.ts';
import type { Balances } from '../../src/records/list-weights.ts';

function turns(weights: Readonly<Record<string, number>>, count: number): string[] {
  let balances: Balances = new Map();
  return Array.from({ length: count }, () => {
    const turn = nextTurn(Object.keys(weights), (list) => weights[list] ?? 1, balances);
    balances = turn?.balances ?? balances;
    return turn?.list ?? '';
  });
}

describe('turns of lists', () => {
  test('[L-11] weights 3 and 1: three of four turns, and never four in a row', () => {
    expect(turns({ a: 3, b: 1 }, 8).join('')).toBe('aabaaaba');
  });

  test('[L-11] no one waits on any list: no agent has the turn', () => {
    expect(nextTurn([], () => 1, new Map())).toBeUndefined();
  });

  test('[L-11] any weights: over time each list has its share, within one turn for each list', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 1, max: 300 }), (given, count) => {
        const named = Object.fromEntries(given.map((weight, place) => [`l${place}`, weight]));
        const total = given.reduce((sum, weight) => sum + weight, 0);
        const taken = turns(named, count);
        for (const [list, weight] of Object.entries(named)) {
          const share = taken.filter((one) => one === list).length;
          expect(Math.abs(share - (count * weight) / total)).toBeLessThan(given.length + 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
