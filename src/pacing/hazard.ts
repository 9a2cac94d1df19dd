// How soon a stay (a conversation, a wrap-up) ends, given how long it has lasted.
//
// The hazard h(a), ends per second at age a, is constant within bins: events ÷ exposure, both forgetting with the
// same memory. Each bin is drawn towards the hazard over all bins by a prior:
//   h_i = (events_i + w) ÷ (exposure_i + w/h̄),   h̄ = (Σ events + 2) ÷ (Σ exposure + 2·guess)
// P(ends within t | lasted a) = 1 − exp(−(H(a+t) − H(a))),  H the integral of h.

import type { Json } from './contract.ts';
import { numbersFrom } from './learned.ts';

const PRIOR_STAYS = 2;
const PRIOR_EVENTS_PER_BIN = 0.5;
/** Longer stays are mistakes of a clock or a forgotten agent. */
const LONGEST_S = 4 * 3600;

export class StayHazard {
  readonly #edges: readonly number[];
  readonly #guessS: number;
  readonly #recall: number;
  readonly #events: Float64Array;
  readonly #exposure: Float64Array;
  readonly #ongoing: Float64Array;
  readonly #hazard: Float64Array;
  #stays = 0;
  #meanS = 0;

  /** `edges` are the starts of the bins in seconds, the first 0; `guessS` the mean assumed before anything is seen. */
  constructor(shape: { edges: readonly number[]; guessS: number; memory: number }) {
    this.#edges = shape.edges;
    this.#guessS = shape.guessS;
    this.#recall = 1 - 1 / shape.memory;
    this.#events = new Float64Array(shape.edges.length);
    this.#exposure = new Float64Array(shape.edges.length);
    this.#ongoing = new Float64Array(shape.edges.length);
    this.#hazard = new Float64Array(shape.edges.length);
    this.refresh();
  }

  /** Stays seen, ever. */
  get stays(): number {
    return this.#stays;
  }

  /** Mean length of a stay, seconds: exposure ÷ events. */
  get meanS(): number {
    return this.#meanS;
  }

  learn(seconds: number): void {
    if (seconds > LONGEST_S) return;
    this.#stays += 1;
    for (let i = 0; i < this.#edges.length; i += 1) {
      const from = this.#edges[i] ?? 0;
      const to = this.#edges[i + 1] ?? Number.POSITIVE_INFINITY;
      const inBin = Math.max(0, Math.min(seconds, to) - from);
      const ended = seconds >= from && seconds < to ? 1 : 0;
      this.#exposure[i] = (this.#exposure[i] ?? 0) * this.#recall + inBin;
      this.#events[i] = (this.#events[i] ?? 0) * this.#recall + ended;
    }
  }

  /** Forgets the stays under way; `addOngoing` names them again. */
  clearOngoing(): void {
    this.#ongoing.fill(0);
  }

  /** A stay under way that has lasted this long: exposure without an end, so that long stays are not overlooked. */
  addOngoing(seconds: number): void {
    if (seconds > LONGEST_S) return;
    for (let i = 0; i < this.#edges.length; i += 1) {
      const from = this.#edges[i] ?? 0;
      if (seconds <= from) return;
      const to = this.#edges[i + 1] ?? Number.POSITIVE_INFINITY;
      this.#ongoing[i] = (this.#ongoing[i] ?? 0) + Math.min(seconds, to) - from;
    }
  }

  /** H(t): the integral of the hazard from 0 to `seconds`. */
  cumulative(seconds: number): number {
    let sum = 0;
    for (let i = 0; i < this.#edges.length; i += 1) {
      const from = this.#edges[i] ?? 0;
      if (seconds <= from) break;
      const to = this.#edges[i + 1] ?? Number.POSITIVE_INFINITY;
      sum += (Math.min(seconds, to) - from) * (this.#hazard[i] ?? 0);
    }
    return sum;
  }

  /** Fills `lasting[s]` with P(a stay lasts longer than s seconds) for whole seconds; the bins start at whole seconds. */
  fillLasting(lasting: Float64Array): void {
    let bin = 0;
    let perSecond = Math.exp(-(this.#hazard[0] ?? 0));
    let share = 1;
    for (let s = 0; s < lasting.length; s += 1) {
      lasting[s] = share;
      if (s + 1 > (this.#edges[bin + 1] ?? Number.POSITIVE_INFINITY)) {
        bin += 1;
        perSecond = Math.exp(-(this.#hazard[bin] ?? 0));
      }
      share *= perSecond;
    }
  }

  save(): Json {
    return { events: [...this.#events], exposure: [...this.#exposure], stays: this.#stays };
  }

  restore(saved: unknown): void {
    const events = numbersFrom(saved, 'events', this.#edges.length);
    const exposure = numbersFrom(saved, 'exposure', this.#edges.length);
    const stays = numbersFrom(saved, 'stays');
    if (events === undefined || exposure === undefined || stays === undefined) return;
    this.#events.set(events);
    this.#exposure.set(exposure);
    this.#stays = stays[0] ?? 0;
    this.refresh();
  }

  /** Recomputes the hazards from what has been learned; until then the old ones stand. */
  refresh(): void {
    let events = PRIOR_STAYS;
    let exposure = PRIOR_STAYS * this.#guessS;
    for (let i = 0; i < this.#edges.length; i += 1) {
      events += this.#events[i] ?? 0;
      exposure += (this.#exposure[i] ?? 0) + (this.#ongoing[i] ?? 0);
    }
    const overall = events / exposure;
    this.#meanS = exposure / events;
    for (let i = 0; i < this.#edges.length; i += 1) {
      const seen = (this.#exposure[i] ?? 0) + (this.#ongoing[i] ?? 0);
      this.#hazard[i] = ((this.#events[i] ?? 0) + PRIOR_EVENTS_PER_BIN) / (seen + PRIOR_EVENTS_PER_BIN / overall);
    }
  }
}
