// Parts of statements that the two databases say in different words, and conditions that depend on what is asked.

import { part } from './statement.ts';
import type { InBoth, Statement } from './statement.ts';

export const GREATEST: InBoth = { sqlite: 'max', postgres: 'greatest' };
export const LEAST: InBoth = { sqlite: 'min', postgres: 'least' };

/** A part for SQLite alone. */
export function onlySqlite(text: string): InBoth {
  return { sqlite: text, postgres: '' };
}

/** The rows stay as they were read until the transaction ends. SQLite's writer is alone, PostgreSQL locks each row. */
export function locked(table: string): InBoth {
  return { sqlite: '', postgres: `FOR UPDATE OF ${table}` };
}

/**
 * The statement for a query whose parts may be absent, with one condition for each part that is present. There is one
 * statement for each set of parts that was ever asked for.
 */
export function byParts<Row, Part extends string>(
  conditions: Readonly<Record<Part, string | InBoth>>,
  statement: (where: InBoth) => Statement<Row>,
): (query: { readonly [P in Part]?: unknown }) => Statement<Row> {
  const made = new Map<string, Statement<Row>>();
  const parts = Object.entries<string | InBoth>(conditions);
  return (query: Readonly<Record<string, unknown>>) => {
    const asked = parts.filter(([name]) => query[name] !== undefined);
    const key = asked.map(([name]) => name).join(' ');
    const known = made.get(key);
    if (known) return known;
    const built = statement(asked.reduce((where, [, condition]) => part`${where} AND ${condition}`, part`TRUE`));
    made.set(key, built);
    return built;
  };
}

/** Makes a JSON object of names and values. */
export const JSON_OBJECT: InBoth = { sqlite: 'json_object', postgres: 'json_build_object' };

/** A condition as JSON's true or false. */
export function jsonTruth(condition: string): InBoth {
  return { sqlite: `json(iif(${condition}, 'true', 'false'))`, postgres: condition };
}

/** The phones of the contact that an expression names, in their order, as JSON. */
export function phonesOf(contact: string): InBoth {
  return {
    sqlite: `(SELECT json_group_array(json_object('number', n.number, 'type', n.type) ORDER BY n.position)
      FROM phones n WHERE n.contact = ${contact})`,
    postgres: `coalesce((SELECT json_agg(json_build_object('number', n.number, 'type', n.type) ORDER BY n.position)
      FROM phones n WHERE n.contact = ${contact}), '[]')`,
  };
}

/** Whether a text holds another, which is in small letters. */
export function holdsText(text: string, small: string): InBoth {
  return { sqlite: `instr(lower(${text}), ${small}) > 0`, postgres: `strpos(lower(${text}), ${small}) > 0` };
}

/** Whether a text holds one of the texts `:forms`. */
export function holdsOneForm(text: string): InBoth {
  return {
    sqlite: `EXISTS (SELECT 1 FROM json_each(:forms) form WHERE instr(${text}, form.value) > 0)`,
    postgres: `EXISTS (SELECT 1 FROM unnest(:forms::text[]) AS form WHERE strpos(${text}, form) > 0)`,
  };
}

/** A table with the column `number`: the whole numbers of a list of values. */
export function numbersOf(name: string): InBoth {
  return {
    sqlite: `(SELECT value AS number FROM json_each(:${name}))`,
    postgres: `(SELECT unnest(:${name}::bigint[]) AS number)`,
  };
}

/** What PostgreSQL's planner knows of the table should not be that it is empty; SQLite needs no such hint. */
export const ANALYZE_DO_NOT_CALL: InBoth = { sqlite: '', postgres: 'ANALYZE do_not_call_numbers' };

/** A table with the column `text`: the texts of a list of values. */
export function textsOf(name: string): InBoth {
  return {
    sqlite: `(SELECT value AS text FROM json_each(:${name}))`,
    postgres: `(SELECT unnest(:${name}::text[]) AS text)`,
  };
}
