// How SQLite reads the fields of a contact for a filter: out of the JSON of `c.fields`, with the numbers, dates and yes
// or no of their texts read by the same functions that test a contact by itself.

import { readAs } from '../../conditions/field-uses.ts';
import type { FieldKind } from '../../conditions/terms.ts';
import type { FilterDialect, FilterSql } from '../filter-sql.ts';
import type { Connection } from './database.ts';

/** The contact's table must be named `c` in the query. */
export const SQLITE_FILTERS: FilterDialect = {
  placeholder: (place) => `:filter${place}`,
  // Inside quotes a path takes every character but these two.
  fieldKey: (field) => (/["\\]/.test(field) ? undefined : `$."${field}"`),
  field: (kind, key) => (kind === 'text' ? textField(key) : readField(kind, key)),
  isEmpty: (key) => `trim(coalesce(${textField(key)}, '')) = ''`,
  contactName: 'c.name',
  part(at, text, part) {
    if (at === 'anywhere') return `instr(${text}, ${part}) > 0`;
    if (at === 'start') return `substr(${text}, 1, length(${part})) = ${part}`;
    return `length(${text}) >= length(${part}) AND substr(${text}, length(${text}) - length(${part}) + 1) = ${part}`;
  },
  text: (text) => text,
  truth: (placeholder) => placeholder,
};

function textField(key: string): string {
  return `CASE json_type(c.fields, ${key}) WHEN 'text' THEN c.fields ->> ${key} WHEN 'true' THEN 'true'
    WHEN 'false' THEN 'false' WHEN 'integer' THEN c.fields -> ${key} WHEN 'real' THEN c.fields -> ${key} END`;
}

function readField(kind: Exclude<FieldKind, 'text'>, key: string): string {
  const whens = {
    number: `WHEN 'integer' THEN c.fields ->> ${key} WHEN 'real' THEN c.fields ->> ${key}`,
    bool: `WHEN 'true' THEN 1 WHEN 'false' THEN 0`,
    date: '',
  };
  return `CASE json_type(c.fields, ${key}) WHEN 'text' THEN outdial_${kind}(c.fields ->> ${key}) ${whens[kind]} END`;
}

/** The functions that these conditions call; for every connection. */
export function addFilterFunctions(db: Connection): void {
  const plain = (value: ReturnType<typeof readAs>): string | number | null => {
    if (value === undefined) return null;
    if (value instanceof Date) return value.getTime();
    return typeof value === 'boolean' ? Number(value) : value;
  };
  for (const kind of ['number', 'bool', 'date'] as const) {
    db.function(`outdial_${kind}`, { deterministic: true }, (text: unknown) => plain(readAs(kind, text)));
  }
}

/** The values of a condition by the names of their parameters. */
export function filterParameters({ values }: FilterSql): Record<string, string | number> {
  const plain = (value: FilterSql['values'][number]): string | number =>
    typeof value === 'boolean' ? Number(value) : value;
  return Object.fromEntries(values.map((value, place) => [`filter${place}`, plain(value)]));
}
