// The records of the campaigns: looked at, found, counted. Made in record-sync.ts, taken in choice.ts, decided in
// attempt-changes.ts.

import type { ContactRow, RecordCounts, RecordRow, RecordStore } from '../../engine/store.ts';
import type { RecordState, Result } from '../../terms.ts';
import { fitsText, searchTerms } from './contacts.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';
import { factsOf, phonesOf } from './record-facts.ts';
import { recordStatistics } from './record-statistics.ts';
import { syncRecords } from './record-sync.ts';

interface StoredRecord extends Omit<RecordRow, 'contact' | 'finishedWhy'> {
  readonly contact: ContactRow;
  readonly why: string | null;
}

const COLUMNS = `r.id, p.name AS campaign, r.state, r.due_at AS "dueAt", r.attempts,
  r.last_result AS "lastResult", r.last_disposition AS "lastDisposition", r.last_agent AS "lastAgent",
  r.last_attempt_at AS "lastAttemptAt", r.why,
  json_build_object('id', c.id, 'name', c.name, 'fields', c.fields, 'phones', ${phonesOf('c.id')}) AS contact
  FROM records r JOIN campaigns p ON p.id = r.campaign JOIN contacts c ON c.id = r.contact`;
const ONE = sql<StoredRecord>(`SELECT ${COLUMNS} WHERE r.id = $1`);
/** By the contact's name, any of its fields, or part of a number; an empty text finds all. */
const SEARCH = sql<StoredRecord>(`
  SELECT ${COLUMNS} WHERE ($1::text IS NULL OR p.name = $1) AND ${fitsText('c', '$2', '$3')}
    AND ($5::text IS NULL OR r.state = $5) AND ($6::text IS NULL OR r.last_result = $6)
    AND ($7::text IS NULL OR r.last_disposition = $7) AND ($8::text IS NULL OR r.last_agent = $8) AND r.id > $9
  ORDER BY r.id LIMIT $4`);
const GROUPS = sql<{ state: RecordState; result: Result | null; disposition: string | null; count: number }>(`
  SELECT state, last_result AS result, last_disposition AS disposition, count(*) AS count FROM records
  WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) GROUP BY state, last_result, last_disposition`);
const NEXT_DUE = sql<{ at: number | null }>(`
  SELECT min(r.due_at) AS at FROM campaigns p JOIN record_queues q ON q.campaign = p.id CROSS JOIN LATERAL (
    SELECT due_at FROM records WHERE queue = q.id AND state = 'waiting' ORDER BY due_at LIMIT 1) r WHERE p.name = $1`);

export function recordStore({ read, bulk }: Lanes): RecordStore {
  return {
    sync: (campaign, now) => bulk.do((db) => syncRecords(db, campaign, now)),
    find: async ({ text, limit, after = 0, ...query }) => {
      const { part, digits } = searchTerms(text);
      const { campaign = null, state = null, result = null, disposition = null, agent = null } = query;
      const values = [campaign, part, digits, limit, state, result, disposition, agent, after];
      return (await read.all(SEARCH, values)).map(recordRow);
    },
    show: async (record) => {
      const row = await read.first(ONE, [record]);
      return row && recordRow(row);
    },
    facts: async (record) => {
      const facts = await factsOf(read, record, 0);
      return facts && { campaign: facts.campaign, facts };
    },
    counts: (campaign) => countRecords(read, campaign),
    statistics: (campaign, now) => recordStatistics(read, campaign, now),
  };
}

function recordRow({ why, ...row }: StoredRecord): RecordRow {
  return { ...row, finishedWhy: row.state === 'finished' || row.state === 'removed' ? why : null };
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
