// What other dialers do, as they document it, to stand beside the pacer in the benchmark.
// Each keeps to its own period and its own figures; none knows more than its original would.

import type { PacingEvent } from '../../pacing/pacer.ts';
import { Tracker, type Listener } from '../../pacing/tracker.ts';
import type { SimulatedPolicy } from './simulate.ts';

const NOTHING: Listener = {
  agentChanged: () => undefined,
  dialed: () => undefined,
  demanded: () => undefined,
  missed: () => undefined,
  cancelled: () => undefined,
  liveAnswer: () => undefined,
  abandoned: () => undefined,
};

/** Agents, calls and the ledger, for a policy that needs no more; `listener` hears what it wants to hear. */
function makeTracker(listener: Partial<Listener> = {}): Tracker {
  return new Tracker(
    {
      mode: 'ratio',
      abandonTarget: 0.03,
      answerLimitMs: 2000,
      ringTimeoutMs: 60_000,
      minRingMs: 60_000,
      maxLines: 1e6,
      maxCallsPerSecond: 1e4,
    },
    { ...NOTHING, ...listener },
  );
}

function periodic(tracker: Tracker, periodMs: number, lines: (now: number) => number): SimulatedPolicy {
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
 * says: whether it is, is settled anew (by a golden-ratio sequence) each time an agent becomes ready.
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

/** VICIdial with a fixed level (RATIO): every 2.5 s round(level × active agents) − existing calls; wrap-up is not active. */
export function vicidialRatio(level: number): SimulatedPolicy {
  const tracker = makeTracker();
  const { agents, calls } = tracker;
  return periodic(tracker, 2500, () => Math.round(level * (agents.ready + agents.talking)) - calls.lines);
}

const VICIDIAL_SAMPLES = 15;
const VICIDIAL_HIGHEST = 3;
const VICIDIAL_MIN_CALLS = 50;

/** VICIdial ADAPT_HARD_LIMIT, AVERAGE or TAPERED: the level follows waiting agents and calls, drops hold it down. */
export function vicidialAdaptive(
  kind: 'hard' | 'average' | 'tapered',
  target: number,
  endsAt: number,
): SimulatedPolicy {
  let dials = 0;
  const tracker = makeTracker({
    dialed: () => {
      dials += 1;
    },
  });
  const { agents, calls, ledger } = tracker;
  const samples: number[] = [];
  let level = 1;
  let adaptAt = 15_000;
  let sampleAt = 0;
  const adapt = (now: number): void => {
    adaptAt = now + 15_000;
    const mean = samples.reduce((a, b) => a + b, 0) / Math.max(1, samples.length);
    level = Math.min(VICIDIAL_HIGHEST, Math.max(1, level * (1 + mean / Math.max(1, agents.working))));
    if (dials < VICIDIAL_MIN_CALLS || ledger.abandonRate <= target) return;
    if (kind === 'hard') level = 1;
    else if (kind === 'average') level = Math.max(1, level / 2);
    else level = Math.max(1, level * Math.min(1, (endsAt - now) / 36_000_000));
  };
  const inner = periodic(tracker, 2500, () => Math.round(level * (agents.ready + agents.talking)) - calls.lines);
  return {
    observe: (event) => inner.observe(event),
    decide: (now) => {
      if (now >= sampleAt) {
        sampleAt = now + 1000;
        samples.push(agents.ready - calls.waiting);
        if (samples.length > VICIDIAL_SAMPLES) samples.shift();
      }
      if (now >= adaptAt) adapt(now);
      return inner.decide(now);
    },
  };
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
  const { agents, calls, ledger } = tracker;
  return periodic(tracker, 500, () => {
    const error = (aim * ledger.liveAnswers - ledger.abandoned) / (ledger.liveAnswers + 100);
    adjust = Math.max(0, integral + 10 * error);
    const ready = agents.ready - calls.waiting;
    return Math.round(ready * (1 + (adjust * failed) / answered)) - calls.inFlight;
  });
}
