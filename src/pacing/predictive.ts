// The predictive rule: dial one more line while the risk that its person meets nobody is not above the price.
//
//   R = Σ_t g(t)·P(D(t) ≤ 0),  g(t) when a call dialed now is answered, if a person answers it at all;
// dial while R ≤ θ, adding each dial to D. Never fewer lines than progressive would have.

import { pickCancelled } from './cancelling.ts';
import type { PacerOptions } from './contract.ts';
import { STEPS } from './grid.ts';
import { guard, setPoint, type Guarded } from './guard.ts';
import type { Learning } from './learning.ts';
import type { PacingLimit } from './reason.ts';
import { Supply } from './supply.ts';
import type { Tracker } from './tracker.ts';

/** Below this many outcomes of dials nothing is dialed ahead. */
const COLD_OUTCOMES = 20;

export interface Advice {
  wanted: number;
  cancel: string[];
  limit: PacingLimit;
  risk: number;
  price: number;
  guard: Guarded;
  expectedFree: number;
  expectedAnswers: number;
}

export class Predictive {
  readonly #options: PacerOptions;
  readonly #tracker: Tracker;
  readonly #learning: Learning;
  readonly #supply = new Supply();

  constructor(options: PacerOptions, tracker: Tracker, learning: Learning) {
    this.#options = options;
    this.#tracker = tracker;
    this.#learning = learning;
  }

  /** What to dial at `now` if up to `most` lines may be dialed. */
  advise(now: number, most: number): Advice {
    const { agents, calls, ledger } = this.#tracker;
    const oneToOne = Math.max(0, agents.ready - calls.waiting - calls.inFlight);
    const team = Math.max(1, agents.working);
    const guarded = guard(ledger, this.#tracker.toCaller(now), team);
    const target = setPoint(ledger.target);
    const credit = ledger.creditAt(target);
    const price = target > 0 ? this.#learning.price.at(credit, team, target) * guarded.factor : 0;
    const expected = this.#forecast(now);
    const advice: Advice = { wanted: oneToOne, cancel: [], limit: 'risk', risk: 0, price, guard: guarded, ...expected };
    advice.cancel = pickCancelled(this.#supply, this.#tracker, this.#learning, {
      now,
      minRingMs: this.#options.minRingMs,
      price,
    });
    this.#dialAhead(advice, most);
    return advice;
  }

  /** Puts all agents and calls into the supply; returns what is expected by the time a new call is answered. */
  #forecast(now: number): { expectedFree: number; expectedAnswers: number } {
    const { agents, calls } = this.#tracker;
    const { answers, verdicts, agents: stays } = this.#learning;
    stays.prepare(agents, now);
    const supply = this.#supply;
    supply.reset(agents.ready - calls.waiting, agents.talking + agents.wrapUp + calls.inFlight);
    const typical = typicalStep(answers.arrival);
    for (const agent of agents.values()) {
      const ageS = (now - agent.sinceAt) / 1000;
      if (agent.state === 'talking') supply.addAgent(stays.talkTable, stays.talkRow(ageS));
      else if (agent.state === 'wrap-up') supply.addAgent(stays.wrapUpTable, stays.wrapUpRow(ageS));
    }
    const expectedFree = supply.mean(typical) + calls.waiting;
    for (const call of calls.values()) {
      if (call.stage === 'placed') supply.addCall(answers.table, answers.row((now - call.dialedAt) / 1000));
      else if (call.stage === 'picked-up') {
        supply.addCall(verdicts.table, verdicts.row((now - (call.answeredAt ?? now)) / 1000));
      }
    }
    return { expectedFree, expectedAnswers: expectedFree - supply.mean(typical) };
  }

  #dialAhead(advice: Advice, most: number): void {
    const { answers } = this.#learning;
    const table = answers.table;
    const row = answers.row(0);
    for (let i = 0; i < Math.min(advice.wanted, most); i += 1) this.#supply.addCall(table, row);
    advice.risk = this.#risk(answers.arrival);
    const bar = this.#bar(advice);
    if (bar !== undefined) {
      advice.limit = bar;
      return;
    }
    while (advice.wanted < most && advice.risk <= advice.price) {
      this.#supply.addCall(table, row);
      advice.wanted += 1;
      advice.risk = this.#risk(answers.arrival);
    }
    if (advice.risk <= advice.price) advice.wanted = Math.max(advice.wanted, most + 1);
  }

  /** Why nothing may be dialed ahead at all, if so. */
  #bar(advice: Advice): PacingLimit | undefined {
    if (this.#tracker.agents.working === 0) return 'no-agents';
    if (this.#tracker.ledger.target <= 0) return 'target-zero';
    if (this.#learning.answers.rate.outcomes < COLD_OUTCOMES) return 'cold-start';
    return advice.guard.state === 'closed' ? 'guard' : undefined;
  }

  #risk(arrival: Float64Array): number {
    let risk = 0;
    for (let k = 0; k < STEPS; k += 1) {
      const g = arrival[k] ?? 0;
      if (g > 1e-6) risk += g * this.#supply.nobody(k);
    }
    return risk;
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
