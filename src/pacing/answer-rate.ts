// Which share of dials ends in a live answer, as it is now. Knows nothing of time but what is reported to it.
//
// Several estimators run side by side. Estimator m forgets with a window of W_m dials:
//   x ← x·f + y,  n ← n·f + 1,  f = 1 − 1/W_m,   p_m = (x + prior·weight) ÷ (n + weight)
// where y is 1 for a live answer, 0 for none (a fraction for a call cancelled while it rang). A short window follows
// changes, a long one has little noise. They are mixed by how well each predicted the latest outcomes (dynamic model
// averaging: Raftery, Kárný, Ettler, Technometrics 52, 2010): each log weight forgets with the shortest window and
// gains y·ln p_m + (1−y)·ln(1−p_m).

import { numbersFrom } from './learned.ts';
import type { Json } from './contract.ts';

/** Shortest window: this many dials, or the dials of this many seconds if those are more. */
const SHORTEST_DIALS = 150;
const SHORTEST_S = 90;
/** Each window as a multiple of the shortest. */
const MULTIPLES = [1, 4, 16];
/** The answer rate assumed before the first dial: high, hence careful. */
const PRIOR_RATE = 0.5;
const PRIOR_DIALS = 10;

export class AnswerRate {
  readonly #hits = new Float64Array(MULTIPLES.length);
  readonly #tries = new Float64Array(MULTIPLES.length);
  readonly #logWeights = new Float64Array(MULTIPLES.length);
  #value = PRIOR_RATE;
  #outcomes = 0;

  /** Estimated share of dials that end in a live answer, 0–1. */
  get value(): number {
    return this.#value;
  }

  /** Outcomes seen, ever. */
  get outcomes(): number {
    return this.#outcomes;
  }

  /** Takes in an outcome, 0–1, at a pace of `perSecond` dials. */
  learn(outcome: number, perSecond: number): void {
    this.#outcomes += 1;
    const shortest = Math.max(SHORTEST_DIALS, SHORTEST_S * perSecond);
    const recall = 1 - 1 / shortest;
    let best = Number.NEGATIVE_INFINITY;
    for (let m = 0; m < MULTIPLES.length; m += 1) {
      const p = this.#estimate(m);
      const logLikelihood = outcome * Math.log(p) + (1 - outcome) * Math.log(1 - p);
      const weight = (this.#logWeights[m] ?? 0) * recall + logLikelihood;
      this.#logWeights[m] = weight;
      best = Math.max(best, weight);
      const forget = 1 - 1 / (shortest * (MULTIPLES[m] ?? 1));
      this.#hits[m] = (this.#hits[m] ?? 0) * forget + outcome;
      this.#tries[m] = (this.#tries[m] ?? 0) * forget + 1;
    }
    this.#mix(best);
  }

  save(): Json {
    return { hits: [...this.#hits], tries: [...this.#tries], outcomes: this.#outcomes };
  }

  /** Takes over what `save` gave, with at most `weight` of its dials, or leaves all as it was. */
  restore(saved: unknown, weight: number): void {
    const hits = numbersFrom(saved, 'hits', MULTIPLES.length);
    const tries = numbersFrom(saved, 'tries', MULTIPLES.length);
    const outcomes = numbersFrom(saved, 'outcomes');
    if (hits === undefined || tries === undefined || outcomes === undefined) return;
    if (hits.some((hit, m) => hit > (tries[m] ?? 0))) return;
    for (let m = 0; m < MULTIPLES.length; m += 1) {
      const scale = Math.min(1, weight / Math.max(1, tries[m] ?? 0));
      this.#hits[m] = (hits[m] ?? 0) * scale;
      this.#tries[m] = (tries[m] ?? 0) * scale;
    }
    this.#outcomes = outcomes[0] ?? 0;
    this.#mix(0);
  }

  /** Goes on as if `dials` outcomes had shown this rate; what was learned before no longer counts. Absurd figures change nothing. */
  expect(rate: number, dials: number): void {
    if (!(rate >= 0 && rate <= 1 && dials > 0 && dials < Infinity)) return;
    const hits = rate * (dials + PRIOR_DIALS) - PRIOR_RATE * PRIOR_DIALS;
    this.#hits.fill(Math.min(dials, Math.max(0, hits)));
    this.#tries.fill(dials);
    this.#logWeights.fill(0);
    this.#mix(0);
  }

  #estimate(m: number): number {
    const hits = (this.#hits[m] ?? 0) + PRIOR_RATE * PRIOR_DIALS;
    return Math.min(0.999, Math.max(0.001, hits / ((this.#tries[m] ?? 0) + PRIOR_DIALS)));
  }

  #mix(best: number): void {
    let sum = 0;
    let total = 0;
    for (let m = 0; m < MULTIPLES.length; m += 1) {
      const weight = Math.exp((this.#logWeights[m] ?? 0) - best);
      sum += weight * this.#estimate(m);
      total += weight;
    }
    this.#value = sum / total;
  }
}
