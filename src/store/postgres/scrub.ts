// What deleted rows leave behind in the tables: cleared away, and looked for. What stands in the server's write-ahead log,
// in its archive and in backups is its administrator's.

import { formsOf } from '../../records/personal-values.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import type { BulkDb } from './lanes.ts';

/** Where something of a person stood until it was deleted or changed. */
const TABLES = [
  ...['contacts', 'phones', 'list_contacts', 'staged_merges', 'contact_events', 'contact_keys', 'records', 'attempts'],
  ...['callbacks', 'callback_steps', 'inbound_calls', 'do_not_call_numbers', 'validations', 'recordings', 'notes'],
  ...['forms', 'script_runs', 'script_answers'],
  ...['call_parts', 'third_party_calls'],
  ...['audit_values', 'campaign_steps', 'outbound_turns', 'emergencies', 'session_states'],
] as const;

/** What the planner knows of the tables: samples of their values, which are taken again here. Left out without the right. */
const STATISTICS = 'pg_catalog.pg_statistic';
const CLEAR: readonly Statement<never>[] = [
  ...TABLES.map((table) => ({ text: `VACUUM (ANALYZE) ${table}` })),
  { text: `VACUUM ${STATISTICS}` },
];
const REWRITE: readonly Statement<never>[] = [
  ...TABLES.map((table) => ({ text: `VACUUM (FULL, ANALYZE) ${table}` })),
  { text: `VACUUM (FULL) ${STATISTICS}` },
];
const EVERY_TABLE = sql<{ name: string }>(`
  SELECT quote_ident(table_name) AS name FROM information_schema.tables
  WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`);

const HOLDS = 'EXISTS (SELECT 1 FROM unnest($1::text[]) AS needle WHERE strpos';

/**
 * Frees the room of deleted rows, whose bytes lie there until it is used again; with `rewrite` the tables are written to
 * new files without them, which holds every other change up.
 */
export async function scrubTables(db: BulkDb, { rewrite }: { readonly rewrite: boolean }): Promise<boolean> {
  for (const statement of rewrite ? REWRITE : CLEAR) await db.run(statement);
  return true;
}

/** How many rows of all tables hold one of the texts. */
export async function countTraces(db: Db, needles: readonly string[]): Promise<number> {
  const forms = needles.flatMap(formsOf);
  if (forms.length === 0) return 0;
  let traces = 0;
  for (const { name } of await db.all(EVERY_TABLE)) {
    const count: Statement<{ count: number }> = {
      text: `SELECT count(*) AS count FROM ${name} t WHERE ${HOLDS}(t::text, needle) > 0)`,
    };
    traces += (await db.first(count, [forms]))?.count ?? 0;
  }
  return traces;
}
