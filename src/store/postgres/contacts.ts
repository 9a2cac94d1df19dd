// The directory of people: reading contacts, and finding them by name, field or number. Contacts of an import that has
// not finished are not there.

import type { ContactRow } from '../../engine/store.ts';
import type { Phone } from '../../terms.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { phonesOf } from './record-facts.ts';

const CONTACT = `c.id, c.name, c.fields, ${phonesOf('c.id')} AS phones`;
const OF_LIST = sql<ContactRow>(`
  SELECT ${CONTACT} FROM list_contacts l JOIN imports i ON i.id = l.import AND i.state = 'finished'
  JOIN contacts c ON c.id = l.contact WHERE l.list = $1 ORDER BY l.contact LIMIT $2`);
const BY_NUMBER = sql<ContactRow>(`
  SELECT ${CONTACT} FROM contacts c JOIN imports i ON i.id = c.import AND i.state = 'finished'
  WHERE c.id IN (SELECT contact FROM phones WHERE number = $1) ORDER BY c.id LIMIT $2`);
/** Those that the indexes (of three characters in a row) find, looked at again for what is meant. */
const BY_TEXT = sql<ContactRow>(`
  SELECT ${CONTACT} FROM contacts c JOIN imports i ON i.id = c.import AND i.state = 'finished'
  WHERE c.id IN (SELECT id FROM contacts WHERE (name || ' ' || fields::text) ILIKE $4
    UNION SELECT contact FROM phones WHERE $2 <> '' AND number LIKE '%' || $2 || '%')
    AND ${fitsText('c', '$1', '$2')} ORDER BY c.id LIMIT $3`);

/** Whether a contact's name or any of its fields is like `part`, or one of its numbers has `digits`. */
export function fitsText(contact: string, part: string, digits: string): string {
  return `(${contact}.name ILIKE ${part}
    OR EXISTS (SELECT 1 FROM jsonb_each_text(${contact}.fields) f WHERE f.value ILIKE ${part})
    OR (${digits} <> '' AND EXISTS (
      SELECT 1 FROM phones n WHERE n.contact = ${contact}.id AND strpos(n.number, ${digits}) > 0)))`;
}

/** The first contacts of a list, in the order of their import. */
export function contactsOfList(db: Db, list: number, limit: number): Promise<readonly ContactRow[]> {
  return db.all(OF_LIST, [list, limit]);
}

/** Contacts with exactly that number, else by name, field or part of a number. */
export async function findContacts(db: Db, text: string, limit: number): Promise<readonly ContactRow[]> {
  const exact = await db.all(BY_NUMBER, [text.trim(), limit]);
  if (exact.length > 0) return exact;
  const { part, digits } = searchTerms(text);
  // Quotes and backslashes stand in JSON with a backslash: for them every text is looked at.
  const anywhere = /["\\]/.test(text) ? '%' : part;
  return db.all(BY_TEXT, [part, digits, limit, anywhere]);
}

/** A text as LIKE pattern, and its digits when it looks like part of a telephone number. */
export function searchTerms(text: string): { readonly part: string; readonly digits: string } {
  const plain = text.trim();
  const part = `%${plain.replace(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = /^[+()\d\s./-]{3,}$/.test(plain) ? plain.replace(/\D/g, '') : '';
  return { part, digits };
}

const NUMBERS = sql<{ number: string }>('SELECT number FROM phones WHERE contact = $1 ORDER BY position');
const ADD_PHONE = sql(`
  INSERT INTO phones (contact, position, number, type)
  SELECT $1, coalesce(max(position) + 1, 0), $2, $3 FROM phones WHERE contact = $1`);

/** The place of a number among a contact's phones; one that is not there becomes the last. */
export async function phonePlace(db: Db, contact: number, { number, type }: Phone): Promise<number> {
  const known = await db.all(NUMBERS, [contact]);
  const place = known.findIndex((phone) => phone.number === number);
  if (place >= 0) return place;
  await db.run(ADD_PHONE, [contact, number, type]);
  return known.length;
}
