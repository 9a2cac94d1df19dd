// The campaigns' states, the steps that led there, and what their pacers have learned.

import type { CampaignRow, CampaignStep, CampaignStore } from '../../engine/store-campaigns.ts';
import { sql } from './database.ts';
import type { Lanes } from './lanes.ts';

/** The id of the campaign named by a parameter, made when there is none; part of a statement. */
export function campaignMade(name: string, at: string): string {
  // Touching the row that is there is the way to have its id returned.
  return `INSERT INTO campaigns (name, changed_at) VALUES (${name}, ${at})
    ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`;
}

const ALL = sql<CampaignRow>('SELECT name AS campaign, state, changed_at AS "changedAt" FROM campaigns ORDER BY name');
// A step that is told twice, because nobody heard of its first commit, is one step.
const SAVE_STATE = sql(`
  WITH saved AS (
    INSERT INTO campaigns (name, state, changed_at) VALUES ($1, $3, $5)
    ON CONFLICT (name) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at RETURNING id)
  INSERT INTO campaign_steps (campaign, from_state, to_state, by, at, reason)
  SELECT id, $2, $3, $4, $5, $6 FROM saved WHERE NOT EXISTS (
    SELECT 1 FROM campaign_steps s WHERE s.campaign = saved.id AND s.from_state = $2 AND s.to_state = $3 AND s.at = $5)`);
const HISTORY = sql<CampaignStep>(`
  SELECT c.name AS campaign, s.from_state AS "from", s.to_state AS "to", s.by, s.at, s.reason
  FROM campaign_steps s JOIN campaigns c ON c.id = s.campaign WHERE c.name = $1 ORDER BY s.id`);
const SAVE_LEARNED = sql(`
  INSERT INTO campaigns (name, changed_at, learned) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET learned = excluded.learned`);
const LEARNED = sql<{ learned: string | null }>('SELECT learned FROM campaigns WHERE name = $1');

export function campaignStore({ read, write }: Lanes): CampaignStore {
  return {
    all: () => read.all(ALL),
    saveState: ({ campaign, from, to, by, at, reason }) => write.run(SAVE_STATE, [campaign, from, to, by, at, reason]),
    history: (campaign) => read.all(HISTORY, [campaign]),
    saveLearned: (campaign, text) => write.run(SAVE_LEARNED, [campaign, Date.now(), text]),
    learned: async (campaign) => (await read.first(LEARNED, [campaign]))?.learned ?? undefined,
  };
}
