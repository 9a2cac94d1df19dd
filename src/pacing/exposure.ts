// How many people are being abandoned, as the forecast sees it: far less noisy than counting the few who are.
//
// While calls ring, people answer at a rate a(t) = Σ_calls q(½ step) ÷ ½ step, and each gets no agent with probability
// P₀, that no agent is ready or becomes so in time: between two decisions A^ grows by a·dt and B^ by c·a·P₀·dt. Other
// calls' answers stay out of P₀, for a call must not count against itself, and who answered before is waiting by then.
// The factor c sets right what the forecast overlooks, such as two answers between two decisions:
//   c = (B + 1.2·w) ÷ (B^ + w),  both counts forgetting.

import type { Json } from './contract.ts';
import { numbersFrom } from './learned.ts';

/** The forecast is trusted like this many abandonments seen. */
const TRUST = 10;
/** The factor before anything is known, as measured in simulated days. */
const USUAL_FACTOR = 1.2;
/** Abandonments remembered for the factor. */
const MEMORY = 60;
/** Nothing is known of longer times without a decision. */
const LONGEST_MS = 2000;

export interface Exposed {
  /** Live answers, and people abandoned, expected since the decision before. */
  readonly answers: number;
  readonly abandoned: number;
}

export class Exposure {
  #at = Number.NEGATIVE_INFINITY;
  #answersPerS = 0;
  #abandonedPerS = 0;
  #seen = 0;
  #foreseen = 0;

  /** What was expected to happen until `now`, from what was put down last. */
  upTo(now: number): Exposed {
    const passedS = Math.min(LONGEST_MS, Math.max(0, now - this.#at)) / 1000;
    const factor = (this.#seen + USUAL_FACTOR * TRUST) / (this.#foreseen + TRUST);
    const raw = this.#abandonedPerS * passedS;
    this.#foreseen = this.#foreseen * (1 - raw / MEMORY) + raw;
    this.#seen *= 1 - raw / MEMORY;
    return { answers: this.#answersPerS * passedS, abandoned: factor * raw };
  }

  /** Puts down how things are from `now` on. */
  from(now: number, answersPerS: number, noAgent: number): void {
    this.#at = now;
    this.#answersPerS = answersPerS;
    this.#abandonedPerS = answersPerS * noAgent;
  }

  abandoned(): void {
    this.#seen += 1;
  }

  save(): Json {
    return [this.#seen, this.#foreseen];
  }

  restore(saved: unknown, key: string): void {
    const [seen, foreseen] = numbersFrom(saved, key, 2) ?? [];
    if (seen === undefined || foreseen === undefined) return;
    this.#seen = Math.min(seen, MEMORY);
    this.#foreseen = Math.min(foreseen, MEMORY);
  }
}
