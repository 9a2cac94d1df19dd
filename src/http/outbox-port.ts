// What the API needs of whatever carries messages to the outside.

import type { OutboxStanding } from '../engine/store/outbox.ts';

export interface OutboxPort {
  figures(): readonly ReceiverFigures[];
  standing(): Promise<readonly OutboxStanding[]>;
  /** Given up messages of one receiver are tried again now; how many. */
  retry(name: string): Promise<number>;
  /** Sends a message to see whether it is taken. */
  test(name: string): Promise<{ readonly kind: string; readonly fault?: string } | undefined>;
}

/** Of one receiver, since the start. */
interface ReceiverFigures {
  readonly name: string;
  readonly kind: string;
  readonly address: string;
  readonly events: readonly string[];
  readonly sent: number;
  readonly faults: number;
  readonly lastSentAt?: number;
  readonly lastFault?: string;
  readonly restsUntilAt?: number;
}
