// How many commands an agent may send: a handful at once, and then so many a second. What is beyond that is refused before
// it is read, so that a page that has gone wild costs no one else anything. Pure but for the clock.

import type { Clock } from '../../base/clock.ts';
import { OperationalError } from '../../base/errors.ts';
import type { AgentNumber } from '../../terms.ts';

/** At once; no hand clicks as fast, and what is typed goes out by the second. */
const AT_ONCE = 60;
const PER_SECOND = 10;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

export class CommandRate {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #buckets = new Map<AgentNumber, Bucket>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** Counts one command of the agent; refused with `too-many-commands`. */
  take(agent: AgentNumber): void {
    const at = this.#clock.now();
    const before = this.#buckets.get(agent) ?? { left: AT_ONCE, at };
    const left = Math.min(AT_ONCE, before.left + (Math.max(0, at - before.at) / 1000) * PER_SECOND);
    this.#buckets.set(agent, { left: left < 1 ? left : left - 1, at });
    if (left >= 1) return;
    throw new OperationalError('too-many-commands', 'More commands than a person gives.', {
      hint: `Send at most ${PER_SECOND} a second, and wait before the next: Retry-After says how long.`,
      httpCode: 429,
      retryAfterMs: ((1 - left) / PER_SECOND) * 1000,
    });
  }
}
