// The predictive rule: dial one more line while its cost is not above the price of an abandonment.
//
// The risk that the person it reaches meets no agent, if it is dialed now or δ later, is
//   R(δ) = Σ_t g(t)·P(D(t + δ) ≤ 0),  g(t) when a call is answered, if a person answers it at all.
// Dialing now instead of a little later gains the agent that little, and costs R(0) − R(δ); a dial whose risk would
// fall fast had better wait. But while it waits, more is learned as well, so both count:
//   cost = ½·R(0) + ½·(8 s ÷ δ)·(R(0) − R(δ)),  δ one step of the grid.
// Dial while cost ≤ θ, adding each dial to D. Never fewer lines than progressive would have.

import { pickCancelled } from './cancelling.ts';
import { Bursts } from './bursts.ts';
import { spendable } from './budget.ts';
import type { PacerOptions } from './contract.ts';
import { makeGrid, STEPS } from './grid.ts';
import { guard, type Guarded, type GuardOutlook } from './guard.ts';
import type { Learning } from './learning.ts';
import type { PacingLimit } from './reason.ts';
import { Supply } from './supply.ts';
import type { Tracker } from './tracker.ts';

/** Below this many outcomes of dials nothing is dialed ahead. */
const COLD_OUTCOMES = 20;

/** Of the cost, this share is the risk itself, the rest what it would fall in `FALL_S` if the dial waited. */
const RISK_SHARE = 0.5;
const FALL_S = 8;

export interface Advice {
  wanted: number;
  cancel: string[];
  limit: PacingLimit;
  risk: number;
  cost: number;
  price: number;
  guard: Guarded;
  expectedFree: number;
  expectedAnswers: number;
}

export class Predictive {
  readonly #options: PacerOptions;
  readonly #tracker: Tracker;
  readonly #learning: Learning;
  readonly #supply: Supply;
  readonly #bursts = new Bursts();
  /** Steps of the grid in `FALL_S`. */
  readonly #steps: number;
  /** Abandonments per live answer that the present price should lead to; 0 while something else limits dialing. */
  #spending = 0;
  /** The chance that whoever answers at this moment finds no agent, whatever other calls do. */
  #noAgentNow = 0;

  constructor(options: PacerOptions, tracker: Tracker, learning: Learning) {
    this.#options = options;
    this.#tracker = tracker;
    this.#learning = learning;
    const { stepS } = makeGrid(options.ringTimeoutMs);
    this.#supply = new Supply(stepS);
    this.#steps = FALL_S / stepS;
  }

  /** What to dial at `now` if up to `most` lines may be dialed. */
  advise(now: number, most: number): Advice {
    const { agents, calls, window } = this.#tracker;
    const staying = agents.readyUntil(now, now + this.#options.ringTimeoutMs);
    const oneToOne = Math.max(0, staying - calls.waiting - calls.inFlight);
    this.#learnPrice(now);
    const expected = this.#forecast(now);
    const outlook = this.#outlook(now);
    const guarded = guard(window, outlook);
    const rate = spendable(window, outlook) * guarded.factor;
    const price = rate > 0 ? this.#learning.price.at(rate, this.#team()) : 0;
    const advice: Advice = {
      wanted: oneToOne,
      cancel: [],
      limit: 'risk',
      risk: 0,
      cost: 0,
      price,
      guard: guarded,
      expectedFree: expected.expectedFree,
      expectedAnswers: expected.expectedAnswers,
    };
    advice.cancel = pickCancelled(this.#supply, this.#tracker, this.#learning, {
      now,
      minRingMs: this.#options.minRingMs,
      price,
    });
    this.#learning.exposure.from(now, this.#supply.answersPerS, this.#noAgentNow);
    this.#dialAhead(advice, most);
    this.#spending = advice.limit === 'risk' && advice.wanted <= most ? rate : 0;
    return advice;
  }

  liveAnswer(at: number): void {
    this.#learning.answerPace.answered(at);
  }

  abandoned(at: number): void {
    this.#bursts.abandoned(at);
    this.#learning.exposure.abandoned();
  }

  /** The price learns from the time since the last decision, unless something else held the dialing back. */
  #learnPrice(now: number): void {
    const exposed = this.#learning.exposure.upTo(now);
    const agents = this.#team();
    const { pace } = this.#learning.paces(now, agents);
    if (this.#spending > 0) this.#learning.price.learn(this.#spending, exposed, { agents, pace });
  }

