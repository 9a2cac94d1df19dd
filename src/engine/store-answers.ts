// What the engine asks of the store about live answers: enough to know every abandonment window after a restart.

import type { AnswerSlot } from '../campaign/answer-ledger.ts';
import type { CampaignName } from '../terms.ts';

export interface AnswerStore {
  /**
   * Live answers, abandoned ones and machines that nobody talked to, of closed attempts that were dialed from `fromAt`
   * on, by slots of `slotMs` of the dialing, ascending; and when the campaign's first attempt was dialed.
   */
  counts(query: AnswerQuery): Promise<AnswerCounts>;
}

interface AnswerQuery {
  readonly campaign: CampaignName;
  readonly fromAt: number;
  readonly slotMs: number;
}

interface AnswerCounts {
  /** Null before the first attempt. */
  readonly firstAt: number | null;
  readonly slots: readonly AnswerSlot[];
}
