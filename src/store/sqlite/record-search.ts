// Records by what their contact holds and by how they stand. A text is looked up in the index of the directory; without
// one, or with less than three characters, the records are gone through in their order.

import type { RecordQuery, RecordRow, RecordStore } from '../../engine/store-records.ts';
import { holdsText, searchNeedle, trigramsOf } from '../contact-text.ts';
import type { Connection } from './database.ts';
import { candidateSearch } from './contacts.ts';
import type { Handlers } from './requests.ts';

/** Makes a row that is shown of one that is stored. */
export type ShowRow<Stored> = (row: Stored) => RecordRow;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Exclude<keyof RecordQuery, 'limit' | 'text' | 'after'>, string>> = {
  campaign: 'p.name = :campaign',
  state: 'r.state = :state',
  result: 'r.last_result = :result',
  disposition: 'r.last_disposition = :disposition',
  agent: 'r.last_agent = :agent',
};
const PAGE = 500;

/** `columns` selects stored rows from records r, campaigns p and contacts c. */
export function recordSearch<Stored extends object>(
  db: Connection,
  columns: string,
  show: ShowRow<Stored>,
): Handlers<RecordStore>['find'] {
  const candidates = candidateSearch(db);
  return (query) => {
    const { text, limit, ...asked } = query;
    const parts = Object.entries(CONDITIONS).filter(([part]) => query[part as keyof RecordQuery] !== undefined);
    const where = ['TRUE', ...parts.map(([, condition]) => condition)].join(' AND ');
    if (trigramsOf(searchNeedle(text)).length > 0) {
      const ofContact = db.prepare<Record<string, unknown>, Stored>(
        `SELECT ${columns} WHERE r.contact = :contact AND ${where} ORDER BY r.id`,
      );
      const of = (contact: number): readonly RecordRow[] => ofContact.all({ ...asked, contact }).map(show);
      return firstOf(candidates(text), (candidate) => of(candidate.id).filter(holds(text)), limit);
    }
    const page = db.prepare<Record<string, unknown>, Stored>(
      `SELECT ${columns} WHERE r.id > :after AND ${where} ORDER BY r.id LIMIT ${PAGE}`,
    );
    const rows = pages(query.after ?? 0, (after) => page.all({ ...asked, after }).map(show));
    return firstOf(rows, (row) => [row].filter(holds(text)), limit);
  };
}

function holds(text: string): (row: RecordRow) => boolean {
  return ({ contact }) => text.trim() === '' || holdsText(contact, { text });
}

function* pages(start: number, read: (after: number) => readonly RecordRow[]): Generator<RecordRow> {
  for (let rows = read(start); rows.length > 0; rows = read(rows.at(-1)?.id ?? 0)) yield* rows;
}

function firstOf<One>(all: Iterable<One>, rowsOf: (one: One) => readonly RecordRow[], limit: number): RecordRow[] {
  const found: RecordRow[] = [];
  for (const one of all) {
    found.push(...rowsOf(one));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}
