// What the engine reports by itself to whoever subscribes, the moment it happens.

import type { AgentNumber, AttemptId, CampaignName, Result } from '../terms.ts';
import type { CallbackState } from './store/callbacks.ts';

/** How a call came about, when not by the campaign's own choice of records. */
export type CallOrigin = 'callback' | 'personal-callback' | 'inbound';

export type LiveEvent =
  | { readonly type: 'campaign'; readonly at: number; readonly campaign: CampaignName }
  | { readonly type: 'agent'; readonly at: number; readonly agent: AgentNumber }
  | {
      readonly type: 'call';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly campaign: CampaignName;
      readonly from: string;
      readonly to: string;
      readonly event: string;
      readonly origin?: CallOrigin;
      /** What the network and the dialer observed; with the end of the call. */
      readonly result?: Result;
    }
  /** An agent said what the conversation was; comes before or after the end of the call. */
  | {
      readonly type: 'disposition';
      readonly at: number;
      readonly attempt: AttemptId;
      readonly campaign: CampaignName;
      readonly agent: AgentNumber;
      readonly disposition: string;
    }
  /** A callback was set, moved or taken back. */
  | {
      readonly type: 'callback';
      readonly at: number;
      readonly campaign: CampaignName;
      readonly callback: number;
      readonly state: CallbackState;
    };
