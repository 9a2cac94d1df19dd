// No faster than they are taken: how a thread that reads a file waits for the one that writes what was read.

import type { MessagePort } from 'node:worker_threads';

export interface Takings {
  /** Waits until fewer batches are on their way than may be, and counts one more. */
  readonly next: () => Promise<void>;
  /** Waits until every batch was taken. */
  readonly all: () => Promise<void>;
}

/** Every message that comes through the port says that a batch was taken; `onTaken` gets what it says of it. */
export function takings(
  port: MessagePort,
  ahead: number,
  onTaken: (message: unknown) => void = () => undefined,
): Takings {
  let free = ahead;
  let wake: (() => void) | undefined;
  port.on('message', (message: unknown) => {
    free += 1;
    onTaken(message);
    wake?.();
  });
  const until = async (wanted: number): Promise<void> => {
    while (free < wanted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    next: async () => {
      await until(1);
      free -= 1;
    },
    all: () => until(ahead),
  };
}
