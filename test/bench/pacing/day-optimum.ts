// The best utilisation that any policy can reach in world w1 if every day must end at or under its abandon target.
//
// The constrained optimum (optimum.ts) is an average over all time and has no day to keep. Here the state holds the credit
// S = target·answered − abandoned as well, and the day is solved backwards from its end (finite-horizon dynamic programming
// on the uniformised chain; Puterman, Markov Decision Processes, 1994, ch. 4 and 11.5). A day that ends with S < 0 costs
// `FORFEIT` of a day's work and as much again for every further abandonment, far more than an abandonment can gain.
// The credit is counted in live answers; an abandonment costs 1/target of them, shared between the two whole numbers
// beside it.

import { HANDLING_S, type SolvableWorld } from './chain.ts';
import { RING_S } from './plain-ring.ts';

const DAY_S = 8 * 3600;
const FORFEIT = 0.3;
/** The credit is followed this many spreads of a day's abandonments either way, and this many abandonments more. */
const SPREADS = 1.5;
const MORE = 4;

/** Most calls ringing that are looked at: half as many again as keep everybody busy, and some for the last minutes. */
function mostRinging({ agents, answerRate }: SolvableWorld): number {
  return Math.ceil(((1.5 * agents * RING_S) / HANDLING_S + 4) / answerRate);
}

/** Values by busy agents, calls ringing and credit. */
class Day {
  readonly #world: SolvableWorld;
  readonly #most: number;
  /** Steps of the uniformised chain per second. */
  readonly #rate: number;
  /** Answers of credit that the middle of a row stands above its beginning. */
  readonly #middle: number;
  readonly #width: number;
  readonly #value: Float64Array;
  readonly #best: Float64Array;

  constructor(world: SolvableWorld) {
    this.#world = world;
    this.#most = mostRinging(world);
    this.#rate = world.agents / HANDLING_S + this.#most / RING_S;
    const spent = (world.abandonTarget * world.agents * DAY_S) / HANDLING_S;
    this.#middle = Math.ceil((SPREADS * Math.sqrt(spent) + MORE) / world.abandonTarget);
    this.#width = 2 * this.#middle + 1;
    const size = (world.agents + 1) * (this.#most + 1) * this.#width;
    this.#value = new Float64Array(size);
    this.#best = new Float64Array(size);
    this.#forfeit();
  }

  /** Agent-seconds worked in a day that begins with this many agents busy, not a whole number perhaps. */
  solve(busy: number): number {
    const steps = Math.round(this.#rate * DAY_S);
    for (let step = 0; step < steps; step += 1) {
      this.#dialBest();
      this.#backUp();
    }
    this.#dialBest();
    const below = Math.floor(busy);
    const from = (agents: number): number => this.#best[this.#row(agents, 0) + this.#middle] ?? 0;
    return from(below) + (busy - below) * (from(Math.min(this.#world.agents, below + 1)) - from(below));
  }

  #row(busy: number, ringing: number): number {
    return (busy * (this.#most + 1) + ringing) * this.#width;
  }

  /** What the end of the day costs, by credit. */
  #forfeit(): void {
    const { agents, abandonTarget } = this.#world;
    for (let at = 0; at < this.#value.length; at += 1) {
      const credit = (at % this.#width) - this.#middle;
      this.#value[at] = credit < 0 ? -FORFEIT * DAY_S * agents * (1 - credit * abandonTarget) : 0;
    }
  }

  /** best(b, k) = max over k' ≥ k of value(b, k'): dialing is instant and free. */
  #dialBest(): void {
    const width = this.#width;
    for (let busy = 0; busy <= this.#world.agents; busy += 1) {
      const last = this.#row(busy, this.#most);
      this.#best.set(this.#value.subarray(last, last + width), last);
      for (let at = last - 1; at >= this.#row(busy, 0); at -= 1) {
        this.#best[at] = Math.max(this.#value[at] ?? 0, this.#best[at + width] ?? 0);
      }
    }
  }

  /** One step of the chain earlier. */
  #backUp(): void {
    const { agents } = this.#world;
    for (let busy = 0; busy <= agents; busy += 1) {
      for (let ringing = 0; ringing <= this.#most; ringing += 1) this.#backUpRow(busy, ringing);
    }
  }

  #backUpRow(busy: number, ringing: number): void {
    const { agents, answerRate, abandonTarget } = this.#world;
    const [best, value, width] = [this.#best, this.#value, this.#width];
    const row = this.#row(busy, ringing);
    const freed = this.#row(Math.max(0, busy - 1), ringing);
    const ended = this.#row(busy, Math.max(0, ringing - 1));
    const taken = this.#row(Math.min(agents, busy + 1), Math.max(0, ringing - 1));
    const frees = busy / HANDLING_S / this.#rate;
    const answers = (ringing * answerRate) / RING_S / this.#rate;
    const misses = (ringing * (1 - answerRate)) / RING_S / this.#rate;
    const stays = 1 - frees - answers - misses;
    const lost = busy === agents;
    const cost = lost ? 1 / abandonTarget : 0;
    const whole = Math.floor(cost);
    for (let s = 0; s < width; s += 1) {
      const near = taken + within(s, 1 - whole, width);
      const far = lost ? taken + within(s, -whole, width) : near;
      const answered = (best[near] ?? 0) + (cost - whole) * ((best[far] ?? 0) - (best[near] ?? 0));
      value[row + s] =
        busy / this.#rate +
        frees * (best[freed + s] ?? 0) +
        misses * (best[ended + s] ?? 0) +
        answers * answered +
        stays * (best[row + s] ?? 0);
    }
  }
}

/** The credit after a change; the lowest one is never left again, or abandonments would be free there. */
function within(credit: number, change: number, width: number): number {
  return credit === 0 ? 0 : Math.min(width - 1, Math.max(0, credit + change));
}

/** The optimal utilisation, 0–1, of a day of 8 h in w1 that begins as `usual` (0–1) a day goes on. */
export function optimalDay(world: SolvableWorld, usual: number): number {
  return new Day(world).solve(usual * world.agents) / (DAY_S * world.agents);
}
