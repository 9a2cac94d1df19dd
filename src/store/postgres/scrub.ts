// What deleted rows leave behind in the tables: cleared away, and looked for. What stands in the server's write-ahead log,
// in its archive and in backups is its administrator's.

import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import type { BulkDb } from './lanes.ts';

/** Where something of a person may stand. */
const TABLES = [
  ...['contacts', 'phones', 'list_contacts', 'staged_merges', 'contact_events', 'contact_keys', 'records', 'attempts'],
  ...[
    'callbacks',
    'callback_steps',
    'inbound_calls',
    'do_not_call_numbers',
    'validations',
    'recordings',
    'audit_values',
  ],
] as const;

const CLEAR: readonly Statement<never>[] = TABLES.map((table) => ({ text: `VACUUM ${table}` }));
const REWRITE: readonly Statement<never>[] = TABLES.map((table) => ({ text: `VACUUM (FULL) ${table}` }));
const COUNTS = TABLES.map((table) =>
  sql<{ count: number }>(`
    SELECT count(*) AS count FROM ${table} t
    WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS needle WHERE strpos(t::text, needle) > 0)`),
);

/** Frees the room of deleted rows; with `rewrite` the tables are written anew, which holds every other change up. */
export async function scrubTables(db: BulkDb, { rewrite }: { readonly rewrite: boolean }): Promise<boolean> {
  for (const statement of rewrite ? REWRITE : CLEAR) await db.run(statement);
  return true;
}

/** How many rows hold one of the texts; numbers are also looked for without their plus sign. */
export async function countTraces(db: Db, needles: readonly string[]): Promise<number> {
  const all = needles
    .map((needle) => (/^\+\d+$/.test(needle) ? needle.slice(1) : needle))
    .filter((needle) => needle !== '');
  let traces = 0;
  for (const statement of all.length === 0 ? [] : COUNTS) traces += (await db.first(statement, [all]))?.count ?? 0;
  return traces;
}
