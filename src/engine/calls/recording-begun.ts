// A recording that the exchange has begun.

import type { AttemptId, BridgeId, CampaignName } from '../../terms.ts';

export interface RecordingBegun {
  readonly attempt: AttemptId;
  readonly campaign: CampaignName;
  readonly name: string;
  readonly startedAt: number;
  /** The sound that tells of it; absent: no one is told. */
  readonly announce?: string;
  readonly bridge?: BridgeId;
  /** The agent's key has begun it. */
  readonly isByKey: boolean;
}
