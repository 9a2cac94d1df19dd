// Named timers over the clock: setting a name again replaces what was set before.

import type { Clock } from '../base/clock.ts';

export class Timers {
  readonly #clock: Clock;
  readonly #cancel = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `wake` at `at` (epoch ms), once, unless set again or cleared before. */
  set(name: string, at: number, wake: () => void): void {
    this.clear(name);
    const cancel = this.#clock.after(Math.max(0, at - this.#clock.now()), () => {
      this.#cancel.delete(name);
      wake();
    });
    this.#cancel.set(name, cancel);
  }

  clear(name: string): void {
    this.#cancel.get(name)?.();
    this.#cancel.delete(name);
  }

  clearAll(): void {
    for (const cancel of this.#cancel.values()) cancel();
    this.#cancel.clear();
  }
}
