// The modes without forecast: progressive (one line per free agent) and ratio (a fixed number of lines per free agent).
// When agents leave, lines that have no agent any more are given up as soon as they have rung long enough.

import { mayCancel } from './cancelling.ts';
import type { PacerOptions } from './contract.ts';
import { guard } from './guard.ts';
import type { Advice } from './predictive.ts';
import type { PacingLimit } from './reason.ts';
import type { Tracker } from './tracker.ts';

/** Progressive: lines = ready agents − waiting callers − calls in flight; never overdials. */
export function oneToOne(tracker: Tracker, options: PacerOptions, now: number): Advice {
  const { agents, calls } = tracker;
  const free = agents.readyUntil(now, now + options.ringTimeoutMs) - calls.waiting;
  return plainAdvice(tracker, now, {
    wanted: free - calls.inFlight,
    cancel: longestRinging(tracker, options, now, calls.inFlight - Math.max(0, free)),
  });
}

/** Ratio: lines = ⌊ratio × ready agents⌋ − calls in flight; gives up only what the whole team could not take. */
export function byRatio(tracker: Tracker, options: PacerOptions, now: number): Advice {
  const { agents, calls } = tracker;
  const ratio = tracker.window.target > 0 ? Math.max(1, options.ratio ?? 1) : 1;
  return plainAdvice(tracker, now, {
    wanted: Math.floor(ratio * (agents.readyUntil(now, now + options.ringTimeoutMs) - calls.waiting)) - calls.inFlight,
    cancel: longestRinging(tracker, options, now, calls.inFlight - Math.floor(ratio * agents.working)),
  });
}

function plainAdvice(tracker: Tracker, now: number, found: { wanted: number; cancel: string[] }): Advice {
  const { agents, calls, window } = tracker;
  const limit: PacingLimit = agents.working === 0 ? 'no-agents' : 'all-busy';
  return {
    ...found,
    wanted: Math.max(0, found.wanted),
    limit,
    risk: 0,
    cost: 0,
    price: 0,
    guard: guard(window, { expected: undefined, oneToOne: 0, inFlight: 0, reserve: 0, agents: 1 }),
    expectedFree: agents.ready,
    expectedAnswers: calls.waiting,
  };
}

/** Up to `surplus` calls that have rung for the legal time, the longest ringing first. */
function longestRinging(tracker: Tracker, options: PacerOptions, now: number, surplus: number): string[] {
  if (surplus <= 0) return [];
  const ringing = [];
  for (const call of tracker.calls.values()) {
    if (mayCancel(call, { now, minRingMs: options.minRingMs })) ringing.push(call);
  }
  ringing.sort((a, b) => (a.ringingAt ?? now) - (b.ringingAt ?? now));
  return ringing.slice(0, surplus).map((call) => call.id);
}
