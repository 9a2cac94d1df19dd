// The do-not-call lists by name.

import type { DoNotCallList } from '../../engine/store/do-not-call.ts';
import { part, sql } from '../statement.ts';
import { first, foundOrMade } from '../work.ts';
import type { Work } from '../work.ts';

const SUMMARY = part`
  SELECT l.name, CAST(sum(p.numbers) AS bigint) AS numbers, max(p.imported_at) AS "importedAt",
    coalesce((SELECT source FROM do_not_call_parts WHERE list = l.id AND state = 'live' AND import IS NOT NULL
      ORDER BY imported_at DESC, id DESC LIMIT 1), '') AS source
  FROM do_not_call_lists l JOIN do_not_call_parts p ON p.list = l.id AND p.state = 'live'`;
export const LISTS = sql<DoNotCallList>`${SUMMARY} GROUP BY l.id ORDER BY l.name`;
const LIST = sql<DoNotCallList>`${SUMMARY} WHERE l.name = :list GROUP BY l.id`;
const FIND_LIST = sql<{ id: number }>`SELECT id FROM do_not_call_lists WHERE name = :list`;
const MAKE_LIST = sql<{ id: number }>`INSERT INTO do_not_call_lists (name) VALUES (:list) RETURNING id`;
export function doNotCallList(list: string): Work<DoNotCallList | undefined> {
  return first(LIST, { list });
}

/** The list's id; made when there is none of that name. */
export function doNotCallListId(list: string): Work<number> {
  return foundOrMade(FIND_LIST, MAKE_LIST, { list });
}
