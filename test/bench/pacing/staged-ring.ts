// World w3 as a Markov decision process: i agents idle, calls in stages 1 to 3 of their ringing (a, b, c of them),
// each stage over at rate 1/6.5 s. People answer at the end of stage 1, 2, 3 with 25, 50, 25 %; of the other dials 12 %
// are busy after stage 1, the rest end unanswered after stage 3. Busy agents become free at rate 1/140 s, dialing is instant,
// no one waits.

import { HANDLING_S, type Chain, type SolvableWorld } from './chain.ts';

const STAGE_S = 6.5;
/** Of the dials that no person answers. */
const BUSY = 0.12;
const ANSWERED_AFTER = [0.25, 0.5, 0.25] as const;

/** Most calls ringing that are looked at: well above what any sensible policy dials. */
function mostRinging({ agents, answerRate }: SolvableWorld): number {
  const flow = agents / HANDLING_S;
  return Math.ceil((1.7 * flow * 2.5 * STAGE_S) / answerRate + 2 / answerRate + 3);
}

interface Rates {
  /** For a call in stage s: chance that a person answers at its end, or that it is over without. */
  readonly answer: readonly [number, number, number];
  readonly over: readonly [number, number, number];
}

function ratesFor(p: number): Rates {
  const busy = BUSY * (1 - p);
  const afterFirst = 1 - p * ANSWERED_AFTER[0] - busy;
  const afterSecond = afterFirst - p * ANSWERED_AFTER[1];
  const third = (p * ANSWERED_AFTER[2]) / afterSecond;
  return {
    answer: [p * ANSWERED_AFTER[0], (p * ANSWERED_AFTER[1]) / afterFirst, third],
    over: [busy, 0, 1 - third],
  };
}

export class StagedRing implements Chain {
  readonly rate: number;
  readonly #world: SolvableWorld;
  readonly #most: number;
  readonly #rates: Rates;
  /** States (a, b, c) in an order in which (a+1, b, c) comes after (a, b, c). */
  readonly #a: number[] = [];
  readonly #b: number[] = [];
  readonly #c: number[] = [];
  /** Number of the state that a state becomes, −1 where there is none. */
  readonly #moreA: Int32Array;
  readonly #lessA: Int32Array;
  readonly #lessB: Int32Array;
  readonly #lessC: Int32Array;
  readonly #aToB: Int32Array;
  readonly #bToC: Int32Array;
  #value: Float64Array;
  #next: Float64Array;
  readonly #best: Float64Array;

  constructor(world: SolvableWorld) {
    this.#world = world;
    this.#most = mostRinging(world);
    this.#rates = ratesFor(world.answerRate);
    this.rate = world.agents / HANDLING_S + this.#most / STAGE_S;
    const numbers = new Map<string, number>();
    for (let a = 0; a <= this.#most; a += 1) {
      for (let b = 0; a + b <= this.#most; b += 1) {
        for (let c = 0; a + b + c <= this.#most; c += 1) {
          numbers.set(`${a},${b},${c}`, this.#a.length);
          this.#a.push(a);
          this.#b.push(b);
          this.#c.push(c);
        }
      }
    }
    const become = (da: number, db: number, dc: number): Int32Array =>
      Int32Array.from(this.#a, (a, s) => {
        const [b, c] = [this.#b[s] ?? 0, this.#c[s] ?? 0];
        return numbers.get(`${a + da},${b + db},${c + dc}`) ?? -1;
      });
    this.#moreA = become(1, 0, 0);
    this.#lessA = become(-1, 0, 0);
    this.#lessB = become(0, -1, 0);
    this.#lessC = become(0, 0, -1);
    this.#aToB = become(-1, 1, 0);
    this.#bToC = become(0, -1, 1);
    const size = (world.agents + 1) * this.#a.length;
    this.#value = new Float64Array(size);
    this.#next = new Float64Array(size);
    this.#best = new Float64Array(size);
  }

  sweep(lambda: number): { lowest: number; highest: number } {
    const states = this.#a.length;
    this.#dialBest();
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let idle = 0; idle <= this.#world.agents; idle += 1) {
      for (let state = 0; state < states; state += 1) {
        const at = idle * states + state;
        const value = this.#backUp(idle, state, lambda);
        const gained = value - (this.#value[at] ?? 0);
        if (gained < lowest) lowest = gained;
        if (gained > highest) highest = gained;
        this.#next[at] = value;
      }
    }
    const origin = this.#next[0] ?? 0;
    for (let at = 0; at < this.#next.length; at += 1) this.#next[at] = (this.#next[at] ?? 0) - origin;
    [this.#value, this.#next] = [this.#next, this.#value];
    return { lowest, highest };
  }

  /** best(i, a, b, c) = max over a' ≥ a of value(i, a', b, c): dialing is instant and free. */
  #dialBest(): void {
    const states = this.#a.length;
    for (let idle = 0; idle <= this.#world.agents; idle += 1) {
      const start = idle * states;
      for (let state = states - 1; state >= 0; state -= 1) {
        const more = this.#moreA[state] ?? -1;
        const value = this.#value[start + state] ?? 0;
        this.#best[start + state] = more < 0 ? value : Math.max(value, this.#best[start + more] ?? 0);
      }
    }
  }

  /** What a state is worth if nothing is dialed before the next event of the uniformised chain. */
  #backUp(idle: number, state: number, lambda: number): number {
    const { agents, abandonTarget } = this.#world;
    const { answer, over } = this.#rates;
    const [a, b, c] = [this.#a[state] ?? 0, this.#b[state] ?? 0, this.#c[state] ?? 0];
    const start = idle * this.#a.length;
    const taken = idle > 0 ? start - this.#a.length : start;
    const frees = (agents - idle) / HANDLING_S;
    const answers = (a * answer[0] + b * answer[1] + c * answer[2]) / STAGE_S;
    const reward = (agents - idle) / agents - lambda * answers * ((idle === 0 ? 1 : 0) - abandonTarget);
    let sum = reward;
    if (idle < agents) sum += frees * this.#worth(start + this.#a.length, state);
    if (a > 0) {
      const [one, two] = [this.#lessA[state] ?? 0, this.#aToB[state] ?? 0];
      const on = 1 - answer[0] - over[0];
      const end =
        answer[0] * this.#worth(taken, one) + over[0] * this.#worth(start, one) + on * this.#worth(start, two);
      sum += (a / STAGE_S) * end;
    }
    if (b > 0) {
      const [one, two] = [this.#lessB[state] ?? 0, this.#bToC[state] ?? 0];
      sum += (b / STAGE_S) * (answer[1] * this.#worth(taken, one) + (1 - answer[1]) * this.#worth(start, two));
    }
    if (c > 0) {
      const one = this.#lessC[state] ?? 0;
      sum += (c / STAGE_S) * (answer[2] * this.#worth(taken, one) + over[2] * this.#worth(start, one));
    }
    const stays = this.rate - frees - (a + b + c) / STAGE_S;
    return (sum + stays * this.#worth(start, state)) / this.rate;
  }

  #worth(start: number, state: number): number {
    return this.#best[start + state] ?? 0;
  }
}
