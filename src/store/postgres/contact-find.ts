// Finds contacts that may hold a text: by the indexes (of three characters in a row, without accents) when it has as many,
// else all of them, page by page. Whether they really hold it is told in contact-text.ts.

import type { ContactDetails, ContactSearch } from '../../engine/store-contacts.ts';
import type { ContactRow } from '../../engine/store-lists.ts';
import { holdsText, searchNeedle } from '../contact-text.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { phonesOf } from './record-facts.ts';

/** So many are looked at for one search. */
const MOST_CANDIDATES = 20_000;

const CONTACT = `c.id, c.name, c.fields, ${phonesOf('c.id')} AS phones FROM contacts c
  JOIN imports i ON i.id = c.import AND i.state = 'finished'`;
const ALL = sql<ContactRow>(`SELECT ${CONTACT} WHERE c.id > $1 ORDER BY c.id LIMIT $2`);
const BY_INDEX = sql<ContactRow>(`
  SELECT ${CONTACT} WHERE c.id > $1 AND c.id IN (
    SELECT id FROM contacts WHERE outdial_folded(name || E'\\n' || fields::text) LIKE $3
    UNION SELECT contact FROM phones WHERE number LIKE $3)
  ORDER BY c.id LIMIT $2`);
const ONE = sql<ContactRow>(`SELECT ${CONTACT} WHERE c.id = $1`);
const LISTS = sql<{ name: string }>(`
  SELECT l.name FROM list_contacts m JOIN lists l ON l.id = m.list AND l.removed_at IS NULL
  JOIN imports i ON i.id = m.import AND i.state = 'finished' WHERE m.contact = $1 ORDER BY l.name`);
const RECORDS = sql<ContactDetails['records'][number]>(`
  SELECT r.id, p.name AS campaign, r.state FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.contact = $1 ORDER BY r.id`);

/** Whether the indexes can tell who may hold the text. */
export function isIndexed(text: string): boolean {
  return Array.from(searchNeedle(text)).length >= 3;
}

/** Contacts that may hold the text, in their order. */
export async function* candidates(db: Db, text: string): AsyncGenerator<ContactRow, void, undefined> {
  // No text of ours has one.
  if (text.includes('\0')) return;
  // Quotes, backslashes and what cannot be seen stand escaped in JSON: for them every contact is looked at.
  const byIndex = isIndexed(text) && !/["\\\p{Cc}]/u.test(text);
  const pattern = `%${searchNeedle(text).replace(/[\\%_]/g, String.raw`\$&`)}%`;
  let seen = 0;
  for (let after = 0, page = 100; seen < MOST_CANDIDATES; page = 1000) {
    const rows = byIndex ? await db.all(BY_INDEX, [after, page, pattern]) : await db.all(ALL, [after, page]);
    yield* rows;
    seen += rows.length;
    if (rows.length < page) return;
    after = rows.at(-1)?.id ?? 0;
  }
}

/** The first contacts that hold the text where the search wants it. */
export async function findContacts(db: Db, search: ContactSearch): Promise<readonly ContactRow[]> {
  const found: ContactRow[] = [];
  for await (const contact of candidates(db, search.text)) {
    if (holdsText(contact, search)) found.push(contact);
    if (found.length === search.limit) break;
  }
  return found;
}

export async function contactDetails(db: Db, contact: number): Promise<ContactDetails | undefined> {
  const one = await db.first(ONE, [contact]);
  if (!one) return undefined;
  const lists = (await db.all(LISTS, [contact])).map(({ name }) => name);
  return { ...one, lists, records: await db.all(RECORDS, [contact]) };
}
