// What comes in from outside while the engine is written down: one thing to a turn of the event loop, after everything
// that the one before has set in motion has come to rest. Time stands still in a turn. So the order of the lines is the
// whole of what happened, and a reader who gives them to an engine one by one sees the same.

import type { Clock } from '../../base/clock.ts';

export class Turns {
  readonly #clock: Clock;
  readonly #waiting: ((at: number) => void)[] = [];
  #isBusy = false;
  #at = 0;
  #leaving = 0;
  #watchers: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The time of the turn; between turns that of the clock. */
  now(): number {
    return this.#isBusy ? this.#at : this.#clock.now();
  }

  /** A turn for it: now, or when the ones before are over. */
  take(act: (at: number) => void): void {
    if (this.#isBusy) this.#waiting.push(act);
    else this.#begin(act);
  }

  /** A turn at once, for who cannot wait for the answer. Nothing of ours runs in what comes from outside. */
  atOnce<T>(act: (at: number) => T): T {
    this.#at = this.#clock.now();
    if (!this.#isBusy) this.#occupy();
    return act(this.#at);
  }

  /** Leaves the turn: what is done outside is no part of it. */
  leave(act: () => void): void {
    this.#leaving += 1;
    setImmediate(() => {
      this.#leaving -= 1;
      act();
      this.#noteQuiet();
    });
  }

  /** Resolves when no turn is under way and none waits. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push(resolve);
      this.#noteQuiet();
    });
  }

  #begin(act: (at: number) => void): void {
    this.#at = this.#clock.now();
    this.#occupy();
    act(this.#at);
  }

  /** Promises settle before the event loop comes round to it. */
  #occupy(): void {
    this.#isBusy = true;
    setImmediate(() => this.#over());
  }

  #over(): void {
    this.#isBusy = false;
    const next = this.#waiting.shift();
    if (next) this.#begin(next);
    else this.#noteQuiet();
  }

  #noteQuiet(): void {
    if (this.#isBusy || this.#leaving > 0) return;
    for (const resolve of this.#watchers.splice(0)) resolve();
  }
}
