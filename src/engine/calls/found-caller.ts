// Somebody who calls us, as far as that is known: who it is, and which campaign takes the call.

import type { CampaignName, LegId } from '../../terms.ts';
import type { OpenedCall } from '../store/attempts.ts';

export interface FoundCaller {
  readonly leg: LegId;
  readonly campaign: CampaignName;
  /** Why no agent is sought now; absent: one is. */
  readonly closed: string | undefined;
  readonly opened: OpenedCall;
}
