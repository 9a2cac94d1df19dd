// The names of the fields that each list has, kept with its imports: noted as rows come, never looked for among contacts.

import type { FieldNames, NewContact } from '../../engine/store/lists.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const NOTE = sql('INSERT INTO import_fields (import, field) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING');
const OF_CONTACTS = 'SELECT DISTINCT import FROM list_contacts WHERE contact = ANY ($2::bigint[])';
const INHERIT = sql(`
  INSERT INTO import_fields (import, field)
  SELECT DISTINCT $1::bigint, field FROM import_fields WHERE import IN (${OF_CONTACTS}) ON CONFLICT DO NOTHING`);
const INHERIT_FROM_LIST = sql(`
  INSERT INTO import_fields (import, field)
  SELECT DISTINCT $1::bigint, field FROM import_fields WHERE import IN (
    SELECT DISTINCT o.import FROM list_contacts m JOIN list_contacts o ON o.contact = m.contact WHERE m.list = $2)
  ON CONFLICT DO NOTHING`);
const PASS_ON = sql(`
  INSERT INTO import_fields (import, field)
  SELECT m.import, f.field FROM (${OF_CONTACTS}) m JOIN import_fields f ON f.import = $1 ON CONFLICT DO NOTHING`);
const BY_LIST = sql<FieldNames>(`
  SELECT l.name AS list, array_agg(DISTINCT f.field ORDER BY f.field) AS fields
  FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished' JOIN import_fields f ON f.import = i.id
  WHERE l.removed_at IS NULL GROUP BY l.id ORDER BY l.name`);

/** The import brings the fields of these contacts, and those that are named besides. */
export async function noteFields(
  db: Db,
  run: number,
  {
    contacts,
    named = [],
  }: { readonly contacts: readonly NewContact[]; readonly named?: readonly string[] | undefined },
): Promise<void> {
  const names = new Set([...named, ...contacts.flatMap(({ fields }) => Object.keys(fields))]);
  if (names.size > 0) await db.run(NOTE, [run, [...names]]);
}

/** The import puts contacts on its list that were there before: what their lists have, it has too. */
export async function inheritFields(db: Db, run: number, contacts: readonly number[]): Promise<void> {
  if (contacts.length > 0) await db.run(INHERIT, [run, contacts]);
}

/** The same for everybody on a list. */
export async function inheritFromMembers(db: Db, run: number, list: number): Promise<void> {
  await db.run(INHERIT_FROM_LIST, [run, list]);
}

/** The import changes contacts that were there before: what it has, their lists have too. */
export async function passOnFields(db: Db, run: number, contacts: readonly number[]): Promise<void> {
  await db.run(PASS_ON, [run, contacts]);
}

/** Of every list with a finished import. */
export function fieldsByList(db: Db): Promise<readonly FieldNames[]> {
  return db.all(BY_LIST);
}
