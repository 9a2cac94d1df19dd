// What one agent alone in S1 could be at best: without overdialing, with 3 % abandoned, and with the 4 of 150 that a day
// allows; with and without giving up calls that have rung for 15 s. `--short` solves the first alone.

import type { BenchArgs } from './bench-args.ts';
import { loneOptimum } from './lone-agent/optimum.ts';

/** Set-up takes 2 s at most, then 15 s of ringing. */
const GIVE_UP_FROM_S = 17;
const TARGETS = [0, 0.0266, 0.03];

export interface LoneOptimum {
  readonly givesUp: boolean;
  readonly abandoned: number;
  readonly utilisation: number;
}

export function run({ json, short }: BenchArgs): Promise<readonly LoneOptimum[]> {
  const figures: LoneOptimum[] = [];
  for (const givesUp of short ? [false] : [false, true]) {
    const giveUpFrom = givesUp ? GIVE_UP_FROM_S : Number.POSITIVE_INFINITY;
    for (const abandoned of short ? [0] : TARGETS) {
      const utilisation = loneOptimum({ target: abandoned, giveUpFrom });
      figures.push({ givesUp, abandoned, utilisation });
      const how = givesUp ? 'giving calls up after 15 s' : 'letting every call ring';
      const line = `S1, one agent, ${how}, ${(abandoned * 100).toFixed(2)} % abandoned at most`;
      if (!json) process.stdout.write(`${line}: ${(utilisation * 100).toFixed(2)} % busy at best\n`);
    }
  }
  return Promise.resolve(figures);
}
