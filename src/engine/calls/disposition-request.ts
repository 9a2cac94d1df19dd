// What a program says of a conversation, and what became of that.

import type { Remarks } from '../../agent/session.ts';
import type { AgentNumber, AttemptId, CampaignName } from '../../terms.ts';

export interface DispositionRequest extends Remarks {
  /** An attempt, or a call that came in. */
  readonly attempt: AttemptId;
  readonly disposition: string;
}

export interface DispositionGiven {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  /** Null: the campaign has none of the person. */
  readonly record: number | null;
  readonly agent: AgentNumber;
  readonly disposition: string;
  readonly reason: string | null;
  /** What the attempt had before. */
  readonly before: { readonly disposition: string; readonly reason: string | null } | null;
}
