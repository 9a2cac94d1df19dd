// Writes that must not be lost: tried again, in order, for as long as the store refuses them.
// While it does, `failing` is true and nothing new may be dialed.

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

const RETRY_MS = 1_000;

export class Writer {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: (failing: boolean) => void;
  #waiting: (() => Promise<void>)[] = [];
  #inFlight = 0;
  #retrying = false;
  #idle: (() => void)[] = [];

  constructor(clock: Clock, log: Log, onChange: (failing: boolean) => void) {
    this.#clock = clock;
    this.#log = log;
    this.#onChange = onChange;
  }

  get failing(): boolean {
    return this.#waiting.length > 0;
  }

  /** Starts `write` now, or after those that still wait; a refusal is tried again until it succeeds. */
  write(write: () => Promise<void>): void {
    if (this.failing) {
      this.#waiting.push(write);
      return;
    }
    this.#inFlight += 1;
    write()
      .catch((fault: unknown) => this.#refused(write, fault))
      .finally(() => this.#landed());
  }

  /** Resolves when everything handed in so far is durable. */
  async settled(): Promise<void> {
    if (this.#inFlight === 0 && !this.failing) return;
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
    });
  }

  #landed(): void {
    this.#inFlight -= 1;
    if (this.#inFlight > 0 || this.failing) return;
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }

  #refused(write: () => Promise<void>, fault: unknown): void {
    this.#log.error({ fault }, 'the store refused a write: dialing stops, the write will be tried again');
    const before = this.failing;
    this.#waiting.push(write);
    if (!before) this.#onChange(true);
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#retrying) return;
    this.#retrying = true;
    this.#clock.after(RETRY_MS, () => void this.#retry());
  }

  async #retry(): Promise<void> {
    this.#inFlight += 1;
    try {
      for (let write = this.#waiting[0]; write !== undefined; write = this.#waiting[0]) {
        await write();
        this.#waiting.shift();
      }
      this.#onChange(false);
    } catch {
      // Refused again: the first refusal was logged, the next try comes in a second.
    } finally {
      this.#retrying = false;
      if (this.failing) this.#retryLater();
      this.#landed();
    }
  }
}
