// The first connection to an Asterisk that may still be starting with the machine: tried for a while before it is said
// that there is none. How a link that once stood is built up again is its own affair.

import { backoffMs, type BackoffOptions } from '../base/backoff.ts';

const PATIENCE_MS = 6_000;

export interface FirstConnection {
  readonly connect: () => Promise<void>;
  readonly pauses: BackoffOptions;
  /** Whether waiting may mend it, and somebody still wants the connection. */
  readonly isWorthAnother: (error: unknown) => boolean;
}

/** Connects, if need be again and again for 6 s; rejects as the last try did, at once when another is not worth it. */
export async function firstConnection({ connect, pauses, isWorthAnother }: FirstConnection): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      await connect();
      return;
    } catch (error) {
      if (!isWorthAnother(error) || Date.now() >= giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(pauses, tries)));
    }
  }
}
