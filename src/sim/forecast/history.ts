// The behaviour of a campaign's past: what its attempts say of people, and its agents' times of wrap-up.

import type { AttemptRow } from '../../engine/store/attempts.ts';
import type { Dial } from '../pacing/worlds.ts';
import { hungUpAtOnce, type Behaviour, type DialSample } from './behaviour.ts';

/** Gathers attempts as they pass. */
export class History {
  readonly #dials: DialSample[] = [];
  readonly #talksS: number[] = [];
  #attempts = 0;
  readonly #records = new Set<number>();

  add(row: AttemptRow): void {
    this.#attempts += 1;
    this.#records.add(row.record);
    const dial = dialOf(row);
    if (dial) this.#dials.push({ atS: row.dialedAt / 1000, dial });
    if (row.result === 'connected' && row.bridgedAt !== null && row.endedAt !== null) {
      this.#talksS.push((row.endedAt - row.bridgedAt) / 1000);
    }
  }

  /** Attempts that say how they went. */
  get dials(): number {
    return this.#dials.length;
  }

  get conversations(): number {
    return this.#talksS.length;
  }

  /** Dials that a record has taken so far, on average. */
  get attemptsPerRecord(): number {
    return this.#attempts / Math.max(1, this.#records.size);
  }

  /** `wrapUpMs`: what all agents together have spent in wrap-up. */
  behaviour(wrapUpMs: number, patienceS: number): Behaviour {
    const meanS = this.conversations === 0 ? 0 : wrapUpMs / 1000 / this.conversations;
    return { dials: this.#dials, talksS: this.#talksS, wrapUpsS: spreadOf(meanS), patienceS };
  }
}

/** Only the mean of wrap-ups is kept: quantiles of a lognormal with half the mean as its deviation. */
function spreadOf(meanS: number): readonly number[] {
  if (meanS <= 0) return [0];
  const sigma = Math.sqrt(Math.log(1.25));
  const normal = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645];
  const shape = normal.map((z) => Math.exp(sigma * z));
  const mean = shape.reduce((sum, x) => sum + x, 0) / shape.length;
  return shape.map((x) => (meanS * x) / mean);
}

/** What became of an attempt; undefined when that says nothing of the person: it goes on, or we gave it up. */
function dialOf(row: AttemptRow): Dial | undefined {
  const { result, dialedAt, ringingAt, answeredAt, endedAt, liveAt } = row;
  if (result === null || endedAt === null || result === 'cancelled') return undefined;
  const rangAt = ringingAt ?? answeredAt ?? endedAt;
  const setUpS = Math.max(0, rangAt - dialedAt) / 1000;
  const isPerson = result === 'connected' || result === 'abandoned' || liveAt !== null;
  const isMachine = !isPerson && (result === 'machine' || result === 'fax');
  if (!isPerson && !isMachine) {
    const ringS = Math.max(0, endedAt - rangAt) / 1000;
    return { end: result === 'no-answer' ? 'no-answer' : 'busy', setUpS, ringS, verdictS: 0, mistaken: false };
  }
  const pickedUpAt = answeredAt ?? liveAt ?? endedAt;
  const knownAt = isPerson ? (liveAt ?? pickedUpAt) : endedAt;
  return {
    end: isPerson ? 'person' : 'machine',
    setUpS,
    ringS: Math.max(0, pickedUpAt - rangAt) / 1000,
    verdictS: Math.max(0, knownAt - pickedUpAt) / 1000,
    mistaken: false,
    hangsUp: hungUpAtOnce(result, endedAt - knownAt),
  };
}
