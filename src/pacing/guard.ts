// Whether the window's abandon rate can still be kept whatever happens next: the guard.
//
// The margin is the number of abandonments that may still happen without breaking the target by the window's end,
// were overdialing to stop after them:
//   m = S − 1 + 0.65·target·E − (0.3 in the last 30 minutes),  E the live answers still expected in the window.
// With an unknown end nothing is borrowed from the future. m < 0 closes the guard: no more lines than free agents.
// Else the price is multiplied by min(1, 0.15 + m/soft), soft = min(2, 0.5·N^0.4).

import { setPoint } from './budget.ts';
import type { GuardState } from './reason.ts';
import type { Ledger } from './ledger.ts';

const SHARE_OF_FUTURE = 0.65;
const LAST_PHASE_RESERVE = 0.3;
const LAST_PHASE_MS = 1_800_000;

export interface Guarded {
  readonly state: GuardState;
  readonly margin: number;
  /** What the price is multiplied by, 0–1. */
  readonly factor: number;
}

/** Judges the window at `now` (the ledger's own clock) for this many working agents. */
export function guard(ledger: Ledger, now: number, agents: number): Guarded {
  const margin = marginOf(ledger, now);
  if (margin < 0) return { state: 'closed', margin, factor: 0 };
  const soft = Math.min(2, 0.5 * agents ** 0.4);
  const factor = Math.min(1, 0.15 + margin / soft);
  return { state: factor < 1 ? 'tight' : 'open', margin, factor };
}

function marginOf(ledger: Ledger, now: number): number {
  const target = setPoint(ledger.target);
  const certain = ledger.creditAt(target) - 1;
  const future = ledger.expectedAnswers(now);
  if (future === undefined || ledger.endsAt === undefined) return certain;
  const reserve = ledger.endsAt - now < LAST_PHASE_MS ? LAST_PHASE_RESERVE : 0;
  return certain + SHARE_OF_FUTURE * target * future - reserve;
}
