// Why the pacer dialed that many: the numbers it decided on, and the one limit that held it back.
// Plain data, so that it can be logged, replayed and shown; `describe.ts` puts it into words.

import type { PacingMode } from './mode.ts';

/**
 * The limit that kept the next line from being dialed:
 * `no-agents` no agent is signed in · `all-busy` progressive or ratio has no ready agent left ·
 * `risk` one more call would too probably meet no agent · `cold-start` too little is known yet ·
 * `guard` the abandonment budget allows one line per free agent only · `target-zero` overdialing is not allowed ·
 * `max-lines` all lines are in use · `calls-per-second` dialing as fast as allowed.
 */
export type PacingLimit =
  'no-agents' | 'all-busy' | 'risk' | 'cold-start' | 'guard' | 'target-zero' | 'max-lines' | 'calls-per-second';

/** `open`: budget to spare · `tight`: spending slows down · `closed`: no overdialing. */
export type GuardState = 'open' | 'tight' | 'closed';

export interface PacingReason {
  readonly mode: PacingMode;
  readonly limit: PacingLimit;
  readonly dial: number;
  readonly cancelled: number;
  readonly agents: {
    readonly ready: number;
    readonly talking: number;
    readonly wrapUp: number;
  };
  /** Calls dialed, ringing or answered without a verdict. */
  readonly inFlight: number;
  /** Live callers without an agent. */
  readonly waiting: number;
  /** All lines in use, talking ones included. */
  readonly lines: number;
  /** Estimated share of dials that end in a live answer, 0–1. */
  readonly answerRate: number;
  /** Agents expected to become free within a mean time to answer. */
  readonly expectedFree: number;
  /** Live answers expected in that time from the calls in flight. */
  readonly expectedAnswers: number;
  /** Chance, 0–1, that the next line, if answered by a person, would find no agent. */
  readonly risk: number;
  /** What the next line would cost: its risk, weighed with how fast the risk falls if the dial waits. */
  readonly cost: number;
  /** Highest cost at which a line is still dialed now (the price θ). */
  readonly price: number;
  readonly guard: {
    readonly state: GuardState;
    /** Abandonments that could still happen without breaking the target; below 0 the guard closes. */
    readonly margin: number;
    /** Abandon rate of the window so far, 0–1. */
    readonly abandonRate: number;
  };
}
