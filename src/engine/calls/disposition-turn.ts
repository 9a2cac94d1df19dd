// What a program says of a conversation, waiting for its turn between two events.

import type { Remarks } from '../../agent/session.ts';
import type { AttemptId } from '../../terms.ts';
import type { RecordOutcome, GivenDisposition } from '../world.ts';

export type DispositionTurn =
  | DispositionInSession
  /** The conversation is behind its agent, and what was said of it is replaced. */
  | { readonly what: 'correct'; readonly ended: RecordOutcome; readonly given: GivenDisposition };

/** For the session that has the call, if one has. */
export interface DispositionInSession {
  readonly what: 'give';
  readonly attempt: AttemptId;
  readonly disposition: string;
  readonly record: number | null;
  readonly remarks: Remarks;
}
