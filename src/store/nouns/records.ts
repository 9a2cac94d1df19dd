// The records of the campaigns: looked at, found, counted. How they are made, judged and taken is each database's own.

import type { RecordQuery, RecordRow, RecordStore } from '../../engine/store/records.ts';
import { holdsText } from '../contact-text.ts';
import { byParts } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, first, long, pause, quick, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { candidates, isIndexed } from './contact-find.ts';
import { changePriority } from './record-priority.ts';
import { ONE_RECORD, RECORD_ROW, recordRow, type StoredRecord } from './record-row.ts';
import { recordCounts, recordStatistics } from './record-statistics.ts';
import { recordTable } from './record-table.ts';
import { recordWaits } from './record-waits.ts';

export const records: Noun<
  Pick<RecordStore, 'find' | 'table' | 'show' | 'prioritise' | 'counts' | 'statistics' | 'waits'>
> = {
  find: long((query) => findRecords(query)),
  table: long((query) => recordTable(query)),
  show: quick(function* (record) {
    const row = yield* first(ONE_RECORD, { record });
    return row && recordRow(row);
  }),
  prioritise: write(changePriority),
  counts: long((campaign) => recordCounts(campaign)),
  statistics: long((campaign, now) => recordStatistics(campaign, now)),
  waits: long((campaign, now) => recordWaits(campaign, now)),
};

const STANDING = {
  campaign: 'p.name = :campaign',
  state: 'r.state = :state',
  result: 'r.last_result = :result',
  disposition: 'r.last_disposition = :disposition',
  agent: 'r.last_agent = :agent',
} satisfies Record<Exclude<keyof RecordQuery, 'limit' | 'text' | 'after'>, string>;
const OF_CONTACTS = byParts(
  STANDING,
  (where) => sql<StoredRecord>`${RECORD_ROW} WHERE r.contact IN :contacts AND ${where} ORDER BY r.contact, r.id`,
);
const IN_ORDER = byParts(
  STANDING,
  (where) => sql<StoredRecord>`${RECORD_ROW} WHERE r.id > :after AND ${where} ORDER BY r.id LIMIT :page`,
);
const PAGE = 500;

/**
 * Records by what their contact holds and by how they stand. A text is looked up in the indexes of the directory; without
 * one, or with less than three characters, the records are gone through in their order.
 */
function* findRecords(query: RecordQuery): Work<readonly RecordRow[]> {
  const { text, limit } = query;
  const found: RecordRow[] = [];
  const isFull = (rows: readonly StoredRecord[]): boolean => {
    found.push(...rows.map(recordRow).filter(({ contact }) => text.trim() === '' || holdsText(contact, { text })));
    return found.length >= limit;
  };
  if (isIndexed(text)) {
    yield* candidates(text, function* (people) {
      const contacts = people.map(({ id }) => id);
      return !isFull(yield* all(OF_CONTACTS(query), { ...query, contacts }));
    });
    return found.slice(0, limit);
  }
  for (let after = query.after ?? 0; ;) {
    const rows = yield* all(IN_ORDER(query), { ...query, after, page: PAGE });
    const last = rows.at(-1)?.id;
    if (isFull(rows) || last === undefined) return found.slice(0, limit);
    after = last;
    yield* pause();
  }
}
