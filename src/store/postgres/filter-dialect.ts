// How PostgreSQL reads the fields of a contact for a filter: out of the JSON of `c.fields`, with the numbers, dates and yes
// or no of their texts read by functions of the database (migrations) with the meaning of conditions/field-uses.ts.

import type { FieldKind } from '../../conditions/terms.ts';
import { filterSql } from '../filter-sql.ts';
import type { FilterDialect, FilterSql } from '../filter-sql.ts';
import type { Predicate } from '../../conditions/condition-tree.ts';

/** Types of parameters that stand where PostgreSQL could not tell them. */
const TYPES: Readonly<Record<string, string>> = { string: 'text', number: 'float8', boolean: 'boolean' };

/** The contact's table must be named `c` in the query, whose own parameters come before those of the filter. */
function dialectAfter(own: number): FilterDialect {
  return {
    placeholder: (place) => `$${own + place + 1}`,
    fieldKey: (field) => field,
    field: (kind, key) => (kind === 'text' ? textField(key) : readField(kind, key)),
    isEmpty: (key) => `trim(coalesce(${textField(key)}, '')) = ''`,
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

function textField(key: string): string {
  return `CASE WHEN jsonb_typeof(c.fields -> ${key}::text) IN ('string', 'number', 'boolean')
    THEN c.fields ->> ${key}::text END`;
}

function readField(kind: Exclude<FieldKind, 'text'>, key: string): string {
  const value = `c.fields ->> ${key}::text`;
  const own = {
    number: `WHEN 'number' THEN (${value})::float8`,
    bool: `WHEN 'boolean' THEN (${value})::boolean`,
    date: '',
  };
  return `CASE jsonb_typeof(c.fields -> ${key}::text) WHEN 'string' THEN outdial_${kind}(${value}) ${own[kind]} END`;
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
