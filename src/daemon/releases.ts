// What a daemon holds, and how it lets go of it.

import type { Log } from '../base/log.ts';

/** Things to let go of, last taken first. */
export class Releases {
  readonly #releases: { readonly what: string; readonly release: () => Promise<void> | void }[] = [];

  add(what: string, release: () => Promise<void> | void): void {
    this.#releases.push({ what, release });
  }

  /** Releases everything in reverse; a failing one is logged and does not keep the others. */
  async unwind(log: Log): Promise<void> {
    for (const { what, release } of this.#releases.splice(0).reverse()) {
      try {
        await release();
      } catch (fault) {
        log.error({ what, fault }, 'could not be let go of in good order');
      }
    }
  }
}
