// How many abandonments per live answer may be spent from now on, so that the window ends just under its target.
//
// With S the credit at the set point (target less 0.05 points of 3), E the live answers still expected in the window:
//   known end:    even = (S − R + target·E − 0.5) ÷ (E + 3)
//                 repaying = target + (S − R − 0.5 − 0.3·√(target·E)) ÷ (E/2 + 3)
//                 ρ = min(even, max(repaying, 0.6·even))
//   unknown end:  ρ = target·(1 + (S − R − 1.5) ÷ (3·√N))
// N working agents, R the reserve against bursts and calls in flight, ρ clipped to 0 … 2·target. A morning's unused budget is spread
// evenly over the rest of the window; a debt is paid back in half of it, for a guard that closes in the evening costs
// more than care at noon; the root is a cushion of about a third of the spread of what is still to come. Where the rate
// must be right at any time, nothing is borrowed from answers to come and some credit is always kept. How far the credit
// strays from it grows with the calls that large teams have in flight, and the price must not answer to each of them.

import type { AnswerWindow } from './answer-window.ts';

const SET_POINT = 2.95 / 3;
/** An abandonment is whole: on average half a one stays unspent. */
const UNSPENT = 0.5;
/** Keeps the last answers of a window from being gambled away. */
const LAST_ANSWERS = 3;
const ROLLING_REST = 1.5;
/** Times √N. */
const ROLLING_SPAN = 3;
const MOST_TIMES_TARGET = 2;
/** In spreads of the abandonments still to come. */
const CUSHION = 0.3;
/** Debts are paid back within this share of the answers to come, … */
const REPAID_WITHIN = 0.5;
/** … but never by spending less than this share of an even pace. */
const LEAST_SHARE = 0.6;

/** The share of live answers that may be abandoned as the pacer aims at it, a little under the allowed one. */
function setPoint(target: number): number {
  return target * SET_POINT;
}

export interface Outlook {
  /** Live answers still expected in the window; undefined when its end is unknown. */
  readonly expected: number | undefined;
  /** Abandonments to stay unspent: those to be expected from calls in flight, and those to be reckoned with. */
  readonly reserve: number;
  /** Working agents, 1 or more. */
  readonly agents: number;
}

/** ρ, 0–1. */
export function spendable(window: AnswerWindow, { expected, reserve, agents }: Outlook): number {
  const target = setPoint(window.target);
  const credit = window.creditAt(target) - reserve;
  const rate =
    expected === undefined
      ? target * (1 + (credit - ROLLING_REST) / (ROLLING_SPAN * Math.sqrt(agents)))
      : untilEnd(credit - UNSPENT, target, expected);
  return Math.min(MOST_TIMES_TARGET * target, Math.max(0, rate));
}

/** ρ with `expected` answers to come: evenly spread, but debts are paid back sooner. */
function untilEnd(credit: number, target: number, expected: number): number {
  const even = (credit + target * expected) / (expected + LAST_ANSWERS);
  const cushion = CUSHION * Math.sqrt(target * expected);
  const repaying = target + (credit - cushion) / (expected * REPAID_WITHIN + LAST_ANSWERS);
  return Math.min(even, Math.max(repaying, LEAST_SHARE * even));
}
