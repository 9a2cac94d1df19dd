// A clock that stands still until it is let go on: hours of calls pass in seconds, the same way each time.
// Timers of one instant fire in the order in which they were set. Between two timers everything that promises have
// set in motion comes to rest first. Never reads the machine's clock.

import type { Clock } from '../base/clock.ts';

interface Timer {
  readonly at: number;
  /** Order among timers of one instant. */
  readonly turn: number;
  wake: (() => void) | undefined;
}

export interface VirtualClockOptions {
  /** Epoch ms at which the clock starts. */
  readonly startAt?: number;
  /** Awaited before time moves on: resolves when work outside the clock (a store on a worker thread) is done. */
  readonly settle?: () => Promise<void>;
}

const DEFAULT_START_AT = Date.UTC(2026, 0, 5, 15, 0, 0);

function comesBefore(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.turn < b.turn);
}

/** Lets every promise that can settle without time passing settle. */
function drainMicrotasks(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export class VirtualClock implements Clock {
  readonly #heap: Timer[] = [];
  readonly #settle: () => Promise<void>;
  #now: number;
  #turns = 0;

  constructor(options: VirtualClockOptions = {}) {
    this.#now = options.startAt ?? DEFAULT_START_AT;
    this.#settle = options.settle ?? (() => Promise.resolve());
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, wake: () => void): () => void {
    this.#turns += 1;
    // Whole milliseconds, as the machine's clock gives them.
    const timer: Timer = { at: this.#now + Math.max(0, Math.ceil(delayMs)), turn: this.#turns, wake };
    this.#push(timer);
    return () => {
      timer.wake = undefined;
    };
  }

  /** Fires everything due up to and including `at`, then stands at `at`. */
  async runUntil(at: number): Promise<void> {
    do await this.#rest();
    while (this.#fireNext(at));
    this.#now = Math.max(this.#now, at);
  }

  /** Lets `durationMs` pass. */
  runFor(durationMs: number): Promise<void> {
    return this.runUntil(this.#now + durationMs);
  }

  /** Goes on until the condition holds, at most `withinMs`; says whether it holds. */
  async runUntilTrue(condition: () => boolean, withinMs: number): Promise<boolean> {
    const until = this.#now + withinMs;
    for (;;) {
      await this.#rest();
      if (condition()) return true;
      if (!this.#fireNext(until)) {
        this.#now = Math.max(this.#now, until);
        return false;
      }
    }
  }

  /** Lets time pass until the promise settles, and settles like it; rejects when `withinMs` was not enough. */
  async settle<T>(promise: Promise<T>, withinMs = 60_000): Promise<T> {
    let isSettled = false;
    const noted = promise.finally(() => {
      isSettled = true;
    });
    noted.catch(() => undefined); // awaited below; until then a rejection is not unhandled
    if (!(await this.runUntilTrue(() => isSettled, withinMs))) {
      throw new Error(`not settled after ${withinMs} ms of virtual time`);
    }
    return noted;
  }

  #fireNext(until: number): boolean {
    const timer = this.#pop(until);
    if (!timer) return false;
    this.#now = Math.max(this.#now, timer.at);
    timer.wake?.();
    return true;
  }

  /** Nothing moves any more unless time does. */
  async #rest(): Promise<void> {
    await drainMicrotasks();
    await this.#settle();
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let child = heap.push(timer) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent];
      if (!above || comesBefore(above, timer)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = timer;
  }

  /** The next timer that has not been called off, if it is due by `until`. */
  #pop(until: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || (first.wake && first.at > until)) return undefined;
      this.#removeFirst();
      if (first.wake) return first;
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      const left = heap[child];
      if (!left) break;
      const right = heap[child + 1];
      if (right && comesBefore(right, left)) child += 1;
      const smaller = heap[child];
      if (!smaller || comesBefore(last, smaller)) break;
      heap[parent] = smaller;
      parent = child;
    }
    heap[parent] = last;
  }
}
