// Puts the parts of a pacer together: events go to the tracker, what is learned to the learning, questions to the
// mode's rule; then the limits of lines and calls per second are kept, and the reason is written down.

import type { AgentForecast } from './agent-forecast.ts';
import type { Json, Pacer, PacerOptions, PacingDecision, PacingEvent } from './contract.ts';
import { Learning } from './learning.ts';
import { byRatio, oneToOne } from './one-to-one.ts';
import { Predictive, type Advice } from './predictive.ts';
import type { PacingLimit, PacingReason } from './reason.ts';
import { Tracker } from './tracker.ts';

/** How long a predictive decision holds if nothing happens. */
const LOOK_AGAIN_MS = 500;

/** Makes a pacer, with another forecast of agents in place of the learned one if need be. */
export function assemblePacer(options: PacerOptions, learned?: Json, agents?: AgentForecast): Pacer {
  const learning = new Learning(options, learned, agents);
  const tracker: Tracker = new Tracker(options, {
    agentChanged: (change) => learning.agentChanged(change),
    dialed: (at) => learning.dialed(at),
    demanded: (call, at) => learning.demanded(call, at),
    missed: (call, at) => learning.missed(call, at),
    cancelled: (call, at) => learning.cancelled(call, at),
    liveAnswer: (at) => predictive.liveAnswer(at),
    abandoned: (at) => predictive.abandoned(at),
    expected: (answerRate, dials) => learning.expected(answerRate, dials),
  });
  const predictive: Predictive = new Predictive(options, tracker, learning);
  return {
    observe: (event: PacingEvent) => tracker.observe(event),
    decide: (now: number) => decide({ options, tracker, learning, predictive }, now),
    learned: () => learning.save(),
  };
}

interface Parts {
  readonly options: PacerOptions;
  readonly tracker: Tracker;
  readonly learning: Learning;
  readonly predictive: Predictive;
}

function decide(parts: Parts, callerNow: number): PacingDecision {
  const { options, tracker } = parts;
  const now = tracker.advance(callerNow);
  tracker.expire(now);
  const lines = Math.max(0, options.maxLines - tracker.calls.lines);
  const perSecond = tracker.dialRate.free(now);
  const most = Math.min(lines, perSecond);
  const advice = adviceFor(parts, now, most);
  const dial = Math.max(0, Math.min(advice.wanted, most));
  const held = dial < advice.wanted && advice.limit !== 'no-agents';
  const limit = held ? (lines <= perSecond ? 'max-lines' : 'calls-per-second') : advice.limit;
  const why = reason(parts, advice, { dial, limit });
  const wakeAt = limit === 'calls-per-second' ? tracker.dialRate.nextAt(now, dial) : nextLook(parts, now);
  const { cancel } = advice;
  return wakeAt === undefined ? { dial, cancel, why } : { dial, cancel, wakeAt: tracker.toCaller(wakeAt), why };
}

function adviceFor({ options, tracker, predictive }: Parts, now: number, most: number): Advice {
  if (options.mode === 'predictive') return predictive.advise(now, most);
  return options.mode === 'ratio' ? byRatio(tracker, options, now) : oneToOne(tracker, options, now);
}

/** The forecast changes while time passes, so a predictive pacer wants to be asked again soon. */
function nextLook({ options, tracker }: Parts, now: number): number | undefined {
  return options.mode === 'predictive' && tracker.agents.working > 0 ? now + LOOK_AGAIN_MS : undefined;
}

function reason(parts: Parts, advice: Advice, found: { dial: number; limit: PacingLimit }): PacingReason {
  const { agents, calls, window } = parts.tracker;
  return {
    mode: parts.options.mode,
    limit: found.limit,
    dial: found.dial,
    cancelled: advice.cancel.length,
    agents: { ready: agents.ready, talking: agents.talking, wrapUp: agents.wrapUp },
    inFlight: calls.inFlight,
    waiting: calls.waiting,
    lines: calls.lines,
    answerRate: parts.learning.answers.rate.value,
    expectedFree: advice.expectedFree,
    expectedAnswers: advice.expectedAnswers,
    risk: advice.risk,
    cost: advice.cost,
    price: advice.price,
    guard: { state: advice.guard.state, margin: advice.guard.margin, abandonRate: window.abandonRate },
  };
}
