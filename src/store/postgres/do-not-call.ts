// The numbers that are not dialed, by list: who put them there, when and why. Lists are made of parts (one for the numbers
// added by themselves, one for each import), so that millions of numbers begin and cease to count in one moment.

import type {
  DoNotCallEntry,
  DoNotCallList,
  DoNotCallPlace,
  DoNotCallStore,
  NewDoNotCall,
} from '../../engine/store/do-not-call.ts';
import { digitsOf } from '../do-not-call-digits.ts';
import { sql } from './database.ts';
import { LIST_SUMMARY, doNotCallListId } from './do-not-call-lists.ts';
import { abandonImport, finishImport, importBatch, purgeGone } from './do-not-call-import.ts';
import { forgottenNumbers } from './forgotten.ts';
import type { BulkDb, Lanes } from './lanes.ts';

/** Numbers of one transaction. */
const STEP = 5000;

const ALL = sql<DoNotCallList>(`${LIST_SUMMARY} GROUP BY l.id ORDER BY l.name`);
const OWN_PART = sql<{ id: number }>(
  `SELECT id FROM do_not_call_parts WHERE list = $1 AND import IS NULL AND state = 'live'`,
);
const MAKE_PART = sql<{ id: number }>(`INSERT INTO do_not_call_parts (list, state) VALUES ($1, 'live') RETURNING id`);
/** Numbers that a live part of the list has already are left out. */
const ADD = sql(`
  INSERT INTO do_not_call_numbers (part, number, added_at, by, reason)
  SELECT $2, number, $4, $5, $6 FROM (SELECT DISTINCT unnest($3::bigint[]) AS number) n
  WHERE NOT EXISTS (SELECT 1 FROM do_not_call_parts p JOIN do_not_call_numbers d ON d.part = p.id AND d.number = n.number
    WHERE p.list = $1 AND p.state = 'live')
  ON CONFLICT DO NOTHING`);
const COUNT = sql('UPDATE do_not_call_parts SET numbers = numbers + $2 WHERE id = $1');
const REMOVE = sql<{ part: number }>(`
  DELETE FROM do_not_call_numbers d USING do_not_call_parts p, do_not_call_lists l
  WHERE d.part = p.id AND p.list = l.id AND l.name = $1 AND p.state = 'live' AND d.number = $2 RETURNING d.part`);
const CHECK = sql<Omit<DoNotCallEntry, 'number'>>(`
  SELECT DISTINCT ON (l.name) l.name AS list, coalesce(d.added_at, p.imported_at) AS "addedAt",
    coalesce(d.by, p.by) AS by, coalesce(d.reason, p.source) AS reason
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
  JOIN do_not_call_numbers d ON d.part = p.id AND d.number = ANY ($1::bigint[])
  WHERE p.state = 'live' ORDER BY l.name, 2, p.id`);
const PAGE = sql<DoNotCallPlace>(`
  SELECT n.part, '+' || n.number AS number, l.name AS list
  FROM do_not_call_numbers n JOIN do_not_call_parts p ON p.id = n.part AND p.state = 'live'
  JOIN do_not_call_lists l ON l.id = p.list
  WHERE (n.part, n.number) > ($1, $2) ORDER BY n.part, n.number LIMIT $3`);
const HIDE = sql(`
  UPDATE do_not_call_parts SET state = 'gone', import = NULL
  WHERE list = (SELECT id FROM do_not_call_lists WHERE name = $1)`);

export function doNotCallStore({ read, write, bulk }: Lanes): DoNotCallStore {
  return {
    add: (numbers, entry) => bulk.do((db) => addNumbers(db, numbers, entry)),
    remove: (number, list) =>
      write.do(async (db) => {
        const parts = await db.all(REMOVE, [list, digitsOf(number)]);
        for (const { part } of parts) await db.run(COUNT, [part, -1]);
        return parts.length > 0;
      }),
    check: async (number) => {
      const hidden = (await forgottenNumbers(read))?.digitsOf(number);
      const digits = [digitsOf(number), ...(hidden === undefined ? [] : [hidden])];
      return (await read.all(CHECK, [digits])).map((entry) => ({ number, ...entry }));
    },
    lists: () => read.all(ALL),
    page: (after, limit) => read.all(PAGE, [after?.part ?? 0, after === null ? 0 : digitsOf(after.number), limit]),
    removeList: (list) =>
      bulk.do(async (db) => {
        if ((await db.run(HIDE, [list])) === 0) return false;
        await purgeGone(db);
        return true;
      }),
    importBatch: (batch) => bulk.do((db) => importBatch(db, batch)),
    finishImport: (importId, at) => bulk.do((db) => finishImport(db, importId, at)),
    abandonImport: (importId) => bulk.do((db) => abandonImport(db, importId)),
  };
}

async function addNumbers(db: BulkDb, numbers: readonly string[], entry: NewDoNotCall): Promise<number> {
  const { list, by, at, reason } = entry;
  let added = 0;
  for (let from = 0; from < numbers.length || from === 0; from += STEP) {
    const digits = numbers.slice(from, from + STEP).map(digitsOf);
    added += await db.transaction(async (inside) => {
      const id = await doNotCallListId(inside, list);
      const part = ((await inside.first(OWN_PART, [id])) ?? (await inside.first(MAKE_PART, [id])))?.id ?? 0;
      const count = await inside.run(ADD, [id, part, digits, at, by, reason]);
      await inside.run(COUNT, [part, count]);
      return count;
    });
  }
  return added;
}
