// The names of the fields that each list has, kept with its imports: noted as rows come, never looked for among contacts.

import type { FieldNames, NewContact } from '../../engine/store/lists.ts';
import { sql } from '../statement.ts';
import { all, run } from '../work.ts';
import type { Work } from '../work.ts';
import { textsOf } from '../dialect.ts';

const NOTE = sql`
  INSERT INTO import_fields (import, field) SELECT :run::bigint, n.text FROM ${textsOf('names')} n WHERE TRUE
  ON CONFLICT DO NOTHING`;
const INHERIT = sql`
  INSERT INTO import_fields (import, field)
  SELECT DISTINCT :run::bigint, field FROM import_fields WHERE import IN (
    SELECT import FROM list_contacts WHERE contact IN :contacts) ON CONFLICT DO NOTHING`;
const IMPORTS_OF = sql<{ import: number }>`SELECT DISTINCT import FROM list_contacts WHERE contact IN :contacts`;
const PASS_ON = sql`
  INSERT INTO import_fields (import, field)
  SELECT i.id, f.field FROM imports i, import_fields f WHERE i.id IN :imports AND f.import = :run
  ON CONFLICT DO NOTHING`;
const BY_LIST = sql<{ list: string; field: string }>`
  SELECT DISTINCT l.name AS list, f.field FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished'
  JOIN import_fields f ON f.import = i.id WHERE l.removed_at IS NULL ORDER BY l.name, f.field`;

/** The import brings the fields of these contacts, and those that are named besides. */
export function* noteFields(
  importRun: number,
  contacts: readonly NewContact[],
  named: readonly string[] = [],
): Work<void> {
  const names = new Set(named);
  for (const { fields } of contacts) for (const name in fields) names.add(name);
  if (names.size > 0) yield* run(NOTE, { run: importRun, names: [...names] });
}

/** The import puts contacts on its list that were there before: what their lists have, it has too. */
export function* inheritFields(importRun: number, contacts: readonly number[]): Work<void> {
  if (contacts.length > 0) yield* run(INHERIT, { run: importRun, contacts });
}

/** The import changes contacts that were there before: what it has, their lists have too, but for those in `done`. */
export function* passOnFields(importRun: number, contacts: readonly number[], done: Set<number>): Work<void> {
  const found = yield* all(IMPORTS_OF, { contacts });
  const imports = found.map((row) => row.import).filter((id) => !done.has(id));
  if (imports.length > 0) yield* run(PASS_ON, { run: importRun, imports });
  for (const id of imports) done.add(id);
}

/** Of every list with a finished import. */
export function* fieldsByList(): Work<readonly FieldNames[]> {
  const lists = new Map<string, string[]>();
  for (const { list, field } of yield* all(BY_LIST)) lists.set(list, [...(lists.get(list) ?? []), field]);
  return [...lists].map(([list, fields]) => ({ list, fields }));
}
