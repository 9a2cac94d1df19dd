// Done, with a few seconds to take it back: the record is closed when they are over, or at once when that is asked for.
// The server knows nothing of them: a page that is gone meanwhile leaves the record open.

import { Value } from '../live/value.ts';

export interface Finishing {
  readonly interaction: string;
  /** No more records after it. */
  readonly stop: boolean;
  /** By the page's clock. */
  readonly until: number;
}

const UNDO_MS = 5_000;
/** The server closes by itself at the end of the wrap-up: ours must come before. */
const BEFORE_END_MS = 400;

export interface FinishingOptions {
  readonly now: () => number;
  readonly close: (finishing: Finishing) => Promise<unknown>;
}

export class FinishingDesk extends Value<Finishing | null> {
  readonly #options: FinishingOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FinishingOptions) {
    super(null);
    this.#options = options;
  }

  /** `leftMs`: until the wrap-up is over; undefined: it has no end. */
  begin(interaction: string, stop: boolean, leftMs: number | undefined): void {
    const ms = Math.max(0, Math.min(UNDO_MS, (leftMs ?? Infinity) - BEFORE_END_MS));
    clearTimeout(this.#timer);
    this.set({ interaction, stop, until: this.#options.now() + ms });
    this.#timer = setTimeout(() => this.close(), ms);
  }

  undo(): void {
    clearTimeout(this.#timer);
    this.set(null);
  }

  close(): void {
    const finishing = this.get();
    this.undo();
    if (finishing !== null) void this.#options.close(finishing);
  }

  /** Another record is in hand, or none: there is nothing to take back. */
  see(interaction: string | undefined): void {
    if (this.get() !== null && this.get()?.interaction !== interaction) this.undo();
  }
}
