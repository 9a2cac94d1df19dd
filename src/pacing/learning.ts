// Everything the predictive policy learns from events: answers, agents' times, the pace of dialing, the price.
// Learns only; what follows from it is decided in predictive.ts.

import { AgentForecast } from './agent-forecast.ts';
import type { AgentChange } from './agent-book.ts';
import { AnswerPace } from './answer-pace.ts';
import { AnswerForecast } from './answer-forecast.ts';
import type { PacedCall } from './call-book.ts';
import type { Json, PacerOptions } from './contract.ts';
import { Exposure } from './exposure.ts';
import { makeGrid } from './grid.ts';
import { partOf } from './learned.ts';
import { Price } from './price.ts';

const VERSION = 1;
/** Dials per second are averaged over this time. */
const PACE_MEMORY_S = 60;
/** After a restart the answer rate is trusted as if it came from this many dials: days differ. */
const RESTORED_DIALS = 60;
/** A prior worth this many outcomes. */
const PRIOR_WEIGHT = 20;
/** How long a dial holds its line until it is answered or over, before anything is known; and its memory in dials. */
const USUAL_LINE_S = 18;
const LINE_MEMORY = 300;
const VERDICT_S = 12;
const VERDICT_BIN_S = 0.5;

/** Ring times before anything is known: live answers mostly after 4 to 16 s, other ends half early, half at the end. */
function ringPriors(bins: number, ringTimeoutS: number): { live: number[]; other: number[] } {
  const live = Array.from({ length: bins }, (_, s) => (s < 2 || s > ringTimeoutS + 2 ? 0.01 : Math.exp(-s / 10)));
  const other = Array.from({ length: bins }, (_, s) => (s > ringTimeoutS - 1 && s <= ringTimeoutS + 2 ? 1 : 0.08));
  return { live: scaled(live), other: scaled(other) };
}

function scaled(shape: number[]): number[] {
  const sum = shape.reduce((a, b) => a + b, 0);
  return shape.map((x) => (x * PRIOR_WEIGHT) / sum);
}

export class Learning {
  /** From the dialing on. */
  readonly answers: AnswerForecast;
  /** From the pick-up on, while a detector listens. */
  readonly verdicts: AnswerForecast;
  readonly agents: AgentForecast;
  readonly price: Price;
  readonly answerPace = new AnswerPace();
  readonly exposure = new Exposure();
  #lineS = USUAL_LINE_S;
  #pace = 0;
  #paceAt = 0;

  constructor(options: PacerOptions, learned?: unknown, agents?: AgentForecast) {
    const grid = makeGrid(options.ringTimeoutMs);
    const longestS = Math.ceil(options.ringTimeoutMs / 1000) + 8;
    const priors = ringPriors(longestS, options.ringTimeoutMs / 1000);
    const verdictPrior = new Array<number>(VERDICT_S / VERDICT_BIN_S).fill((PRIOR_WEIGHT * VERDICT_BIN_S) / VERDICT_S);
    this.answers = new AnswerForecast({ grid, longestS, binS: 1, priorLive: priors.live, priorOther: priors.other });
    this.verdicts = new AnswerForecast({
      grid,
      longestS: VERDICT_S,
      binS: VERDICT_BIN_S,
      priorLive: verdictPrior,
      priorOther: verdictPrior,
    });
    this.price = new Price((options.ringTimeoutMs - options.minRingMs) / 1000);
    this.agents = agents ?? new AgentForecast(grid, options.answerLimitMs);
    this.#restore(learned);
  }

  agentChanged(change: AgentChange): void {
    this.agents.learn(change);
  }

  /** Live answers per second that there are, and that progressive dialing would have with this many agents. */
  paces(now: number, agents: number): { pace: number; progressivePace: number } {
    const progressivePace = agents / (this.agents.handlingS + this.#lineS / this.answers.rate.value);
    return { progressivePace, pace: this.answerPace.at(now, progressivePace) };
  }

  dialed(at: number): void {
    this.#pace = this.#paceNow(at) + 1 / PACE_MEMORY_S;
    this.#paceAt = at;
  }

  demanded(call: PacedCall, at: number): void {
    const pace = this.#paceNow(at);
    this.#learnLine(call, at);
    this.answers.learnLive((at - call.dialedAt) / 1000, pace);
    if (call.answeredAt !== undefined) this.verdicts.learnLive((at - call.answeredAt) / 1000, pace);
  }

  missed(call: PacedCall, at: number): void {
    const pace = this.#paceNow(at);
    this.#learnLine(call, at);
    this.answers.learnOther((at - call.dialedAt) / 1000, pace);
    if (call.answeredAt !== undefined) this.verdicts.learnOther((at - call.answeredAt) / 1000, pace);
  }

  cancelled(call: PacedCall, at: number): void {
    if (call.answeredAt === undefined) this.answers.learnUnknown((at - call.dialedAt) / 1000, this.#paceNow(at));
  }

  expected(answerRate: number, dials: number): void {
    this.answers.expect(answerRate, dials);
  }

  save(): Json {
    return {
      version: VERSION,
      answers: this.answers.save(),
      verdicts: this.verdicts.save(),
      agents: this.agents.save(),
      price: this.price.save(),
      pace: this.answerPace.save(),
      exposure: this.exposure.save(),
    };
  }

  #restore(learned: unknown): void {
    if (partOf(learned, 'version') !== VERSION) return;
    this.answers.restore(partOf(learned, 'answers'), RESTORED_DIALS);
    this.verdicts.restore(partOf(learned, 'verdicts'), RESTORED_DIALS);
    this.agents.restore(partOf(learned, 'agents'));
    this.price.restore(partOf(learned, 'price'));
    this.answerPace.restore(learned, 'pace');
    this.exposure.restore(learned, 'exposure');
  }

  #learnLine(call: PacedCall, at: number): void {
    this.#lineS += ((at - call.dialedAt) / 1000 - this.#lineS) / LINE_MEMORY;
  }

  /** Dials per second, averaged with weights that fade over a minute. */
  #paceNow(at: number): number {
    return this.#pace * Math.exp((this.#paceAt - at) / 1000 / PACE_MEMORY_S);
  }
}
