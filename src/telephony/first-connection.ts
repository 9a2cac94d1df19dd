// The first connection to an Asterisk that may still be starting with the machine: tried for a while before it is said
// that there is none, and by a daemon as long as it takes. How a link that once stood is built up again is its own affair.

import { backoffMs, type BackoffOptions } from '../base/backoff.ts';

const PATIENCE_MS = 6_000;

export interface FirstConnection {
  readonly connect: () => Promise<void>;
  readonly pauses: BackoffOptions;
  /** Whether waiting may help, and somebody still wants the connection. */
  readonly isWorthAnother: (error: unknown) => boolean;
  /** Reported once, after 6 s of trying, why there is no connection: it is tried on. Absent: there is none then. */
  readonly onWait?: (error: unknown) => void;
}

/**
 * Connects, if need be again and again for 6 s, with `onWait` as long as it takes; rejects as the last try did, at once
 * when another is not worth it.
 */
export async function firstConnection({ connect, pauses, isWorthAnother, onWait }: FirstConnection): Promise<void> {
  let waits = false;
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      await connect();
      return;
    } catch (error) {
      if (!isWorthAnother(error)) throw error;
      if (Date.now() >= giveUpAt && !waits) {
        if (!onWait) throw error;
        waits = true;
        onWait(error);
      }
      await new Promise((resolve) => setTimeout(resolve, backoffMs(pauses, tries)));
    }
  }
}
