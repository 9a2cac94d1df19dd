// World w1 as a Markov decision process: i agents idle, k calls ringing; each call ends at rate 1/12.5 s, a share p of
// the ends are people, each busy agent becomes free at rate 1/140 s, dialing is instant, no one waits.

import { HANDLING_S, type Chain, type SolvableWorld } from './chain.ts';

export const RING_S = 12.5;

/** Most calls ringing that are looked at: well above what any sensible policy dials. */
function mostRinging({ agents, answerRate }: SolvableWorld): number {
  const flow = agents / HANDLING_S;
  return Math.ceil((2.2 * flow * RING_S) / answerRate + 8 / answerRate + 4);
}

export class PlainRing implements Chain {
  readonly rate: number;
  readonly #world: SolvableWorld;
  readonly #most: number;
  #value: Float64Array;
  #next: Float64Array;
  readonly #best: Float64Array;

  constructor(world: SolvableWorld) {
    this.#world = world;
    this.#most = mostRinging(world);
    this.rate = world.agents / HANDLING_S + this.#most / RING_S;
    const size = (world.agents + 1) * (this.#most + 1);
    this.#value = new Float64Array(size);
    this.#next = new Float64Array(size);
    this.#best = new Float64Array(size);
  }

  sweep(lambda: number): { lowest: number; highest: number } {
    const { agents } = this.#world;
    const width = this.#most + 1;
    this.#dialBest();
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let idle = 0; idle <= agents; idle += 1) {
      for (let ringing = 0; ringing < width; ringing += 1) {
        const value = this.#backUp(idle, ringing, lambda);
        const at = idle * width + ringing;
        const gained = value - (this.#value[at] ?? 0);
        lowest = Math.min(lowest, gained);
        highest = Math.max(highest, gained);
        this.#next[at] = value;
      }
    }
    const origin = this.#next[0] ?? 0;
    for (let at = 0; at < this.#next.length; at += 1) this.#next[at] = (this.#next[at] ?? 0) - origin;
    [this.#value, this.#next] = [this.#next, this.#value];
    return { lowest, highest };
  }

  /** best(i, k) = max over k' ≥ k of value(i, k'): dialing is instant and free. */
  #dialBest(): void {
    const width = this.#most + 1;
    for (let idle = 0; idle <= this.#world.agents; idle += 1) {
      let best = Number.NEGATIVE_INFINITY;
      for (let ringing = width - 1; ringing >= 0; ringing -= 1) {
        best = Math.max(best, this.#value[idle * width + ringing] ?? 0);
        this.#best[idle * width + ringing] = best;
      }
    }
  }

  /** What a state is worth if nothing is dialed before the next event of the uniformised chain. */
  #backUp(idle: number, ringing: number, lambda: number): number {
    const { agents, answerRate, abandonTarget } = this.#world;
    const width = this.#most + 1;
    const at = idle * width + ringing;
    const frees = (agents - idle) / HANDLING_S;
    const answers = (ringing * answerRate) / RING_S;
    const misses = (ringing * (1 - answerRate)) / RING_S;
    const lost = idle === 0 ? answers : 0;
    const reward = (agents - idle) / agents - lambda * (lost - abandonTarget * answers);
    const freed = idle < agents ? (this.#best[at + width] ?? 0) : 0;
    const ended = ringing > 0 ? (this.#best[at - 1] ?? 0) : 0;
    const taken = ringing > 0 ? (idle > 0 ? (this.#best[at - width - 1] ?? 0) : ended) : 0;
    const stays = this.rate - frees - answers - misses;
    return (reward + frees * freed + answers * taken + misses * ended + stays * (this.#best[at] ?? 0)) / this.rate;
  }
}
