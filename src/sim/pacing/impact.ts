// Impact's way: replay the last 100 attempts with k = 1…6 lines per free agent for 240 s ahead, and keep the best k
// whose abandonment stays under the limit. Below 5 agents or 50 attempts one line per free agent.
// The replay starts from what agents and lines do now; how long conversations take is drawn from those seen.

import { seededRandom, type Random } from '../../base/random.ts';
import type { Tracker } from '../../pacing/tracker.ts';
import { makeTracker, periodic } from './baselines.ts';
import { EventQueue } from './queue.ts';
import type { SimulatedPolicy } from './shift.ts';

const REMEMBERED = 100;
const LEAST_ATTEMPTS = 50;
const LEAST_AGENTS = 5;
const FACTORS = [1, 2, 3, 4, 5, 6];
const AHEAD_S = 240;
const REPLAY_EVERY_MS = 5000;
const WAITS_S = 2;
/** Draws of a conversation longer than the present one before it is taken to end now. */
const MOST_DRAWS = 20;

/** One attempt to be replayed: when it was answered or over, and whether by a person. */
interface Attempt {
  readonly person: boolean;
  readonly afterS: number;
}

/** What the dialer has seen lately. */
class Past {
  readonly attempts: Attempt[] = [];
  readonly talksS: number[] = [];
  readonly wrapUpsS: number[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  get known(): boolean {
    return this.attempts.length >= LEAST_ATTEMPTS && this.talksS.length > 0;
  }

  attempt(): Attempt {
    return one(this.#random, this.attempts) ?? { person: false, afterS: 0 };
  }

  /** How much longer a conversation and its wrap-up take that have lasted `ageS`. */
  handlingS(ageS: number): number {
    for (let i = 0; i < MOST_DRAWS; i += 1) {
      const s = (one(this.#random, this.talksS) ?? 0) + (one(this.#random, this.wrapUpsS) ?? 0);
      if (s > ageS) return s - ageS;
    }
    return 0;
  }
}

function one<T>(random: Random, list: readonly T[]): T | undefined {
  return list[random.integer(list.length)];
}

function remember<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > REMEMBERED) list.shift();
}

export function impact(target: number): SimulatedPolicy {
  const past = new Past(seededRandom(1));
  const tracker = makeTracker({
    agentChanged: ({ from, spentMs }) => {
      if (from === 'talking') remember(past.talksS, spentMs / 1000);
      else if (from === 'wrap-up') remember(past.wrapUpsS, spentMs / 1000);
    },
    demanded: (call, at) => remember(past.attempts, { person: true, afterS: (at - call.dialedAt) / 1000 }),
    missed: (call, at) => remember(past.attempts, { person: false, afterS: (at - call.dialedAt) / 1000 }),
  });
  const { agents, calls } = tracker;
  let factor = 1;
  let replayAt = 0;
  return periodic(tracker, 0, (now) => {
    if (now >= replayAt) {
      replayAt = now + REPLAY_EVERY_MS;
      factor = agents.working >= LEAST_AGENTS && past.known ? bestFactor(tracker, past, now, target) : 1;
    }
    return factor * (agents.ready - calls.waiting) - calls.inFlight;
  });
}

/** The highest factor whose replay keeps the limit. */
function bestFactor(tracker: Tracker, past: Past, now: number, target: number): number {
  let best = 1;
  for (const factor of FACTORS) {
    const { answers, abandoned } = new Replay(tracker, past, now).run(factor);
    if (abandoned <= target * answers) best = factor;
  }
  return best;
}

const FREED = 0;
const ENDED = 1;
const ANSWERED = 2;
const GAVE_UP = 3;

/** The next 240 s as the past says they may be. */
class Replay {
  readonly #queue = new EventQueue();
  readonly #past: Past;
  #ready: number;
  #inFlight = 0;
  /** Callers who wait, by their number; those who have gone or were served are not in it. */
  readonly #waiting = new Set<number>();
  #answers = 0;
  #abandoned = 0;

  constructor(tracker: Tracker, past: Past, now: number) {
    this.#past = past;
    this.#ready = tracker.agents.ready;
    for (const agent of tracker.agents.values()) {
      const busy = agent.state === 'talking' || agent.state === 'wrap-up';
      if (busy) this.#queue.add(past.handlingS((now - agent.sinceAt) / 1000), FREED, 0);
    }
    for (const call of tracker.calls.values()) if (call.stage === 'placed') this.#dial(0);
  }

  run(factor: number): { answers: number; abandoned: number } {
    for (let t = 0; t < AHEAD_S;) {
      const lines = factor * (this.#ready - this.#waiting.size) - this.#inFlight;
      for (let i = 0; i < lines; i += 1) this.#dial(t);
      if (!this.#queue.take()) break;
      t = this.#queue.at;
      this.#happen(this.#queue.kind, this.#queue.subject, t);
    }
    return { answers: this.#answers, abandoned: this.#abandoned };
  }

  #dial(t: number): void {
    const { person, afterS } = this.#past.attempt();
    this.#inFlight += 1;
    this.#queue.add(t + afterS, person ? ANSWERED : ENDED, 0);
  }

  #happen(kind: number, caller: number, t: number): void {
    if (kind === FREED) this.#freed(t);
    else if (kind === GAVE_UP) this.#abandoned += this.#waiting.delete(caller) ? 1 : 0;
    else {
      this.#inFlight -= 1;
      if (kind === ANSWERED) this.#answered(t);
    }
  }

  #freed(t: number): void {
    const [caller] = this.#waiting;
    if (caller === undefined) this.#ready += 1;
    else {
      this.#waiting.delete(caller);
      this.#queue.add(t + this.#past.handlingS(0), FREED, 0);
    }
  }

  #answered(t: number): void {
    this.#answers += 1;
    if (this.#ready > 0) {
      this.#ready -= 1;
      this.#queue.add(t + this.#past.handlingS(0), FREED, 0);
      return;
    }
    this.#waiting.add(this.#answers);
    this.#queue.add(t + WAITS_S, GAVE_UP, this.#answers);
  }
}
