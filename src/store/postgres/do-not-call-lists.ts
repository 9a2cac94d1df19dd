// The do-not-call lists by name.

import type { DoNotCallList } from '../../engine/store/do-not-call.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** Lists l with their live parts p; to be grouped by list. */
export const LIST_SUMMARY = `
  SELECT l.name, sum(p.numbers)::bigint AS numbers, max(p.imported_at) AS "importedAt",
    coalesce((SELECT source FROM do_not_call_parts WHERE list = l.id AND state = 'live' AND import IS NOT NULL
      ORDER BY imported_at DESC, id DESC LIMIT 1), '') AS source
  FROM do_not_call_lists l JOIN do_not_call_parts p ON p.list = l.id AND p.state = 'live'`;
const ONE = sql<DoNotCallList>(`${LIST_SUMMARY} WHERE l.name = $1 GROUP BY l.id`);
const FIND_LIST = sql<{ id: number }>('SELECT id FROM do_not_call_lists WHERE name = $1');
const MAKE_LIST = sql<{ id: number }>('INSERT INTO do_not_call_lists (name) VALUES ($1) RETURNING id');

/** The list's id; made when there is none of that name. */
export async function doNotCallListId(db: Db, name: string): Promise<number> {
  return ((await db.first(FIND_LIST, [name])) ?? (await db.first(MAKE_LIST, [name])))?.id ?? 0;
}

export function doNotCallList(db: Db, name: string): Promise<DoNotCallList | undefined> {
  return db.first(ONE, [name]);
}
