// What an abandonment may cost now: the price θ, the highest risk at which one more line is still dialed.
//
// Dual ascent on the constraint B ≤ target·A (A live answers, B abandoned ones of the window). With the credit
// S = target·A − B and its resting place S_ref, after each live answer
//   l ← l + κ·s,  s = clip(S, −25, 8) − S_ref;      θ = clip(exp(l + η·s), 1e-5, 0.9)
// so θ rises slowly while credit is left over and falls at once when too much was spent. For N agents
//   η = max(0.12, 0.45·N^−0.33),  κ = 0.009·η²,  S_ref = clip(0.3·N^0.6, 1, 4),  θ at start = 2.5·0.045·N^−0.37.
// The floor is tiny on purpose: a floor of 0.002 kept the policy in its guard when the answer rate leapt.

import type { Json } from './contract.ts';
import { partOf } from './learned.ts';

const CREDIT_LOWEST = -25;
const CREDIT_HIGHEST = 8;
const PRICE_LOWEST = 1e-5;
const PRICE_HIGHEST = 0.9;
/** The constants above were found at this target; the first price grows and shrinks with the target. */
const USUAL_TARGET = 0.03;

function reactivity(agents: number): number {
  return Math.max(0.12, 0.45 * agents ** -0.33);
}

function restingCredit(agents: number): number {
  return Math.min(4, Math.max(1, 0.3 * agents ** 0.6));
}

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

export class Price {
  /** l, or undefined until the first question tells the number of agents. */
  #level: number | undefined;

  /** θ at this credit with this many agents working, 0–1. */
  at(credit: number, agents: number, target: number): number {
    const level = this.#levelFor(agents, target);
    const s = clip(credit, CREDIT_LOWEST, CREDIT_HIGHEST) - restingCredit(agents);
    return clip(Math.exp(level + reactivity(agents) * s), PRICE_LOWEST, PRICE_HIGHEST);
  }

  /** A person answered: the level moves by what the credit then is. */
  liveAnswer(credit: number, agents: number, target: number): void {
    const s = clip(credit, CREDIT_LOWEST, CREDIT_HIGHEST) - restingCredit(agents);
    const level = this.#levelFor(agents, target) + 0.009 * reactivity(agents) ** 2 * s;
    this.#level = clip(level, Math.log(PRICE_LOWEST) - 2, Math.log(PRICE_HIGHEST) + 4);
  }

  /** A new window begins: the price stays what it was although the credit leaps. */
  newWindow(before: number, after: number, agents: number): void {
    if (this.#level === undefined) return;
    const s = (credit: number): number => clip(credit, CREDIT_LOWEST, CREDIT_HIGHEST);
    this.#level += reactivity(agents) * (s(before) - s(after));
  }

  save(): Json {
    return { level: this.#level ?? null };
  }

  restore(saved: unknown): void {
    const level = partOf(saved, 'level');
    if (typeof level === 'number' && Math.abs(level) < 30) this.#level = level;
  }

  #levelFor(agents: number, target: number): number {
    this.#level ??=
      Math.log((2.5 * 0.045 * agents ** -0.37 * target) / USUAL_TARGET) + reactivity(agents) * restingCredit(agents);
    return this.#level;
  }
}
