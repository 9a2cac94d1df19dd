// Writes that must not be lost: tried again, in the order in which they were handed in, for as long as the store refuses
// them. While it does, `failing` is true and nothing new may be dialed.

import type { Clock } from '../base/clock.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

const RETRY_MS = 1_000;
/** A write that the store refuses for its content and not for its own trouble is given up after so many tries. */
const MAX_TRIES = 5;
const STORE_TROUBLE = /^store-/;

interface Write {
  /** Its place among all writes ever handed in. */
  readonly place: number;
  readonly carryOut: () => Promise<void>;
}

export class Writer {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onChange: (failing: boolean) => void;
  /** Ascending by place. */
  readonly #waiting: Write[] = [];
  #places = 0;
  #inFlight = 0;
  #retrying = false;
  #tries = 0;
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
    this.#places += 1;
    const one: Write = { place: this.#places, carryOut: write };
    if (this.failing) {
      this.#waiting.push(one);
      return;
    }
    this.#inFlight += 1;
    write()
      .catch((fault: unknown) => this.#refused(one, fault))
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

  /** Refusals come in any order: each write goes back to its own place. */
  #refused(write: Write, fault: unknown): void {
    this.#log.error({ fault }, 'the store refused a write: dialing stops, the write will be tried again');
    const before = this.failing;
    const next = this.#waiting.findIndex(({ place }) => place > write.place);
    this.#waiting.splice(next < 0 ? this.#waiting.length : next, 0, write);
    if (!before) this.#onChange(true);
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#retrying) return;
    this.#retrying = true;
    this.#clock.after(RETRY_MS, () => void this.#retry());
  }

  async #retry(): Promise<void> {
    if (this.#inFlight > 0) {
      // One that was handed in earlier may still be refused, and would come too late.
      this.#clock.after(RETRY_MS, () => void this.#retry());
      return;
    }
    this.#inFlight += 1;
    try {
      for (let write = this.#waiting[0]; write !== undefined; write = this.#waiting[0]) {
        await write.carryOut();
        this.#waiting.shift();
        this.#tries = 0;
      }
      this.#onChange(false);
    } catch (fault) {
      // Refused again: the next try comes in a second.
      this.#refusedAgain(fault);
    } finally {
      this.#retrying = false;
      if (this.failing) this.#retryLater();
      this.#landed();
    }
  }

  /** One write that can never succeed must not keep all others waiting: it is logged in full and left out. */
  #refusedAgain(fault: unknown): void {
    this.#tries += 1;
    const isPoison = fault instanceof OperationalError && !STORE_TROUBLE.test(fault.code);
    if (!isPoison || this.#tries < MAX_TRIES) return;
    this.#log.error({ fault }, 'a write that the store can never take was given up: the others go on');
    this.#waiting.shift();
    this.#tries = 0;
    if (!this.failing) this.#onChange(false);
  }
}
