// Named timers over the clock: setting a name again replaces what was set before.

import type { Clock } from '../base/clock.ts';

/** A timer that wakes so late is one of many after a standstill of ours … */
const LATE_MS = 500;
/** … and lets what has happened meanwhile be heard first. */
const EVENTS_FIRST_MS = 150;

export class Timers {
  readonly #clock: Clock;
  readonly #onFault: ((name: string, fault: unknown) => void) | undefined;
  readonly #cancel = new Map<string, () => void>();

  /** `onFault` hears of bugs in what timers do. */
  constructor(clock: Clock, onFault?: (name: string, fault: unknown) => void) {
    this.#clock = clock;
    this.#onFault = onFault;
  }

  /** Calls `wake` at `at` (epoch ms), once, unless set again or cleared before. */
  set(name: string, at: number, wake: () => void): void {
    this.clear(name);
    const dueAt = Math.max(at, this.#clock.now());
    const due = (): void => {
      this.#cancel.delete(name);
      this.#wake(name, wake);
    };
    const cancel = this.#clock.after(dueAt - this.#clock.now(), () => {
      if (this.#clock.now() - dueAt < LATE_MS) return due();
      this.#cancel.set(name, this.#clock.after(EVENTS_FIRST_MS, due));
    });
    this.#cancel.set(name, cancel);
  }

  #wake(name: string, wake: () => void): void {
    try {
      wake();
    } catch (fault) {
      if (!this.#onFault) throw fault;
      this.#onFault(name, fault);
    }
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
