// Trunks and agent groups that a campaign's file names, and whether they are there.

import { z } from 'zod';
import { didYouMean } from '../../base/nearest.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { Reach } from '../../campaign/number-gate.ts';
import type { Checking } from '../checking.ts';
import type { Path } from '../source.ts';
import { name } from '../values.ts';
import { entries } from './written.ts';

export const trunkSchema = z
  .union([name('trunk'), z.array(name('trunk')).min(1)])
  .describe('trunk of outdial.yaml, or several in the order of preference');

/** With what each of them may dial, where the settings are known. */
export function toTrunks(
  written: z.output<typeof trunkSchema>,
  reaches: ReadonlyMap<string, Reach> | undefined,
): Pick<Campaign, 'trunks' | 'reach'> {
  const trunks = typeof written === 'string' ? [written] : written;
  if (!reaches) return { trunks };
  const reach = trunks.flatMap((trunk) => {
    const own = reaches.get(trunk);
    return own === undefined ? [] : [{ trunk, ...own }];
  });
  return { trunks, reach };
}

export function checkKnown({ at, report, context }: Checking): void {
  const trunk = at(['trunk']);
  const trunks: readonly (readonly [Path, unknown])[] = Array.isArray(trunk)
    ? entries(trunk).map(([index, item]) => [['trunk', index], item] as const)
    : [[['trunk'], trunk]];
  for (const [path, item] of trunks) {
    if (typeof item !== 'string' || item === '' || !context.trunks || context.trunks.includes(item)) continue;
    const known = `Known: ${context.trunks.join(', ') || 'none'}.`;
    report(path, `There is no trunk ${item} in outdial.yaml.`, `${known}${didYouMean(item, context.trunks)}`);
  }
  for (const [index, item] of entries(at(['agents']))) {
    if (typeof item !== 'string' || item === '' || !context.groups || context.groups.includes(item)) continue;
    const hint = `Put agents into it: outdial agent add --group.${didYouMean(item, context.groups)}`;
    report(['agents', index], `There is no agent group ${item} yet.`, hint, 'warning');
  }
}
