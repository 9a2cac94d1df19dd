// What a store has counted of a day's attempts by their result, put together. Touches no database.

import type { DayCounts } from '../engine/store/answers.ts';
import type { Result } from '../terms.ts';

/** The attempts with one result; null: those that are not over. */
export interface ResultRow {
  readonly result: Result | null;
  readonly attempts: number;
  readonly liveAnswers: number;
  readonly waited: number;
  /** The longest wait; null without one. */
  readonly maxMs: number | null;
}

/** `latestDelaysMs`: those of the last dialed first. */
export function dayCounts(rows: readonly ResultRow[], latestDelaysMs: readonly number[]): DayCounts {
  const sum = (of: (row: ResultRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const over = rows.flatMap(({ result, attempts }) =>
    result === null || attempts === 0 ? [] : [[result, attempts] as const],
  );
  return {
    attempts: sum(({ attempts }) => attempts),
    liveAnswers: sum(({ result, liveAnswers }) => (result === null ? 0 : liveAnswers)),
    byResult: Object.fromEntries(over),
    answerDelaysMs: latestDelaysMs.toReversed(),
    waited: { count: sum(({ waited }) => waited), maxMs: Math.max(0, ...rows.map(({ maxMs }) => maxMs ?? 0)) },
  };
}
