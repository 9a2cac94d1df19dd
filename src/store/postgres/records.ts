// What of the records is PostgreSQL's own: brought in line in record-sync.ts, taken in choice.ts, decided in
// attempt-changes.ts. The rest is in nouns/records.ts.

import type { RecordStore } from '../../engine/store/records.ts';
import { records } from '../nouns/records.ts';
import { dialsLeft } from './dials-left.ts';
import type { Lanes } from './lanes.ts';
import { factsOf } from './record-facts.ts';
import { syncRecords } from './record-sync.ts';
import { onPostgres } from './run.ts';

export function recordStore(lanes: Lanes): RecordStore {
  const { read, bulk } = lanes;
  return {
    ...onPostgres(lanes, records),
    sync: (campaign, now) => bulk.do((db) => syncRecords(db, campaign, now)),
    facts: async (record) => {
      const facts = await factsOf(read, record, 0);
      return facts && { campaign: facts.campaign, facts };
    },
    dialsLeft: (question) => dialsLeft(read, question),
  };
}
