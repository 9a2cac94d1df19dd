// A record as it is shown: its own row with its contact.

import type { ContactRow } from '../../engine/store-lists.ts';
import type { RecordRow } from '../../engine/store-records.ts';
import { phonesOf } from './record-facts.ts';

export interface StoredRecord extends Omit<RecordRow, 'contact' | 'finishedWhy'> {
  readonly contact: ContactRow;
}

/** The columns with their tables: records r, campaigns p, contacts c. */
export const RECORD_COLUMNS = `r.id, p.name AS campaign, r.state, r.due_at AS "dueAt", r.attempts, r.uncounted,
  r.last_result AS "lastResult", r.last_disposition AS "lastDisposition", r.last_agent AS "lastAgent",
  r.last_attempt_at AS "lastAttemptAt", r.why,
  json_build_object('id', c.id, 'name', c.name, 'fields', c.fields, 'phones', ${phonesOf('c.id')}) AS contact
  FROM records r JOIN campaigns p ON p.id = r.campaign JOIN contacts c ON c.id = r.contact`;

export function recordRow({ why, ...row }: StoredRecord): RecordRow {
  return { ...row, why, finishedWhy: row.state === 'finished' || row.state === 'removed' ? why : null };
}
