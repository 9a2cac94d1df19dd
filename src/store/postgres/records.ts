// The records of the campaigns: looked at, found, counted. Made in record-sync.ts, taken in choice.ts, decided in
// attempt-changes.ts.

import type { RecordCounts, RecordStore } from '../../engine/store-records.ts';
import type { RecordState, Result } from '../../terms.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { dialsLeft } from './dials-left.ts';
import type { Lanes } from './lanes.ts';
import { factsOf } from './record-facts.ts';
import { RECORD_COLUMNS, recordRow } from './record-rows.ts';
import type { StoredRecord } from './record-rows.ts';
import { searchRecords } from './record-search.ts';
import { recordStatistics } from './record-statistics.ts';
import { recordWaits } from './record-waits.ts';
import { syncRecords } from './record-sync.ts';

const ONE = sql<StoredRecord>(`SELECT ${RECORD_COLUMNS} WHERE r.id = $1`);
const GROUPS = sql<{ state: RecordState; result: Result | null; disposition: string | null; count: number }>(`
  SELECT state, last_result AS result, last_disposition AS disposition, count(*) AS count FROM records
  WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) GROUP BY state, last_result, last_disposition`);
const NEXT_DUE = sql<{ at: number | null }>(`
  SELECT min(r.due_at) AS at FROM campaigns p JOIN record_queues q ON q.campaign = p.id CROSS JOIN LATERAL (
    SELECT due_at FROM records WHERE queue = q.id AND state = 'waiting' ORDER BY due_at LIMIT 1) r WHERE p.name = $1`);

export function recordStore({ read, bulk }: Lanes): RecordStore {
  return {
    sync: (campaign, now) => bulk.do((db) => syncRecords(db, campaign, now)),
    find: (query) => searchRecords(read, query),
    show: async (record) => {
      const row = await read.first(ONE, [record]);
      return row && recordRow(row);
    },
    facts: async (record) => {
      const facts = await factsOf(read, record, 0);
      return facts && { campaign: facts.campaign, facts };
    },
    counts: (campaign) => countRecords(read, campaign),
    dialsLeft: (question) => dialsLeft(read, question),
    statistics: (campaign, now) => recordStatistics(read, campaign, now),
    waits: (campaign, now) => recordWaits(read, campaign, now),
  };
}

async function countRecords(db: Db, campaign: string): Promise<RecordCounts> {
  const byState = { fresh: 0, waiting: 0, dialing: 0, finished: 0, removed: 0 };
  const byResult: Partial<Record<Result, number>> = {};
  const byDisposition: Record<string, number> = {};
  for (const { state, result, disposition, count } of await db.all(GROUPS, [campaign])) {
    byState[state] += count;
    if (result !== null) byResult[result] = (byResult[result] ?? 0) + count;
    if (disposition !== null) byDisposition[disposition] = (byDisposition[disposition] ?? 0) + count;
  }
  return { byState, byResult, byDisposition, nextDueAt: (await db.first(NEXT_DUE, [campaign]))?.at ?? null };
}
