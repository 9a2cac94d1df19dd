// The contacts of a list. Contacts of an import that has not finished are not there.

import type { ContactRow } from '../../engine/store-lists.ts';
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
