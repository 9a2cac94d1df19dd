// A recording that the exchange has begun.

import type { AttemptId, BridgeId, CampaignName } from '../../terms.ts';

export interface RecordingBegun {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly name: string;
  readonly startedAt: number;
  /** The sound that announces it; absent: it is not announced. */
  readonly announce?: string;
  readonly bridge?: BridgeId;
  /** The agent's key has begun it. */
  readonly isByKey: boolean;
}
