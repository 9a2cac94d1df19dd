// A supervisor who listens, or whose phone rings for it.

import type { ListeningMode } from '../../agent/listening-mode.ts';
import type { LegId, SessionId } from '../../terms.ts';
import type { Listening } from './listening-orders.ts';

export interface Ear extends Listening {
  readonly id: string;
  readonly isBrowser: boolean;
  /** Only a name while a browser has not dialed in. */
  readonly leg: LegId;
  readonly session: SessionId;
  /** The agent's leg on which it hangs. */
  readonly on?: LegId;
  /** The mode that the exchange has carried out, as far as is known. */
  readonly done: ListeningMode | 'muted';
  /** The mode that is being carried out was not asked for: no word of it. */
  readonly isQuiet?: true;
  /** Its stretch in the books of a call. */
  readonly part?: EarPart;
}

interface EarPart {
  readonly attempt: string;
  readonly part: 'listen';
  readonly who: string;
  readonly startedAt: number;
}
