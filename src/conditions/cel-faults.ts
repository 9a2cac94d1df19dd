// What the CEL library finds wrong, in our words.

import { nearestWord } from '../base/nearest.ts';
import type { ConditionFault } from './terms.ts';

/** Where a condition is faulty and what to write instead; `names`: what may be asked for. */
export function celFault(error: unknown, names: readonly string[], source: string): ConditionFault {
  const { code, summary, range } = details(error);
  const column = Math.min(range?.start ?? 0, source.length) + 1;
  const found = source.slice(range?.start ?? 0, range?.end ?? 0);
  if (code === 'unknown_variable') {
    const nearest = nearestWord(found, names);
    const hint = nearest === undefined ? '' : `Did you mean ${nearest}? `;
    return { column, message: `There is no ${found} here.`, hint: `${hint}Known: ${names.join(', ')}.` };
  }
  if (source.slice(column - 1, column) === '=' && source.slice(column, column + 1) !== '=') {
    return { column, message: 'A single = compares nothing.', hint: 'Write == to compare.' };
  }
  return { column, message: `${summary}.`, hint: 'Conditions are CEL, such as result == "busy" && attempts < 3.' };
}

interface CelDetails {
  readonly code?: string;
  readonly summary: string;
  readonly range?: { readonly start: number; readonly end: number };
}

function details(error: unknown): CelDetails {
  if (!(error instanceof Error)) return { summary: String(error) };
  const { code, summary, range } = error as Partial<CelDetails>;
  return { summary: summary ?? error.message, ...(code ? { code } : {}), ...(range ? { range } : {}) };
}

/** Why a condition could not be worked out. */
export function noteOf(error: unknown): string {
  const { code, summary } = details(error);
  return code === 'no_such_key' ? summary.replace('No such key:', 'missing field:') : summary;
}
