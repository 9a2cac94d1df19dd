// A record as the store's tables have it, with its campaign and contact.

import type { ContactRow } from '../../engine/store/lists.ts';
import type { RecordRow } from '../../engine/store/records.ts';
import { onlySqlite, phonesOf } from '../dialect.ts';
import { part, sql } from '../statement.ts';

export type StoredRecord = Omit<RecordRow, 'contact' | 'finishedWhy'> &
  Omit<ContactRow, 'id'> & {
    readonly contact: number;
  };

const COLUMNS = part`
  r.id, p.name AS campaign, r.state, r.due_at AS "dueAt", r.priority, r.attempts, r.uncounted,
    r.last_result AS "lastResult", r.last_disposition AS "lastDisposition", r.last_agent AS "lastAgent",
    r.last_attempt_at AS "lastAttemptAt", r.why, r.contact, c.name, c.fields AS "fields{}",
    ${phonesOf('c.id')} AS "phones{}"`;
const PEOPLE = `JOIN campaigns p ON p.id = r.campaign JOIN contacts c ON c.id = r.contact`;

export const RECORD_ROW = part`SELECT ${COLUMNS} FROM records r ${PEOPLE}`;
/** The same of chosen records, with what a condition may ask besides; SQLite goes by their ids and no other index. */
export const CHOSEN_RECORD = part`
  SELECT ${COLUMNS}, c.answers AS "answers{}" FROM records r ${onlySqlite('NOT INDEXED')} ${PEOPLE}`;
export const ONE_RECORD = sql<StoredRecord>`${RECORD_ROW} WHERE r.id = :record`;

export function recordRow({ contact: id, name, fields, phones, ...row }: StoredRecord): RecordRow {
  const isOver = row.state === 'finished' || row.state === 'removed';
  return { ...row, contact: { id, name, fields, phones }, finishedWhy: isOver ? row.why : null };
}
