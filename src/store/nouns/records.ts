// The records of the campaigns: looked at, found, counted. How they are made, judged and taken is each database's own.

import type { ContactRow } from '../../engine/store/lists.ts';
import type { RecordQuery, RecordRow, RecordStore } from '../../engine/store/records.ts';
import { holdsText } from '../contact-text.ts';
import { byParts, phonesOf } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, first, long, pause, quick } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { candidates, isIndexed } from './contact-find.ts';
import { recordCounts, recordStatistics } from './record-statistics.ts';
import { recordWaits } from './record-waits.ts';

export const records: Noun<Pick<RecordStore, 'find' | 'show' | 'counts' | 'statistics' | 'waits'>> = {
  find: long((query) => findRecords(query)),
  show: quick(function* (record) {
    const row = yield* first(ONE, { record });
    return row && recordRow(row);
  }),
  counts: long((campaign) => recordCounts(campaign)),
  statistics: long((campaign, now) => recordStatistics(campaign, now)),
  waits: long((campaign, now) => recordWaits(campaign, now)),
};

type StoredRecord = Omit<RecordRow, 'contact' | 'finishedWhy'> &
  Omit<ContactRow, 'id'> & {
    readonly contact: number;
  };

const SELECT = part`
  SELECT r.id, p.name AS campaign, r.state, r.due_at AS "dueAt", r.attempts, r.uncounted, r.last_result AS "lastResult",
    r.last_disposition AS "lastDisposition", r.last_agent AS "lastAgent", r.last_attempt_at AS "lastAttemptAt", r.why,
    r.contact, c.name, c.fields AS "fields{}", ${phonesOf('c.id')} AS "phones{}"
  FROM records r JOIN campaigns p ON p.id = r.campaign JOIN contacts c ON c.id = r.contact`;
const ONE = sql<StoredRecord>`${SELECT} WHERE r.id = :record`;

function recordRow({ contact: id, name, fields, phones, ...row }: StoredRecord): RecordRow {
  const isOver = row.state === 'finished' || row.state === 'removed';
  return { ...row, contact: { id, name, fields, phones }, finishedWhy: isOver ? row.why : null };
}

const STANDING = {
  campaign: 'p.name = :campaign',
  state: 'r.state = :state',
  result: 'r.last_result = :result',
  disposition: 'r.last_disposition = :disposition',
  agent: 'r.last_agent = :agent',
} satisfies Record<Exclude<keyof RecordQuery, 'limit' | 'text' | 'after'>, string>;
const OF_CONTACTS = byParts(
  STANDING,
  (where) => sql<StoredRecord>`${SELECT} WHERE r.contact IN :contacts AND ${where} ORDER BY r.contact, r.id`,
);
const IN_ORDER = byParts(
  STANDING,
  (where) => sql<StoredRecord>`${SELECT} WHERE r.id > :after AND ${where} ORDER BY r.id LIMIT :page`,
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
