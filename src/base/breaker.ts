// Keeps a service that fails from being asked again and again: after some failures in a row it is left alone for a while,
// longer each time, and then tried once. Pure.

import { backoffMs } from './backoff.ts';

export interface Breaker {
  readonly failures: number;
  /** No one asks before this, epoch ms. */
  readonly closedUntil: number;
}

const FAILURES_BEFORE_REST = 3;
const REST = { firstMs: 2_000, maxMs: 120_000 };

export const freshBreaker: Breaker = { failures: 0, closedUntil: -Infinity };

export const mayAsk = (breaker: Breaker, now: number): boolean => now >= breaker.closedUntil;

/** A single failure after a rest begins the next one. */
export function afterFailure({ failures, closedUntil }: Breaker, now: number): Breaker {
  const count = failures + 1;
  const rests = count - FAILURES_BEFORE_REST;
  return { failures: count, closedUntil: rests < 0 ? closedUntil : now + backoffMs(REST, rests) };
}
