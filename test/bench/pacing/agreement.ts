// The figures that the short run holds to, and how far each may fall before it counts as worse.
//
// A change without merit sends the same days down other paths, after which they differ about as much as days of other
// seeds do: two versions of the pacer of equal merit, held against each other on the same hundred days, differed from day
// to day by 0.7 (S1 with 1 agent) to 1.1 times (3 and 10 agents) the spread between days. So a mean over n days may fall by
//   room = 1.645·s ÷ √n,  s the standard deviation of a day's utilisation over seeds that are not in the short run;
// of changes without merit one in twenty falls further. `spread` is s: of 70, 90, 96, 95, 35, 90 and 74 days for outdial
// in the order of the file, 21 for what stands beside it.

import { readFileSync } from 'node:fs';
import { TARGET, keyOf, type CellId } from './days.ts';
import type { Cell } from './cell.ts';

export interface Agreed extends CellId {
  readonly utilisation: number;
  readonly abandonRate: number;
  /** Standard deviation of a day's utilisation. */
  readonly spread: number;
}

/** One change without merit in twenty falls by more than so many standard errors. */
const ONE_IN_TWENTY = 1.645;

/** The figures as they were when they were last agreed on. */
export function agreed(): readonly Agreed[] {
  return JSON.parse(readFileSync(new URL('./agreed.json', import.meta.url), 'utf8')) as Agreed[];
}

/** What has fallen, in words; nothing when all is as good as agreed. */
export function fallen(cells: readonly Cell[], figures: readonly Agreed[]): string[] {
  const byKey = new Map(figures.map((figure) => [keyOf(figure), figure]));
  return cells.flatMap((cell) => {
    const before = byKey.get(keyOf(cell));
    if (before === undefined) return [`${keyOf(cell)} has no agreed figure`];
    const faults: string[] = [];
    const room = (ONE_IN_TWENTY * before.spread) / Math.sqrt(cell.days);
    if (cell.utilisation < before.utilisation - room) {
      faults.push(`${keyOf(cell)}: utilisation ${percent(cell.utilisation)} % after ${percent(before.utilisation)} %`);
    }
    if (cell.policy === 'outdial' && cell.abandonRate > TARGET) {
      faults.push(`${keyOf(cell)}: abandons ${percent(cell.abandonRate)} %`);
    }
    return faults;
  });
}

function percent(rate: number): string {
  return (rate * 100).toFixed(2);
}
