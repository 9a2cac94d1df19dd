// What an abandonment may cost now: the price θ, the highest cost at which one more line is still dialed.
//
// One and the same price all day spends a budget best; what changes it is only what is left to spend and what has
// been learned about how prices turn into abandonments. For N agents, with ρ abandonments per live answer to be spent
// from now on (budget.ts),
//   θ = clip(0.027·z·(1 + 0.75/N)·e^l·(ρ/0.03)^0.64, 1e-5, 0.4).
// z is 1 where calls may be given up for at least 10 s of their ringing and 0.4 where they never may: a call that can be
// taken back is a smaller risk than it seems when it is dialed (measured: 0.5 with one agent to 0.3 with ten).
// The exponent β⁻¹ is measured: the abandon rate grows with θ to the power of β = 1.57. The level l starts at 0 and learns
// by comparing what the price leads to with what it should lead to (stochastic approximation of the dual price). With A^
// and B^ the answers and abandonments that the forecast expects from moment to moment (exposure.ts),
//   l ← l + κ·(ρ·A^ − B^),   κ = max(κ_N, 1 ÷ (β·(2 + n + n₃))),  κ_N = max(0.03, 0.2·N^−0.5),
// n the abandonments it should have led to so far, n₃ those of three minutes: large teams must not answer to their own
// echo. It learns only while the price is what limits the dialing: a guard or a lack of lines teaches nothing.

import type { Json } from './contract.ts';
import type { Exposed } from './exposure.ts';
import { numbersFrom, partOf } from './learned.ts';

const USUAL_PRICE = 0.027;
const USUAL_TARGET = 0.03;
/** Calls that cannot be given up are worth this share of the usual price, … */
const IRREVOCABLE = 0.4;
/** … those that can for so long the whole of it. */
const FULLY_REVOCABLE_S = 10;
const RATE_TO_PRICE = 0.64;
const PRICE_LOWEST = 1e-5;
const PRICE_HIGHEST = 0.4;
const LEVEL_LOWEST = -4;
const LEVEL_HIGHEST = 2;

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}

const POWER = 1.57;
const FIRST_STEPS = 2;
const ECHO_S = 180;

export class Price {
  readonly #usual: number;
  #level = 0;
  /** Abandonments that the prices so far were to lead to. */
  #meant = 0;

  /** `revocableS`: for how many seconds of its ringing a call may be given up. */
  constructor(revocableS: number) {
    const share = clip(revocableS / FULLY_REVOCABLE_S, 0, 1);
    this.#usual = USUAL_PRICE * (IRREVOCABLE + (1 - IRREVOCABLE) * share);
  }

  /** θ for this many working agents when `rate` abandonments per live answer may be spent. */
  at(rate: number, agents: number): number {
    const usual = this.#usual * (1 + 0.75 / agents);
    return clip(usual * Math.exp(this.#level) * (rate / USUAL_TARGET) ** RATE_TO_PRICE, PRICE_LOWEST, PRICE_HIGHEST);
  }

  /** Compares what came of the price with the `rate` that it was made for; `pace` in live answers per second. */
  learn(rate: number, exposed: Exposed, { agents, pace }: { agents: number; pace: number }): void {
    const meant = rate * exposed.answers;
    const steady = Math.max(0.03, 0.2 / Math.sqrt(agents));
    const gain = Math.max(steady, 1 / (POWER * (FIRST_STEPS + this.#meant + rate * pace * ECHO_S)));
    this.#meant += meant;
    this.#level = clip(this.#level + gain * (meant - exposed.abandoned), LEVEL_LOWEST, LEVEL_HIGHEST);
  }

  save(): Json {
    return { level: this.#level, meant: this.#meant };
  }

  restore(saved: unknown): void {
    const level = partOf(saved, 'level');
    if (typeof level !== 'number' || !Number.isFinite(level)) return;
    this.#level = clip(level, LEVEL_LOWEST, LEVEL_HIGHEST);
    this.#meant = numbersFrom(saved, 'meant')?.[0] ?? 0;
  }
}
