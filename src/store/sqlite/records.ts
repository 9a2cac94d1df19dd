// What of the records is SQLite's own: brought in line in record-sync.ts, taken in choice.ts, decided in attempts.ts. The
// rest is in nouns/records.ts.

import type { RecordStore } from '../../engine/store/records.ts';
import { records } from '../nouns/records.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { dialsLeft } from './dials-left.ts';
import { recordSource } from './record-facts.ts';
import { recordSync } from './record-sync.ts';
import type { Handlers } from './requests.ts';
import { onSqlite } from './run.ts';

export function recordHandlers(db: Connection, ids: CampaignIds): Handlers<RecordStore> {
  const source = recordSource(db);
  return {
    ...onSqlite(db, records),
    sync: recordSync(db, ids),
    facts(record) {
      const facts = source.facts(record, 0);
      return facts && { campaign: facts.campaign, facts };
    },
    dialsLeft: dialsLeft(db),
  };
}
