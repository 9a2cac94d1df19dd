// The search index over the directory, which SQLite keeps in a table of its own: whoever changes a contact takes it out
// before the change and puts it in again after it, so that the index always knows the text it has to take out. PostgreSQL
// keeps its indexes by itself.

import { onlySqlite } from '../dialect.ts';
import { sql } from '../statement.ts';
import { run } from '../work.ts';
import type { Work } from '../work.ts';

const ADD = sql`${onlySqlite(`
  INSERT INTO contact_search (rowid, text) SELECT id, text FROM contact_texts WHERE id = :contact`)}`;
const REMOVE = sql`${onlySqlite(`
  INSERT INTO contact_search (contact_search, rowid, text)
  SELECT 'delete', id, text FROM contact_texts WHERE id = :contact`)}`;

export function addToIndex(contact: number): Work<void> {
  return run(ADD, { contact });
}

/** Takes the contact out by its text as it stands. */
export function removeFromIndex(contact: number): Work<void> {
  return run(REMOVE, { contact });
}
