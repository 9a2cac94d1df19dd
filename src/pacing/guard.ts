// Whether the window's abandon rate can still be kept whatever happens next: the guard.
//
// The margin is the number of abandonments that may still happen without breaking the target by the window's end,
// were overdialing to stop after them:
//   m = S − 1 + 0.65·target·(live answers per second today)·(seconds left) − (0.3 in the last 30 minutes)
// With an unknown end nothing is borrowed from the future. m < 0 closes the guard: no more lines than free agents.
// Else the price is multiplied by min(1, 0.15 + m/soft), soft = min(2, 0.5·N^0.4).
// The set point lies a little under the target (0.05 points of 3): worst of 44 days 2.95 %.

import type { GuardState } from './reason.ts';
import type { Ledger } from './ledger.ts';

const SHARE_OF_FUTURE = 0.65;
const LAST_PHASE_S = 1800;
const LAST_PHASE_RESERVE = 0.3;
const SET_POINT = 2.95 / 3;
/** The pace of live answers is not trusted before this much of the window has passed. */
const SHORTEST_HISTORY_S = 120;

export interface Guarded {
  readonly state: GuardState;
  readonly margin: number;
  /** What the price is multiplied by, 0–1. */
  readonly factor: number;
}

/** The share of live answers that may be abandoned as the pacer aims at it, a little under the allowed one. */
export function setPoint(target: number): number {
  return target * SET_POINT;
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
  const credit = ledger.creditAt(target);
  if (ledger.endsAt === undefined || ledger.startedAt === undefined) return credit - 1;
  const leftS = Math.max(0, ledger.endsAt - now) / 1000;
  const pastS = Math.max(SHORTEST_HISTORY_S, (now - ledger.startedAt) / 1000);
  const future = (SHARE_OF_FUTURE * target * (ledger.liveAnswers - ledger.startedWith) * leftS) / pastS;
  return credit - 1 + future - (leftS < LAST_PHASE_S ? LAST_PHASE_RESERVE : 0);
}
