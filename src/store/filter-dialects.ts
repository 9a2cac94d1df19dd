// How each database reads the fields of a contact for a filter: out of the JSON of `c.fields`, and the
// answers of scripts out of that of `c.answers`. The numbers, dates and yes or
// no of their texts are read by functions with the meaning of conditions/field-uses.ts: ours on SQLite
// (sqlite/filter-functions.ts), the database's on PostgreSQL (migrations).

import type { Predicate } from '../conditions/condition-tree.ts';
import type { FieldKind } from '../conditions/terms.ts';
import { filterSql } from './filter-sql.ts';
import type { FieldsOf, FilterDialect, FilterSql } from './filter-sql.ts';
import type { InBoth, Values } from './statement.ts';

type ValueKind = Exclude<FieldKind, 'text' | 'list'>;

// ---- SQLite

/** The contact's table must be named `c` in the query. */
export const SQLITE_FILTERS: FilterDialect = {
  placeholder: (place) => `:filter${place}`,
  // Inside quotes a path takes every character but these two.
  fieldKey: (field) => (/["\\]/.test(field) ? undefined : `$."${field}"`),
  field: (kind, key, of) => {
    if (kind === 'list') return undefined;
    return kind === 'text' ? sqliteText(key, of) : sqliteValue(kind, key, of);
  },
  isEmpty: (key, of) => `trim(coalesce(${sqliteText(key, of)}, '')) = ''`,
  contactName: 'c.name',
  part(at, text, part) {
    if (at === 'anywhere') return `instr(${text}, ${part}) > 0`;
    if (at === 'start') return `substr(${text}, 1, length(${part})) = ${part}`;
    return `length(${text}) >= length(${part}) AND substr(${text}, length(${text}) - length(${part}) + 1) = ${part}`;
  },
  text: (text) => text,
  truth: (placeholder) => placeholder,
};

function sqliteText(key: string, of: FieldsOf): string {
  return `CASE json_type(c.${of}, ${key}) WHEN 'text' THEN c.${of} ->> ${key} WHEN 'true' THEN 'true'
    WHEN 'false' THEN 'false' WHEN 'integer' THEN c.${of} -> ${key} WHEN 'real' THEN c.${of} -> ${key} END`;
}

function sqliteValue(kind: ValueKind, key: string, of: FieldsOf): string {
  const whens = {
    number: `WHEN 'integer' THEN c.${of} ->> ${key} WHEN 'real' THEN c.${of} ->> ${key}`,
    bool: `WHEN 'true' THEN 1 WHEN 'false' THEN 0`,
    date: '',
  };
  return `CASE json_type(c.${of}, ${key}) WHEN 'text' THEN outdial_${kind}(c.${of} ->> ${key}) ${whens[kind]} END`;
}

/** The values of a condition by the names of their parameters. */
export function filterParameters({ values }: FilterSql): Record<string, string | number> {
  const plain = (value: FilterSql['values'][number]): string | number =>
    typeof value === 'boolean' ? Number(value) : value;
  return Object.fromEntries(values.map((value, place) => [`filter${place}`, plain(value)]));
}

// ---- PostgreSQL

/** Types of parameters that stand where PostgreSQL could not infer them. */
const TYPES: Readonly<Record<string, string>> = { string: 'text', number: 'float8', boolean: 'boolean' };

/** The contact's table must be named `c` in the query, whose own parameters come before those of the filter. */
function dialectAfter(own: number): FilterDialect {
  return {
    placeholder: (place) => `$${own + place + 1}`,
    fieldKey: (field) => field,
    field: (kind, key, of) => {
      if (kind === 'list') return undefined;
      return kind === 'text' ? postgresText(key, of) : postgresValue(kind, key, of);
    },
    isEmpty: (key, of) => `trim(coalesce(${postgresText(key, of)}, '')) = ''`,
    contactName: 'c.name',
    part(at, text, part) {
      if (at === 'anywhere') return `strpos(${text}, ${part}::text) > 0`;
      if (at === 'start') return `starts_with(${text}, ${part}::text)`;
      return `right(${text}, length(${part}::text)) = ${part}::text`;
    },
    text: (text) => `(${text}) COLLATE "C"`,
    truth: (placeholder) => `${placeholder}::boolean`,
  };
}

function postgresText(key: string, of: FieldsOf): string {
  return `CASE WHEN jsonb_typeof(c.${of} -> ${key}::text) IN ('string', 'number', 'boolean')
    THEN c.${of} ->> ${key}::text END`;
}

function postgresValue(kind: ValueKind, key: string, of: FieldsOf): string {
  const value = `c.${of} ->> ${key}::text`;
  const own = {
    number: `WHEN 'number' THEN (${value})::float8`,
    bool: `WHEN 'boolean' THEN (${value})::boolean`,
    date: '',
  };
  return `CASE jsonb_typeof(c.${of} -> ${key}::text) WHEN 'string' THEN outdial_${kind}(${value}) ${own[kind]} END`;
}

/** The condition with its values, for a query that has so many parameters of its own; undefined when SQL cannot say it. */
export function filterCondition(predicate: Predicate | undefined, own: number): FilterSql | undefined {
  const said = predicate && filterSql(predicate, dialectAfter(own));
  if (!said) return undefined;
  // A parameter that is compared with another, or is alone, has no type of its own.
  const typed = said.values.reduce<string>((text, value, place) => {
    const parameter = new RegExp(String.raw`\$${own + place + 1}(?!\d|::)`, 'g');
    return text.replace(parameter, `$$${own + place + 1}::${TYPES[typeof value] ?? 'text'}`);
  }, said.sql);
  return { sql: typed, values: said.values };
}

// ---- both

/** A condition on contacts `c` in a statement of both databases, with its values; undefined when one of them cannot say it. */
export function filterInBoth(
  predicate: Predicate | undefined,
): { readonly condition: InBoth; readonly values: Values } | undefined {
  const sqlite = predicate && filterSql(predicate, SQLITE_FILTERS);
  const postgres = filterCondition(predicate, 0);
  if (!sqlite || !postgres) return undefined;
  // No value of the filter stands in the text: what begins with a dollar sign is a parameter.
  const named = postgres.sql.replace(/\$(\d+)/g, (_whole, number: string) => `:of${number}`);
  const numbered = postgres.values.map((value, place) => [`of${place + 1}`, value] as const);
  return {
    condition: { sqlite: sqlite.sql, postgres: named },
    values: { ...filterParameters(sqlite), ...Object.fromEntries(numbered) },
  };
}
