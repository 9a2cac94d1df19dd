// Whether the window's abandon rate can still be kept whatever happens next: the guard.
//
// The margin is the number of abandonments that may still happen without breaking the target by the window's end,
// were overdialing to stop after them:
//   m = S − 1 − F − R + target·(E − 2·√E),  S = target·A − B,
// F the abandonments that the calls in flight will probably cause, R the reserve against bursts (bursts.ts),
// E the live answers that progressive dialing would still have in the window, or at the pace so far
// if that is less, 0.9 of them; its lower bound counts, not its mean. With an unknown end nothing
// is borrowed from the future. m < 0 closes the guard: no more lines than free agents.
// Else the price is multiplied by min(1, 0.15 + m/0.5).

import type { GuardState } from './reason.ts';
import type { Ledger } from './ledger.ts';

/** From this margin on the price is not lowered. */
const FULL_PRICE_FROM = 0.5;
const SHARE_OF_FUTURE = 0.9;
const SPREADS_BELOW = 2;

export interface Guarded {
  readonly state: GuardState;
  readonly margin: number;
  /** What the price is multiplied by, 0–1. */
  readonly factor: number;
}

export interface GuardedNow {
  /** On the ledger's own clock. */
  readonly now: number;
  /** Live answers per second with progressive dialing. */
  readonly progressivePace: number;
  /** F + R: abandonments to be expected from calls in flight, and those to be reckoned with. */
  readonly reserve: number;
}

/** Judges the window. */
export function guard(ledger: Ledger, given: GuardedNow): Guarded {
  const margin = ledger.creditAt(ledger.target) - 1 - given.reserve + ledger.target * sureAnswers(ledger, given);
  if (margin < 0) return { state: 'closed', margin, factor: 0 };
  const factor = Math.min(1, 0.15 + margin / FULL_PRICE_FROM);
  return { state: factor < 1 ? 'tight' : 'open', margin, factor };
}

function sureAnswers(ledger: Ledger, { now, progressivePace }: GuardedNow): number {
  const leftS = ledger.leftS(now);
  const expected = ledger.expectedAnswers(now);
  if (leftS === undefined || expected === undefined) return 0;
  const future = SHARE_OF_FUTURE * Math.min(expected, progressivePace * leftS);
  return Math.max(0, future - SPREADS_BELOW * Math.sqrt(future));
}
