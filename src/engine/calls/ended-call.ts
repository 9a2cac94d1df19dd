// A call that is over, with its result: for whoever calls missed people back.

import type { CallOrigin } from '../../call/call.ts';
import type { CampaignName, Result } from '../../terms.ts';
import type { OpenedCall } from '../store/attempts.ts';

export interface EndedCall {
  readonly origin: CallOrigin;
  readonly campaign: CampaignName;
  readonly opened: OpenedCall;
  readonly result: Result;
}
