// How many lines to dial now, and which ringing ones to give up: the door of the pacing library.
// Deterministic: no clock, no I/O, no randomness of its own; everything comes in through observe and decide.

import type { Json, Pacer, PacerOptions, PacingDecision, PacingEvent } from './contract.ts';
import type { PacingLimit, PacingReason } from './reason.ts';
import { Tracker, type Listener } from './tracker.ts';

export type {
  Json,
  PacedAgentState,
  Pacer,
  PacerOptions,
  PacingDecision,
  PacingEvent,
  PacingMode,
} from './contract.ts';
export type { GuardState, PacingLimit, PacingReason } from './reason.ts';
export { describe } from './describe.ts';

const IGNORE: Listener = {
  agentChanged: () => undefined,
  dialed: () => undefined,
  pickedUp: () => undefined,
  demanded: () => undefined,
  missed: () => undefined,
  cancelled: () => undefined,
  liveAnswer: () => undefined,
  windowSet: () => undefined,
};

/**
 * Makes a pacer for one campaign. `learned` is what an earlier pacer's `learned()` gave; anything else in its
 * place is a cold start, never an error.
 */
export function createPacer(options: PacerOptions, _learned?: Json): Pacer {
  const tracker = new Tracker(options, IGNORE);
  return {
    observe: (event: PacingEvent) => tracker.observe(event),
    decide: (now: number) => decide(tracker, options, now),
    learned: () => ({ version: 1 }),
  };
}

function decide(tracker: Tracker, options: PacerOptions, callerNow: number): PacingDecision {
  const now = tracker.advance(callerNow);
  tracker.expire(now);
  const { agents, calls } = tracker;
  const oneToOne = agents.ready - calls.waiting - calls.inFlight;
  const wanted =
    options.mode === 'ratio'
      ? Math.floor((options.ratio ?? 1) * (agents.ready - calls.waiting)) - calls.inFlight
      : oneToOne;
  const limits = lineLimits(tracker, options, now);
  const dial = Math.max(0, Math.min(wanted, limits.lines, limits.perSecond));
  const limit = whichLimit(tracker, options, { wanted, dial, ...limits });
  const decision = { dial, cancel: [], why: reason(tracker, options, dial, limit) };
  return limit === 'calls-per-second' ? { ...decision, wakeAt: tracker.toCaller(tracker.dialRate.nextAt()) } : decision;
}

function lineLimits(tracker: Tracker, options: PacerOptions, now: number): { lines: number; perSecond: number } {
  return {
    lines: Math.max(0, options.maxLines - tracker.calls.lines),
    perSecond: tracker.dialRate.free(now),
  };
}

function whichLimit(
  tracker: Tracker,
  options: PacerOptions,
  found: { wanted: number; dial: number; lines: number; perSecond: number },
): PacingLimit {
  if (tracker.agents.working === 0) return 'no-agents';
  if (found.dial < found.wanted) return found.lines <= found.perSecond ? 'max-lines' : 'calls-per-second';
  return options.mode === 'predictive' ? 'cold-start' : 'all-busy';
}

function reason(tracker: Tracker, options: PacerOptions, dial: number, limit: PacingLimit): PacingReason {
  const { agents, calls, ledger } = tracker;
  return {
    mode: options.mode,
    limit,
    dial,
    cancelled: 0,
    agents: { ready: agents.ready, talking: agents.talking, wrapUp: agents.wrapUp },
    inFlight: calls.inFlight,
    waiting: calls.waiting,
    lines: calls.lines,
    answerRate: 0.5,
    expectedFree: 0,
    expectedAnswers: 0,
    risk: 0,
    price: 0,
    guard: { state: 'closed', margin: ledger.credit, abandonRate: ledger.abandonRate },
  };
}
