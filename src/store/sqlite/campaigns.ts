// Short ids that stand for campaign names in big tables, for what is asked often.

import type { CampaignName } from '../../terms.ts';
import type { Connection } from './database.ts';

export interface CampaignIds {
  /** The campaign's id; a name never seen gets one, as `unapproved` since `at`. */
  of(name: CampaignName, at: number): number;
}

export function campaignIds(db: Connection): CampaignIds {
  const find = db.prepare<[string], number>('SELECT id FROM campaigns WHERE name = ?').pluck();
  const add = db.prepare('INSERT INTO campaigns (name, changed_at) VALUES (?, ?)');
  return { of: (name, at) => find.get(name) ?? Number(add.run(name, at).lastInsertRowid) };
}
