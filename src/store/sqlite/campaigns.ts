// The campaigns' states, the steps that led there, and what their pacers have learned.

import type { CampaignRow, CampaignStep, CampaignStore } from '../../engine/store-campaigns.ts';
import type { CampaignName } from '../../terms.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** Short ids that stand for campaign names in big tables. */
export interface CampaignIds {
  /** The campaign's id; a name never seen gets one, as `unapproved` since `at`. */
  of(name: CampaignName, at: number): number;
}

export function campaignIds(db: Connection): CampaignIds {
  const find = db.prepare<[string], number>('SELECT id FROM campaigns WHERE name = ?').pluck();
  const add = db.prepare('INSERT INTO campaigns (name, changed_at) VALUES (?, ?)');
  return { of: (name, at) => find.get(name) ?? Number(add.run(name, at).lastInsertRowid) };
}

export function campaignHandlers(db: Connection, ids: CampaignIds): Handlers<CampaignStore> {
  const all = db.prepare<[], CampaignRow>(
    'SELECT name AS campaign, state, changed_at AS changedAt FROM campaigns ORDER BY name',
  );
  const setState = db.prepare('UPDATE campaigns SET state = ?, changed_at = ? WHERE id = ?');
  const addStep = db.prepare(
    'INSERT INTO campaign_steps (campaign, from_state, to_state, by, at, reason) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const steps = db.prepare<[string], CampaignStep>(`
    SELECT c.name AS campaign, s.from_state AS "from", s.to_state AS "to", s.by, s.at, s.reason
    FROM campaign_steps s JOIN campaigns c ON c.id = s.campaign WHERE c.name = ? ORDER BY s.id`);
  const setLearned = db.prepare('UPDATE campaigns SET learned = ? WHERE id = ?');
  const learned = db.prepare<[string], string | null>('SELECT learned FROM campaigns WHERE name = ?').pluck();
  return {
    all: () => all.all(),
    saveState({ campaign, from, to, by, at, reason }) {
      const id = ids.of(campaign, at);
      setState.run(to, at, id);
      addStep.run(id, from, to, by, at, reason);
    },
    history: (campaign) => steps.all(campaign),
    saveLearned(campaign, text) {
      setLearned.run(text, ids.of(campaign, Date.now()));
    },
    learned: (campaign) => learned.get(campaign) ?? undefined,
  };
}
