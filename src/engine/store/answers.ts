// What the engine asks of the store about live answers: enough to know every abandonment window after a restart.

import type { AnswerSlot } from '../../rules/answer-slots.ts';
import type { AttemptId, CampaignName, Result } from '../../terms.ts';

export interface AnswerStore {
  /**
   * Live answers, abandoned ones and machines that no one talked to, of closed attempts that were dialed from `fromAt`
   * on, by slots of `slotMs` of the dialing, ascending; and when the campaign's first attempt was dialed.
   */
  counts(query: AnswerQuery): Promise<AnswerCounts>;
  /** What has become of the attempts that were dialed from `fromAt` to before `toAt`; counts leave out `except`. */
  ofDay(query: DayQuery): Promise<DayCounts>;
}

interface AnswerQuery {
  readonly campaign: CampaignName;
  readonly fromAt: number;
  readonly slotMs: number;
}

interface DayQuery {
  readonly campaign: CampaignName;
  readonly fromAt: number;
  readonly toAt: number;
  readonly except: readonly AttemptId[];
  /** At most so many answer delays, the latest. */
  readonly delays: number;
}

export interface DayCounts {
  readonly attempts: number;
  /** Of attempts that are over, as are the results. */
  readonly liveAnswers: number;
  readonly byResult: Readonly<Partial<Record<Result, number>>>;
  /** From the answer to the agent, of calls that found a ready agent, in order of the dialing. */
  readonly answerDelaysMs: readonly number[];
  /** Of people who waited for an agent and got one. */
  readonly waited: { readonly count: number; readonly maxMs: number };
}

interface AnswerCounts {
  /** Null before the first attempt. */
  readonly firstAt: number | null;
  readonly slots: readonly AnswerSlot[];
}
