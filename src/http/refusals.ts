// Requests with a wrong token or none, by where they came from: said in the log at once, then once a minute with how many.
// What was sent as a token is never written down.

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

const SAY_EVERY_MS = 60_000;
/** Addresses remembered; the oldest go first. */
const MAX_KNOWN = 1_000;

interface Known {
  readonly saidAt: number;
  /** Since it was said last. */
  readonly unsaid: number;
}

export class Refusals {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #known = new Map<string, Known>();

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  note(from: string): void {
    const now = this.#clock.now();
    const known = this.#known.get(from);
    if (known && now - known.saidAt < SAY_EVERY_MS) {
      this.#known.set(from, { ...known, unsaid: known.unsaid + 1 });
      return;
    }
    this.#log.warn({ from, refused: (known?.unsaid ?? 0) + 1 }, 'request with a wrong token, or none, refused');
    this.#known.delete(from);
    this.#known.set(from, { saidAt: now, unsaid: 0 });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }
}
