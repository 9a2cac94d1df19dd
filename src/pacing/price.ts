// What an abandonment may cost now: the price θ, the highest cost at which one more line is still dialed.
//
// One and the same price all day spends a budget best; what changes it is only what is left to spend and what has
// been learned about how prices turn into abandonments. For N agents, with ρ abandonments per live answer to be spent
// from now on (budget.ts),
//   θ = clip(0.027·(1 + 0.75/N)·e^l·(ρ/0.03)^0.64, 1e-5, 0.4).
// The exponent is measured: the abandon rate grows with θ to the power of 1.57. The level l starts at 0 and learns
// by comparing what the price led to with what it should have led to (stochastic approximation of the dual price):
//   after each live answer l ← l + κ·ρ, after each abandonment l ← l − κ,   κ = max(0.03, 0.2·N^−0.5)
// but only while the price is what limits the dialing: a guard or a lack of lines teaches nothing.

import type { Json } from './contract.ts';
import { partOf } from './learned.ts';

const USUAL_PRICE = 0.027;
const USUAL_TARGET = 0.03;
const RATE_TO_PRICE = 0.64;
const PRICE_LOWEST = 1e-5;
const PRICE_HIGHEST = 0.4;
const LEVEL_LOWEST = -4;
const LEVEL_HIGHEST = 2;

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

/** κ: how far one abandonment moves the level. */
function gain(agents: number): number {
  return Math.max(0.03, 0.2 / Math.sqrt(agents));
}

export class Price {
  #level = 0;

  /** θ for this many working agents when `rate` abandonments per live answer may be spent. */
  at(rate: number, agents: number): number {
    const usual = USUAL_PRICE * (1 + 0.75 / agents);
    return clip(usual * Math.exp(this.#level) * (rate / USUAL_TARGET) ** RATE_TO_PRICE, PRICE_LOWEST, PRICE_HIGHEST);
  }

  /** A person answered while `rate` abandonments per live answer were meant to be spent. */
  liveAnswer(rate: number, agents: number): void {
    this.#level = clip(this.#level + gain(agents) * rate, LEVEL_LOWEST, LEVEL_HIGHEST);
  }

  abandoned(agents: number): void {
    this.#level = clip(this.#level - gain(agents), LEVEL_LOWEST, LEVEL_HIGHEST);
  }

  save(): Json {
    return { level: this.#level };
  }

  restore(saved: unknown): void {
    const level = partOf(saved, 'level');
    if (typeof level === 'number') this.#level = clip(level, LEVEL_LOWEST, LEVEL_HIGHEST);
  }
}
