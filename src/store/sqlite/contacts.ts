// The directory of people: reading contacts, and finding them by name, field or number. Contacts of an import that has
// not finished are not there.

import type { ContactDetails, ContactSearch } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store-lists.ts';
import { holdsText, searchNeedle, trigramsOf } from '../contact-text.ts';
import type { Connection } from './database.ts';
import { parseObject, recordSource } from './record-facts.ts';

interface StoredContact {
  readonly id: number;
  readonly name: string;
  readonly fields: string;
}

export interface ContactQueries {
  one(id: number): ContactRow | undefined;
  details(id: number): ContactDetails | undefined;
  /** First contacts of a list, in the order of their import. */
  ofList(list: number, limit: number): readonly ContactRow[];
  find(search: ContactSearch): readonly ContactRow[];
}

/** The index gives candidates; so many are looked at for one search. */
const MOST_CANDIDATES = 20_000;
const VISIBLE = `FROM contacts c JOIN imports i ON i.id = c.import AND i.state = 'finished'`;

export function contactQueries(db: Connection): ContactQueries {
  const source = recordSource(db);
  const complete = ({ id, name, fields }: StoredContact): ContactRow => {
    return { id, name, fields: parseObject<unknown>(fields), phones: source.phones(id) };
  };
  const one = db.prepare<[number], StoredContact>(`SELECT c.id, c.name, c.fields ${VISIBLE} WHERE c.id = ?`);
  const ofList = db.prepare<[number, number], StoredContact>(`
    SELECT c.id, c.name, c.fields FROM list_contacts l JOIN imports i ON i.id = l.import AND i.state = 'finished'
    JOIN contacts c ON c.id = l.contact WHERE l.list = ? ORDER BY l.contact LIMIT ?`);
  const lists = db
    .prepare<[number], string>(
      `SELECT l.name FROM list_contacts m JOIN lists l ON l.id = m.list AND l.removed_at IS NULL
       JOIN imports i ON i.id = m.import AND i.state = 'finished' WHERE m.contact = ? ORDER BY l.name`,
    )
    .pluck();
  const records = db.prepare<[number], ContactDetails['records'][number]>(`
    SELECT r.id, p.name AS campaign, r.state FROM records r JOIN campaigns p ON p.id = r.campaign
    WHERE r.contact = ? ORDER BY r.id`);
  const candidates = candidateSearch(db);
  return {
    one(id) {
      const row = one.get(id);
      return row && complete(row);
    },
    details(id) {
      const row = one.get(id);
      return row && { ...complete(row), lists: lists.all(id), records: records.all(id) };
    },
    ofList: (list, limit) => ofList.all(list, limit).map(complete),
    find(search) {
      const found: ContactRow[] = [];
      for (const candidate of candidates(search.text)) {
        const contact = complete(candidate);
        if (holdsText(contact, search)) found.push(contact);
        if (found.length === search.limit) break;
      }
      return found;
    },
  };
}

/** Contacts that may hold the text: by the index when it has three characters, else all, page by page. */
export function candidateSearch(db: Connection): (text: string) => Generator<StoredContact> {
  const byIndex = db.prepare<[string, number, number], StoredContact>(`
    SELECT c.id, c.name, c.fields FROM contact_search s JOIN contacts c ON c.id = s.rowid
    JOIN imports i ON i.id = c.import AND i.state = 'finished'
    WHERE s.contact_search MATCH ? AND s.rowid > ? ORDER BY s.rowid LIMIT ?`);
  const all = db.prepare<[number, number], StoredContact>(
    `SELECT c.id, c.name, c.fields ${VISIBLE} WHERE c.id > ? ORDER BY c.id LIMIT ?`,
  );
  return function* (text) {
    // No text of ours has one, and SQL's texts end there.
    if (text.includes('\0')) return;
    const trigrams = trigramsOf(searchNeedle(text));
    const match = trigrams.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
    let seen = 0;
    for (let after = 0, page = 100; seen < MOST_CANDIDATES; page = 1000) {
      const rows = match === '' ? all.all(after, page) : byIndex.all(match, after, page);
      yield* rows;
      seen += rows.length;
      if (rows.length < page) return;
      after = rows.at(-1)?.id ?? 0;
    }
  };
}
