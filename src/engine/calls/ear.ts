// A supervisor who listens, or whose phone rings for it.

import type { LegId, SessionId } from '../../terms.ts';
import type { Listening, ListeningMode } from './listening-orders.ts';

export interface Ear extends Listening {
  readonly id: string;
  readonly isBrowser: boolean;
  /** Only a name while a browser has not dialed in. */
  readonly leg: LegId;
  readonly session: SessionId;
  /** The mode that the exchange has carried out, as far as is known. */
  readonly done: ListeningMode | 'muted';
  /** Its stretch in the books of a call. */
  readonly part?: {
    readonly attempt: string;
    readonly part: 'listen';
    readonly who: string;
    readonly startedAt: number;
  };
}
