// The directory of people: reading contacts, and finding them by name, field or number. Contacts of an import that has
// not finished are not there. The indexes (of three characters in a row, without accents) show who may hold a text;
// contact-text.ts shows who does.

import type { ContactDetails, ContactSearch } from '../../engine/store/contacts.ts';
import type { ContactRow } from '../../engine/store/lists.ts';
import { holdsText, searchNeedle, trigramsOf } from '../contact-text.ts';
import { phonesOf } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, first, pause } from '../work.ts';
import type { Work } from '../work.ts';

/** So many are looked at for one search. */
export const MOST_CANDIDATES = 20_000;

const CONTACT = part`c.id, c.name, c.fields AS "fields{}", ${phonesOf('c.id')} AS "phones{}"`;
const FINISHED = `JOIN imports i ON i.id = c.import AND i.state = 'finished'`;
const ALL = part`
  SELECT ${CONTACT} FROM contacts c ${FINISHED} WHERE c.id > :after ORDER BY c.id LIMIT :limit`;
const BY_INDEX = part`SELECT ${CONTACT} ${{
  sqlite: `FROM contact_search s JOIN contacts c ON c.id = s.rowid ${FINISHED}
    WHERE s.contact_search MATCH :match AND s.rowid > :after ORDER BY s.rowid LIMIT :limit`,
  postgres: `FROM contacts c ${FINISHED} WHERE c.id > :after AND c.id IN (
      SELECT id FROM contacts WHERE outdial_folded(name || E'\\n' || fields::text) LIKE :pattern
      UNION SELECT contact FROM phones WHERE number LIKE :pattern)
    ORDER BY c.id LIMIT :limit`,
}}`;

const EVERYBODY = sql<ContactRow>`${ALL}`;
const LIKELY = sql<ContactRow>`${BY_INDEX}`;
/** Quotes, backslashes and what cannot be seen stand escaped in PostgreSQL's index: every contact is looked at there. */
const LIKELY_WITH_SIGNS = sql<ContactRow>`${{ sqlite: BY_INDEX.sqlite, postgres: ALL.postgres }}`;

/** Whether the indexes can show who may hold the text. */
export function isIndexed(text: string): boolean {
  return trigramsOf(searchNeedle(text)).length > 0;
}

/** Contacts that may hold the text, in their order, page by page until `take` has enough (false). */
export function* candidates(text: string, take: (page: readonly ContactRow[]) => Work<boolean>): Work<void> {
  // No text of ours has one.
  if (text.includes('\0')) return;
  const needle = searchNeedle(text);
  const match = trigramsOf(needle)
    .map((trigram) => `"${trigram.replaceAll('"', '""')}"`)
    .join(' AND ');
  const pattern = `%${needle.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const likely = /["\\\p{Cc}]/u.test(text) ? LIKELY_WITH_SIGNS : LIKELY;
  const statement = isIndexed(text) ? likely : EVERYBODY;
  let seen = 0;
  for (let after = 0, limit = 100; seen < MOST_CANDIDATES; limit = 1000) {
    const page = yield* all(statement, { match, pattern, after, limit });
    if (!(yield* take(page))) return;
    seen += page.length;
    if (page.length < limit) return;
    after = page.at(-1)?.id ?? 0;
    yield* pause();
  }
}

/** The first contacts that hold the text where the search wants it. */
export function* findContacts(search: ContactSearch): Work<readonly ContactRow[]> {
  const found: ContactRow[] = [];
  // eslint-disable-next-line require-yield -- asks nothing of the database.
  yield* candidates(search.text, function* (page) {
    found.push(...page.filter((contact) => holdsText(contact, search)));
    return found.length < search.limit;
  });
  return found.slice(0, search.limit);
}

const ONE = sql<ContactRow>`SELECT ${CONTACT} FROM contacts c ${FINISHED} WHERE c.id = :contact`;
const LISTS = sql<{ name: string }>`
  SELECT l.name FROM list_contacts m JOIN lists l ON l.id = m.list AND l.removed_at IS NULL
  JOIN imports i ON i.id = m.import AND i.state = 'finished' WHERE m.contact = :contact ORDER BY l.name`;
const RECORDS = sql<ContactDetails['records'][number]>`
  SELECT r.id, p.name AS campaign, r.state FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.contact = :contact ORDER BY r.id`;

export function* contactDetails(contact: number): Work<ContactDetails | undefined> {
  const one = yield* first(ONE, { contact });
  if (!one) return undefined;
  const lists = (yield* all(LISTS, { contact })).map(({ name }) => name);
  return { ...one, lists, records: yield* all(RECORDS, { contact }) };
}

const OF_LIST = sql<ContactRow>`
  SELECT ${CONTACT} FROM list_contacts l JOIN imports i ON i.id = l.import AND i.state = 'finished'
  JOIN contacts c ON c.id = l.contact WHERE l.list = :list ORDER BY l.contact LIMIT :limit`;

/** The first contacts of a list, in the order of their import. */
export function contactsOfList(list: number, limit: number): Work<readonly ContactRow[]> {
  return all(OF_LIST, { list, limit });
}
