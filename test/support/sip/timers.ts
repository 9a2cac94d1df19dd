// Timers that belong together and end together: nothing of a call or a peer may fire after it.

export class Timers {
  readonly #running = new Set<NodeJS.Timeout>();

  /** Calls `wake` once after `delayMs`; gives what cancels it. */
  after(delayMs: number, wake: () => void): () => void {
    const timer = setTimeout(() => {
      this.#running.delete(timer);
      wake();
    }, delayMs);
    this.#running.add(timer);
    return () => {
      clearTimeout(timer);
      this.#running.delete(timer);
    };
  }

  /** Calls `send` now and then at T1, 2·T1 … T2 (RFC 3261, 17), until cancelled or 32 s have passed. */
  again(send: () => void, over: () => void = () => undefined): () => void {
    let cancel: () => void = () => undefined;
    let waitMs = 500;
    let passedMs = 0;
    const step = (): void => {
      if (passedMs >= 32_000) {
        over();
        return;
      }
      send();
      cancel = this.after(waitMs, step);
      passedMs += waitMs;
      waitMs = Math.min(waitMs * 2, 4000);
    };
    step();
    return () => cancel();
  }

  clear(): void {
    for (const timer of this.#running) clearTimeout(timer);
    this.#running.clear();
  }
}
