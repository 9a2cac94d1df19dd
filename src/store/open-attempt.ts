// What both databases read of an attempt that somebody still has to end, or whose record somebody still has to decide.

import type { Result, Verdict } from '../terms.ts';

/** How far back the facts reach before the attempt. */
export const FACTS_SPAN_MS = 48 * 3_600_000;

export interface OpenAttemptRow {
  readonly attempt: string;
  readonly phoneIndex: number;
  readonly trunk: string;
  readonly callerId: string;
  readonly dialedAt: number;
  readonly answeredAt: number | null;
  readonly bridgedAt: number | null;
  readonly agent: string | null;
  readonly session: string | null;
  readonly verdict: Verdict | null;
  readonly result: Result | null;
  readonly endedAt: number | null;
}
