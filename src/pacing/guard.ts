// Whether the window's abandon rate can still be kept whatever happens next: the guard.
//
// The margin is the number of abandonments that may still happen without breaking the target by the window's end,
// were overdialing to stop after them:
//   m = S − 1 − F − 0.8·√F − L − R + target·(E − 2·√E),  S = target·A − B,
// F the abandonments that the calls in flight will probably cause, R the reserve against bursts (bursts.ts),
// L = 0.8·(1 − 1/N)·(1 − min(1, target·E)) for a second one at once with N agents, which the last answers of a window
// cannot pay back,
// E the live answers that progressive dialing would still have in the window, or at the pace so far, or with the dials
// that are left, if that is less, 0.9 of them; its lower bound counts, not its mean. With an unknown end nothing
// is borrowed from the future. m < 0 closes the guard: no more lines than free agents.
// Once closed it opens slowly, since what one-to-one dialing brings is counted already; so spending is slowed before:
//   ρ ← ρ·min(1, 0.05 + m ÷ (c·√(1 + target·E'))),  c = 0.3 + 3·(1 − E₁/E'),
// E' the answers expected at the pace so far, E₁ those that progressive dialing would have; the root is about the
// spread of the abandonments still to come, and c grows with what a closed guard costs. With an unknown end
//   ρ ← ρ·min(1, 0.05 + m ÷ √N):
// a guard that shuts at once, with nothing but today's credit to open it again, costs 3.5 points with 10 agents.

import type { Outlook } from './budget.ts';
import type { GuardState } from './reason.ts';
import type { AnswerWindow } from './answer-window.ts';

/** The next abandonment. */
const NEXT = 1;
/** In spreads of what the calls in flight will cause: they may all turn out badly. */
const AT_ONCE = 0.8;
/** Of a second abandonment, where no answers are left to pay it back. */
const SECOND = 0.8;
const LEAST_FACTOR = 0.05;
const LEAST_SPREADS = 0.3;
const SPREADS_PER_LOSS = 3;
const SHARE_OF_FUTURE = 0.9;
const SPREADS_BELOW = 2;

export interface Guarded {
  readonly state: GuardState;
  readonly margin: number;
  /** What the abandonments to be spent per answer are multiplied by, 0–1. */
  readonly factor: number;
}

export interface GuardOutlook extends Outlook {
  /** Abandonments that the calls in flight will probably cause; `reserve` holds them too. */
  readonly inFlight: number;
  /** The live answers that progressive dialing would have in the window; 0 when its end is unknown. */
  readonly oneToOne: number;
}

/** Judges the window. */
export function guard(window: AnswerWindow, outlook: GuardOutlook): Guarded {
  const expected = outlook.expected ?? 0;
  const oneToOne = Math.min(expected, outlook.oneToOne);
  const repaid = expected > 0 ? Math.min(1, window.target * oneToOne) : 1;
  const second = SECOND * (1 - 1 / outlook.agents) * (1 - repaid);
  const unlucky = AT_ONCE * Math.sqrt(Math.max(0, outlook.inFlight));
  const certain = window.creditAt(window.target) - NEXT - unlucky - outlook.reserve - second;
  const margin = certain + window.target * sure(oneToOne);
  if (margin < 0) return { state: 'closed', margin, factor: 0 };
  const factor = Math.min(1, LEAST_FACTOR + margin / softness(window.target, outlook, oneToOne));
  return { state: factor < 1 ? 'tight' : 'open', margin, factor };
}

/** The margin at which spending begins to slow down. */
function softness(target: number, { expected, agents }: GuardOutlook, oneToOne: number): number {
  if (expected === undefined) return Math.sqrt(agents);
  const loss = expected > 0 ? 1 - oneToOne / expected : 0;
  return (LEAST_SPREADS + SPREADS_PER_LOSS * loss) * Math.sqrt(1 + target * expected);
}

/** The answers that will come at least. */
function sure(answers: number): number {
  const future = SHARE_OF_FUTURE * answers;
  return Math.max(0, future - SPREADS_BELOW * Math.sqrt(future));
}
