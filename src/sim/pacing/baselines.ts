// What other dialers do, as they document it, to stand beside the pacer in the benchmark.
// Each keeps to its own period and its own figures; none knows more than its original would.

import type { PacingEvent } from '../../pacing/pacer.ts';
import { Tracker, type Listener } from '../../pacing/tracker.ts';
import type { SimulatedPolicy } from './shift.ts';

const NOTHING: Listener = {
  agentChanged: () => undefined,
  dialed: () => undefined,
  demanded: () => undefined,
  missed: () => undefined,
  cancelled: () => undefined,
  liveAnswer: () => undefined,
  abandoned: () => undefined,
};

/** Agents, calls and the window, for a policy that needs no more; `listener` hears what it wants to hear. */
export function makeTracker(listener: Partial<Listener> = {}): Tracker {
  return new Tracker(
    {
      mode: 'ratio',
      abandonTarget: 0.03,
      answerLimitMs: 2000,
      ringTimeoutMs: 60_000,
      minRingMs: 60_000,
      maxLines: 1e6,
      maxCallsPerSecond: 20_000,
    },
    { ...NOTHING, ...listener },
  );
}

/** Asks for `lines` every `periodMs`; what it says less than one is none. */
export function periodic(tracker: Tracker, periodMs: number, lines: (now: number) => number): SimulatedPolicy {
  let nextAt = 0;
  return {
    observe: (event: PacingEvent) => tracker.observe(event),
    decide: (now) => {
      if (now < nextAt) return { dial: 0, cancel: [] };
      nextAt = now + periodMs;
      return { dial: Math.max(0, Math.floor(lines(now))), cancel: [] };
    },
  };
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Power dialing: ratio × idle agents − calls in flight, at every event. The fraction of a line is dialed as often as it
 * says: whether it is, is settled again (by a golden-ratio sequence) each time an agent becomes ready.
 */
export function power(ratio: number): SimulatedPolicy {
  let share = 0;
  const tracker = makeTracker({
    agentChanged: (change) => {
      if (change.to === 'ready') share = (share + GOLDEN) % 1;
    },
  });
  const { agents, calls } = tracker;
  return periodic(tracker, 0, () => Math.floor(ratio * (agents.ready - calls.waiting) + share) - calls.inFlight);
}

/** Issabel: every 3 s free agents and those 97 % sure to be free after the ring, less queued and ringing calls. */
export function issabel(overcommit: boolean): SimulatedPolicy {
  let talkS = 120;
  let ringS = 12;
  let answered = 1;
  let ended = 1;
  const tracker = makeTracker({
    agentChanged: (change) => {
      if (change.from === 'talking') talkS += 0.02 * (change.spentMs / 1000 - talkS);
    },
    demanded: (call, at) => {
      answered += 1;
      ended += 1;
      ringS += 0.02 * ((at - call.dialedAt) / 1000 - ringS);
    },
    missed: () => {
      ended += 1;
    },
  });
  const { agents, calls } = tracker;
  return periodic(tracker, 3000, (now) => {
    let free = agents.ready;
    for (const agent of agents.values()) {
      if (agent.state !== 'talking') continue;
      if (1 - Math.exp(-(ringS + (now - agent.sinceAt) / 1000) / talkS) >= 0.97) free += 1;
    }
    const share = overcommit ? Math.max(0.2, answered / ended) : 1;
    return Math.round(free / share) - calls.waiting - calls.inFlight;
  });
}

/** UNICOM Predict1PI: waiting agents × (1 + adjustment × failed/answered) lines, a PI controller holds 2.8 %. */
export function predictPi(target: number): SimulatedPolicy {
  const aim = (target * 2.8) / 3;
  let failed = 1;
  let answered = 1;
  let integral = 0.2;
  let adjust = 0.2;
  const tracker = makeTracker({
    demanded: () => {
      answered += 1;
    },
    missed: () => {
      failed += 1;
    },
    liveAnswer: () => {
      integral = Math.min(3, Math.max(0, integral + 0.25 * aim));
    },
    abandoned: () => {
      integral = Math.max(0, integral - 0.25);
    },
  });
  const { agents, calls, window } = tracker;
  return periodic(tracker, 500, () => {
    const error = (aim * window.liveAnswers - window.abandoned) / (window.liveAnswers + 100);
    adjust = Math.max(0, integral + 10 * error);
    const ready = agents.ready - calls.waiting;
    return Math.round(ready * (1 + (adjust * failed) / answered)) - calls.inFlight;
  });
}
