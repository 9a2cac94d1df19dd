// The contacts of a list, and the place of a number among a contact's phones. Contacts of an import that has not finished
// are not there.

import type { ContactRow } from '../../engine/store-lists.ts';
import type { Phone } from '../../terms.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { phonesOf } from './record-facts.ts';

const OF_LIST = sql<ContactRow>(`
  SELECT c.id, c.name, c.fields, ${phonesOf('c.id')} AS phones
  FROM list_contacts l JOIN imports i ON i.id = l.import AND i.state = 'finished'
  JOIN contacts c ON c.id = l.contact WHERE l.list = $1 ORDER BY l.contact LIMIT $2`);

/** The first contacts of a list, in the order of their import. */
export function contactsOfList(db: Db, list: number, limit: number): Promise<readonly ContactRow[]> {
  return db.all(OF_LIST, [list, limit]);
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
