// What the settings say that campaign files are checked against.

import type { Reach } from '../campaign/number-gate.ts';
import type { Settings } from './settings.ts';

/** Trunks with the numbers that are ours, and whether anything can be recorded. */
export function contextOf({ trunks, recordings }: Pick<Settings, 'trunks' | 'recordings'>): {
  readonly trunks: readonly string[];
  readonly trunkNumbers: ReadonlyMap<string, readonly string[]>;
  /** What each trunk may dial. */
  readonly reaches: ReadonlyMap<string, Reach>;
  readonly canRecord: boolean;
} {
  return {
    trunks: trunks.map(({ name }) => name),
    trunkNumbers: new Map(trunks.flatMap(({ name, numbers }) => (numbers === undefined ? [] : [[name, numbers]]))),
    reaches: new Map(trunks.map(({ name, reach }) => [name, reach])),
    canRecord: recordings !== undefined,
  };
}
