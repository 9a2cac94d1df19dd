// Requests with a wrong token or none, by where they came from: said in the log at once, then once a minute with how many,
// and counted for whoever asks.
// What was sent as a token is never written down.

import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

const SAY_EVERY_MS = 60_000;
/** Addresses remembered; the oldest go first. */
const MAX_KNOWN = 1_000;

interface Known {
  readonly count: number;
  readonly lastAt: number;
  readonly saidAt: number;
  /** Since it was said last. */
  readonly unlogged: number;
}

/** What was refused since the start of the daemon. */
export interface RefusalCounts {
  readonly refused: number;
  /** Where most came from, of the addresses remembered. */
  readonly addresses: readonly { readonly from: string; readonly refused: number; readonly lastAt: number }[];
}

const MAX_SHOWN = 10;

export class Refusals {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #known = new Map<string, Known>();
  #count = 0;

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#clock = clock;
    this.#log = log;
  }

  note(from: string): void {
    const now = this.#clock.now();
    this.#count += 1;
    const known = this.#known.get(from);
    const count = (known?.count ?? 0) + 1;
    if (known && now - known.saidAt < SAY_EVERY_MS) {
      this.#known.set(from, { ...known, count, lastAt: now, unlogged: known.unlogged + 1 });
      return;
    }
    this.#log.warn({ from, refused: (known?.unlogged ?? 0) + 1 }, 'request with a wrong token, or none, refused');
    this.#known.delete(from);
    this.#known.set(from, { count, lastAt: now, saidAt: now, unlogged: 0 });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
  }

  counts(): RefusalCounts {
    const all = [...this.#known].map(([from, { count, lastAt }]) => ({ from, refused: count, lastAt }));
    const addresses = all.sort((a, b) => b.refused - a.refused || b.lastAt - a.lastAt).slice(0, MAX_SHOWN);
    return { refused: this.#count, addresses };
  }
}
