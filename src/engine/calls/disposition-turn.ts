// What a program says of a conversation, waiting for its turn between two events.

import type { Remarks } from '../../agent/session.ts';
import type { AttemptId } from '../../terms.ts';
import type { RecordOutcome, Said } from '../world.ts';

export type DispositionTurn =
  | DispositionTold
  /** The conversation is behind its agent, and what was said of it is replaced. */
  | { readonly what: 'correct'; readonly ended: RecordOutcome; readonly said: Said };

/** For the session that has the call, if one has. */
export interface DispositionTold {
  readonly what: 'tell';
  readonly attempt: AttemptId;
  readonly disposition: string;
  readonly record: number | null;
  readonly remarks: Remarks;
}
