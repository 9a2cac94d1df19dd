// Random times and choices for the simulated world, the same for every policy with the same seed.
// Each purpose has a stream of its own and draws the same number of values each time, so the n-th dial, the n-th
// conversation and the n-th wrap-up are alike under every policy (common random numbers).

import { seededRandom, type Random } from '../../base/random.ts';

/** A lognormal time given by its mean and standard deviation. */
export interface Lognormal {
  readonly mean: number;
  readonly sd: number;
}

export class Draws {
  readonly dial: Random;
  readonly talk: Random;
  readonly wrapUp: Random;
  readonly pause: Random;
  readonly arrival: Random;

  constructor(seed: number) {
    this.dial = seededRandom(seed * 8 + 1);
    this.talk = seededRandom(seed * 8 + 2);
    this.wrapUp = seededRandom(seed * 8 + 3);
    this.pause = seededRandom(seed * 8 + 4);
    this.arrival = seededRandom(seed * 8 + 5);
  }
}

/** Standard normal, from two uniforms. */
function normal(random: Random): number {
  const u = 1 - random.next();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.next());
}

export function lognormal(random: Random, shape: Lognormal): number {
  const variance = Math.log(1 + (shape.sd / shape.mean) ** 2);
  return Math.exp(Math.log(shape.mean) - variance / 2 + Math.sqrt(variance) * normal(random));
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}

export function uniform(random: Random, from: number, to: number): number {
  return from + (to - from) * random.next();
}
