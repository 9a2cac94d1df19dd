// The orderly end: no new calls, and whoever asked for it hears when the last live one is over.

import type { Log } from '../base/log.ts';
import type { World } from './world.ts';

export class Draining {
  readonly #world: World;
  readonly #log: Log;
  #waiting: (() => void)[] = [];

  constructor(world: World, log: Log) {
    this.#world = world;
    this.#log = log;
  }

  /** Nothing is dialed from now on; resolves when no call is left. */
  begin(): Promise<void> {
    this.#world.draining = true;
    this.#log.info({ calls: this.#world.calls.size }, 'draining: no new calls, live ones finish');
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** To be called when the engine has nothing to do. */
  look(): void {
    if (!this.#world.draining || this.#world.calls.size > 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
