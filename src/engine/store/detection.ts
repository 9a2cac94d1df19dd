// Machine verdicts in a random sample, to be checked by a listener, and what was heard.

import type { Judgement, SampleCounts } from '../../campaign/detector-check.ts';
import type { AttemptId, CampaignName } from '../../terms.ts';

export interface DetectionStore {
  /**
   * Draws up to `size` machine verdicts of the period that have a recording and were not drawn before; as a random sample, the same
   * for the same seed.
   */
  draw(request: {
    readonly period: DetectionPeriod;
    readonly size: number;
    readonly seed: number;
    readonly by: string;
    readonly at: number;
  }): Promise<readonly AttemptId[]>;
  /** Notes what was heard; a later judgement takes the place of an earlier one. False when the attempt was not drawn. */
  judge(
    attempt: AttemptId,
    judged: { readonly is: Judgement; readonly by: string; readonly at: number },
  ): Promise<boolean>;
  /** What was drawn, oldest call first. */
  samples(period: DetectionPeriod): Promise<readonly DetectionSample[]>;
  counts(period: DetectionPeriod): Promise<SampleCounts>;
}

/** Of calls dialed from `fromAt` to before `toAt`. */
export interface DetectionPeriod {
  readonly campaign?: CampaignName;
  readonly fromAt?: number;
  readonly toAt?: number;
}

export interface DetectionSample {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly dialedAt: number;
  readonly verdictCause: string | null;
  readonly drawnAt: number;
  readonly drawnBy: string;
  readonly judgement: Judgement | null;
  readonly judgedAt: number | null;
  readonly judgedBy: string | null;
}
