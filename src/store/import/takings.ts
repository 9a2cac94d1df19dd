// No faster than they are taken: how a thread that reads a file waits for the one that writes what was read.

import type { MessagePort } from 'node:worker_threads';

/**
 * A wait that ends as soon as fewer than `ahead` batches are on their way; every message that comes through the port
 * says that one was taken.
 */
export function takings(port: MessagePort, ahead: number): () => Promise<void> {
  let free = ahead;
  let wake: (() => void) | undefined;
  port.on('message', () => {
    free += 1;
    wake?.();
  });
  return async () => {
    while (free === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    free -= 1;
  };
}
