// The records of the campaigns: looked at, found, counted. Made in record-sync.ts, taken in choice.ts, decided in
// attempts.ts.

import type { RecordCounts, RecordRow, RecordStore } from '../../engine/store-records.ts';
import type { RecordState, Result } from '../../terms.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { dialsLeft } from './dials-left.ts';
import { parseObject, recordSource } from './record-facts.ts';
import type { RecordSource } from './record-facts.ts';
import { recordSearch } from './record-search.ts';
import { recordStatistics } from './record-statistics.ts';
import { recordSync } from './record-sync.ts';
import { recordWaits } from './record-waits.ts';
import type { Handlers } from './requests.ts';

interface StoredRecord extends Omit<RecordRow, 'contact' | 'finishedWhy'> {
  readonly contact: number;
  readonly name: string;
  readonly fields: string;
}

const COLUMNS = `r.id, p.name AS campaign, r.contact, c.name, c.fields, r.state, r.due_at AS dueAt, r.attempts, r.uncounted,
  r.last_result AS lastResult, r.last_disposition AS lastDisposition, r.last_agent AS lastAgent,
  r.last_attempt_at AS lastAttemptAt, r.why
  FROM records r JOIN campaigns p ON p.id = r.campaign JOIN contacts c ON c.id = r.contact`;

export function recordHandlers(db: Connection, ids: CampaignIds): Handlers<RecordStore> {
  const source = recordSource(db);
  const one = db.prepare<[number], StoredRecord>(`SELECT ${COLUMNS} WHERE r.id = ?`);
  return {
    sync: recordSync(db, ids),
    find: recordSearch<StoredRecord>(db, COLUMNS, (row) => recordRow(row, source)),
    show(record) {
      const row = one.get(record);
      return row && recordRow(row, source);
    },
    facts(record) {
      const facts = source.facts(record, 0);
      return facts && { campaign: facts.campaign, facts };
    },
    counts: recordCounts(db),
    dialsLeft: dialsLeft(db),
    statistics: recordStatistics(db),
    waits: recordWaits(db),
  };
}

function recordRow({ contact, name, fields, why, ...row }: StoredRecord, source: RecordSource): RecordRow {
  const person = { id: contact, name, fields: parseObject<unknown>(fields), phones: source.phones(contact) };
  const finishedWhy = row.state === 'finished' || row.state === 'removed' ? why : null;
  return { ...row, why, contact: person, finishedWhy };
}

function recordCounts(db: Connection): Handlers<RecordStore>['counts'] {
  const groups = db.prepare<
    [string],
    { state: RecordState; result: Result | null; disposition: string | null; count: number }
  >(`
    SELECT state, last_result AS result, last_disposition AS disposition, count(*) AS count FROM records
    WHERE campaign = (SELECT id FROM campaigns WHERE name = ?) GROUP BY state, last_result, last_disposition`);
  const nextDueAt = db
    .prepare<[string], number>(
      `SELECT due_at FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = ?) AND state = 'waiting'
       ORDER BY due_at LIMIT 1`,
    )
    .pluck();
  return (campaign): RecordCounts => {
    const byState = { fresh: 0, waiting: 0, dialing: 0, finished: 0, removed: 0 };
    const byResult: Partial<Record<Result, number>> = {};
    const byDisposition: Record<string, number> = {};
    for (const { state, result, disposition, count } of groups.all(campaign)) {
      byState[state] += count;
      if (result !== null) byResult[result] = (byResult[result] ?? 0) + count;
      if (disposition !== null) byDisposition[disposition] = (byDisposition[disposition] ?? 0) + count;
    }
    return { byState, byResult, byDisposition, nextDueAt: nextDueAt.get(campaign) ?? null };
  };
}
