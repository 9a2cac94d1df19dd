// The figures that the short run holds to, and how far each may fall before it counts as worse.
// `noise` is what a change without merit moves a figure by: other roundings send the same days down other paths.

import { readFileSync } from 'node:fs';
import { TARGET, keyOf, type CellId } from './days.ts';
import type { Cell } from './cell.ts';

export interface Agreed extends CellId {
  readonly utilisation: number;
  readonly abandonRate: number;
  readonly noise: number;
}

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
    if (cell.utilisation < before.utilisation - before.noise) {
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
