// Looks into the texts of a campaign's file, as the checks of its sections do.

import { parseDuration } from '../../base/durations.ts';

/** The items of a list with their places; of anything else none. */
export function entries(value: unknown): readonly (readonly [number, unknown])[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => [index, item] as const) : [];
}

export const isYes = (value: unknown): boolean => value === 'yes' || value === 'true';

/** In ms; undefined when it is none. */
export const durationOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? parseDuration(value) : undefined;
