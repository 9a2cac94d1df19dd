// How many abandonments per live answer may be spent from now on, so that the window ends just under its target.
//
// With S the credit at the set point (target less 0.05 points of 3), E the live answers still expected in the window:
//   known end:    ρ = (S − R + target·E − 0.5) ÷ (E + 3)
//   unknown end:  ρ = target·(1 + (S − R − 1.5) ÷ 3)
// R the reserve against bursts and calls in flight, ρ clipped to 0 … 2·target. A morning's unused budget is spread
// evenly over the rest of the window; where the rate must be right at any time, nothing is borrowed from answers to
// come and some credit is always kept.

import type { Ledger } from './ledger.ts';

const SET_POINT = 2.95 / 3;
/** An abandonment is whole: on average half a one stays unspent. */
const UNSPENT = 0.5;
/** Keeps the last answers of a window from being gambled away. */
const LAST_ANSWERS = 3;
const ROLLING_REST = 1.5;
const ROLLING_SPAN = 3;
const MOST_TIMES_TARGET = 2;

/** The share of live answers that may be abandoned as the pacer aims at it, a little under the allowed one. */
function setPoint(target: number): number {
  return target * SET_POINT;
}

/** ρ at `now` on the ledger's own clock, 0–1, if `reserve` abandonments are to stay unspent. */
export function spendable(ledger: Ledger, now: number, reserve: number): number {
  const target = setPoint(ledger.target);
  const credit = ledger.creditAt(target) - reserve;
  const future = ledger.expectedAnswers(now);
  const rate =
    future === undefined
      ? target * (1 + (credit - ROLLING_REST) / ROLLING_SPAN)
      : (credit + target * future - UNSPENT) / (future + LAST_ANSWERS);
  return Math.min(MOST_TIMES_TARGET * target, Math.max(0, rate));
}
