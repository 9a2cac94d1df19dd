// The campaigns' states, the steps that led there, and what their pacers have learned. What is reported twice, because
// the answer to its first commit was lost, counts once.

import type { CampaignRow, CampaignStep, CampaignStore } from '../../engine/store/campaigns.ts';
import type { CampaignName } from '../../terms.ts';
import { sql } from '../statement.ts';
import { all, first, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';

export const campaigns: Noun<CampaignStore> = {
  all: quick(() => all(ALL)),
  saveState: write(function* (step) {
    yield* makeCampaign(step.campaign, step.at);
    yield* run(SAVE_STATE, { ...step });
    yield* run(ADD_STEP, { ...step });
  }),
  history: quick((campaign) => all(HISTORY, { campaign })),
  saveLearned: write(function* (campaign, text) {
    yield* makeCampaign(campaign, Date.now());
    yield* run(SAVE_LEARNED, { campaign, text });
  }),
  learned: quick(function* (campaign) {
    return (yield* first(LEARNED, { campaign }))?.learned ?? undefined;
  }),
};

const MAKE = sql`INSERT INTO campaigns (name, changed_at) VALUES (:campaign, :at) ON CONFLICT (name) DO NOTHING`;
const ID = sql<{ id: number }>`SELECT id FROM campaigns WHERE name = :campaign`;

/** Big tables know a campaign by its id; a name never seen gets one, as `unapproved` since `at`. */
export function makeCampaign(campaign: CampaignName, at: number): Work<void> {
  return run(MAKE, { campaign, at });
}

/** The campaign's id; made when there is none. */
export function* campaignId(campaign: CampaignName, at: number): Work<number> {
  const known = yield* first(ID, { campaign });
  if (known) return known.id;
  yield* makeCampaign(campaign, at);
  return (yield* first(ID, { campaign }))?.id ?? 0;
}

const ALL = sql<CampaignRow>`SELECT name AS campaign, state, changed_at AS "changedAt" FROM campaigns ORDER BY name`;
const SAVE_STATE = sql`UPDATE campaigns SET state = :to, changed_at = :at WHERE name = :campaign`;
const ADD_STEP = sql`
  INSERT INTO campaign_steps (campaign, from_state, to_state, by, at, reason)
  SELECT id, :from, :to, :by, :at, :reason FROM campaigns c WHERE name = :campaign AND NOT EXISTS (
    SELECT 1 FROM campaign_steps s WHERE s.campaign = c.id AND s.from_state = :from AND s.to_state = :to AND s.at = :at)`;
const HISTORY = sql<CampaignStep>`
  SELECT c.name AS campaign, s.from_state AS "from", s.to_state AS "to", s.by, s.at, s.reason
  FROM campaign_steps s JOIN campaigns c ON c.id = s.campaign WHERE c.name = :campaign ORDER BY s.id`;
const SAVE_LEARNED = sql`UPDATE campaigns SET learned = :text WHERE name = :campaign`;
const LEARNED = sql<{ learned: string | null }>`SELECT learned FROM campaigns WHERE name = :campaign`;
