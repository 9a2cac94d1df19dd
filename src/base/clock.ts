// What time it is and how to be woken: the one way outside the core to ask for either.
// Production uses the machine's clock, the simulator and tests a virtual one.

export interface Clock {
  /** Now, epoch ms UTC. */
  now(): number;
  /** Calls `wake` once, `delayMs` from now; the returned function calls it off. */
  after(delayMs: number, wake: () => void): () => void;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, wake) {
    const timer = setTimeout(wake, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs` of the clock's time. */
export function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
