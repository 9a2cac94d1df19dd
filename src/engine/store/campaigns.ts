// What the store keeps of campaigns: their state, its history, what their pacers have learned.

import type { CampaignName, CampaignState } from '../../terms.ts';

export interface CampaignStore {
  /** Every campaign ever loaded, with its state; those never saved are `unapproved`. */
  all(): Promise<readonly CampaignRow[]>;
  /** Saves a step of the campaign's life with who and when. */
  saveState(step: CampaignStep): Promise<void>;
  history(campaign: CampaignName): Promise<readonly CampaignStep[]>;
  saveLearned(campaign: CampaignName, learned: string): Promise<void>;
  learned(campaign: CampaignName): Promise<string | undefined>;
}

export interface CampaignRow {
  readonly campaign: CampaignName;
  readonly state: CampaignState;
  readonly changedAt: number;
}

export interface CampaignStep {
  readonly campaign: CampaignName;
  readonly from: CampaignState;
  readonly to: CampaignState;
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}
