// What goes into the pacing library and what comes out of it.
// Types only; the words are those of terms.ts. Instants are epoch milliseconds.

import type { Result } from '../terms.ts';
import type { PacingMode } from './mode.ts';
import type { PacingReason } from './reason.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface PacerOptions {
  readonly mode: PacingMode;
  /** Highest allowed abandoned ÷ live answers, 0–1. 0 means: never overdial. */
  readonly abandonTarget: number;
  /** How long a live answer may wait for an agent before it counts as abandoned. */
  readonly answerLimitMs: number;
  /** How long a call may ring before the dialer gives up. */
  readonly ringTimeoutMs: number;
  /** A ringing call is never cancelled before it has rung this long. */
  readonly minRingMs: number;
  /** Lines that may be in use at once: ringing, waiting and talking. */
  readonly maxLines: number;
  readonly maxCallsPerSecond: number;
  /** Lines per ready agent, for mode ratio. */
  readonly ratio?: number;
  /** Kept for policies that draw lots; today's policies draw none. */
  readonly seed?: number;
}

export type PacedAgentState = 'offline' | 'paused' | 'ready' | 'talking' | 'wrap-up';

export type PacingEvent = { readonly at: number } & (
  | { readonly type: 'agent'; readonly agent: string; readonly state: PacedAgentState }
  | {
      readonly type: 'dialed' | 'ringing' | 'answered' | 'live' | 'machine' | 'abandoned';
      readonly call: string;
    }
  | { readonly type: 'connected'; readonly call: string; readonly agent: string }
  | { readonly type: 'ended'; readonly call: string; readonly result: Result }
  | {
      readonly type: 'window';
      readonly target: number;
      readonly liveAnswers: number;
      readonly abandoned: number;
      readonly endsAt?: number;
      /** So many dials can still be made before `endsAt`, as the records go; absent: more than will be. */
      readonly dialsLeft?: number;
    }
  /** The agent takes no new call from `until` on (a planned break, the end of a shift); null: nothing is planned. */
  | { readonly type: 'agent-until'; readonly agent: string; readonly until: number | null }
  /** From now on this share of dials should reach a person, as earlier days say; worth that many dials of experience. */
  | { readonly type: 'expect'; readonly answerRate: number; readonly dials: number }
);

export interface PacingDecision {
  /** How many more lines to dial now. */
  readonly dial: number;
  /** Calls to hang up before they are answered; each has rung at least `minRingMs`. */
  readonly cancel: string[];
  /** Ask again at this instant even if nothing happens until then. */
  readonly wakeAt?: number;
  readonly why: PacingReason;
}

export interface Pacer {
  /** Takes in one event; late, doubled and unknown ones do no harm. */
  observe(event: PacingEvent): void;
  /**
   * Says what to do at `now`. Changes nothing: every dial that follows must be observed as `dialed`
   * before the next question, or it is advised again.
   */
  decide(now: number): PacingDecision;
  /** What has been learned so far, to be handed to `createPacer` after a restart. */
  learned(): Json;
}