  /** What is still to come in the window, and what is to be kept for it. */
  #outlook(now: number): GuardOutlook {
    if (this.#tracker.agents.working === 0) this.#learning.answerPace.skip(now);
    const { progressivePace, pace } = this.#learning.paces(now, this.#team());
    const { window, calls } = this.#tracker;
    const leftS = window.leftS(this.#tracker.toCaller(now));
    const { dialsLeft = Infinity } = window;
    const most = this.#learning.answers.rate.value * (dialsLeft + calls.inFlight);
    const inFlight = this.#supply.expectedAbandoned();
    return {
      expected: leftS === undefined ? undefined : Math.min(most, pace * leftS),
      agents: this.#team(),
      oneToOne: Math.min(most, progressivePace * (leftS ?? 0)),
      inFlight,
      reserve: this.#bursts.reserve(now) + inFlight,
    };
  }

  #team(): number {
    return Math.max(1, this.#tracker.agents.working);
  }

  /** Puts all agents and calls into the supply; returns what is expected by the time a new call is answered. */
  #forecast(now: number): { expectedFree: number; expectedAnswers: number } {
    const { agents, calls } = this.#tracker;
    const { answers, verdicts, agents: stays } = this.#learning;
    stays.prepare(agents, now);
    answers.prepare(now);
    verdicts.prepare(now);
    const supply = this.#supply;
    supply.reset(agents.ready - calls.waiting, agents.talking + agents.wrapUp + calls.inFlight);
    stays.addTo(supply, agents, now);
    this.#noAgentNow = supply.noAgent(0);
    const typical = typicalStep(answers.arrival);
    const expectedFree = supply.mean(typical) + calls.waiting;
    answers.clear();
    verdicts.clear();
    for (const call of calls.values()) {
      if (call.stage === 'placed') answers.count((now - call.dialedAt) / 1000);
      else if (call.stage === 'picked-up') verdicts.count((now - (call.answeredAt ?? now)) / 1000);
    }
    answers.addTo(supply);
    verdicts.addTo(supply);
    return { expectedFree, expectedAnswers: expectedFree - supply.mean(typical) };
  }

  #dialAhead(advice: Advice, most: number): void {
    const { answers } = this.#learning;
    const table = answers.table;
    const row = answers.row(0);
    this.#supply.addCalls(Math.min(advice.wanted, most), table, row);
    this.#appraise(advice);
    const bar = this.#bar(advice);
    if (bar !== undefined) {
      advice.limit = bar;
      return;
    }
    while (advice.wanted < most && advice.cost <= advice.price) {
      this.#supply.addCalls(1, table, row);
      advice.wanted += 1;
      this.#appraise(advice);
    }
    if (advice.cost <= advice.price) advice.wanted = Math.max(advice.wanted, most + 1);
  }

  /** Why nothing may be dialed ahead at all, if so. */
  #bar(advice: Advice): PacingLimit | undefined {
    if (this.#tracker.agents.working === 0) return 'no-agents';
    if (this.#tracker.window.target <= 0) return 'target-zero';
    if (this.#learning.answers.rate.outcomes < COLD_OUTCOMES) return 'cold-start';
    return advice.guard.state === 'closed' ? 'guard' : undefined;
  }

  /** Judges one more dial on top of everything in the supply. */
  #appraise(advice: Advice): void {
    const { arrival } = this.#learning.answers;
    const noAgents = this.#supply.noAgents();
    let now = 0;
    let later = 0;
    for (let k = 0; k < STEPS; k += 1) {
      now += (arrival[k] ?? 0) * (noAgents[k] ?? 0);
      later += (arrival[k] ?? 0) * (noAgents[Math.min(k + 1, STEPS - 1)] ?? 0);
    }
    advice.risk = now;
    advice.cost = RISK_SHARE * now + (1 - RISK_SHARE) * this.#steps * Math.max(0, now - later);
  }
}

/** The step by which half of the people who will answer have done so. */
function typicalStep(arrival: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < STEPS; k += 1) {
    sum += arrival[k] ?? 0;
    if (sum >= 0.5) return k;
  }
  return STEPS - 1;
}
