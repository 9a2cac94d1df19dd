// Parts of statements that the two databases say in different words, and conditions that depend on what is asked.

import { part } from './statement.ts';
import type { InBoth, Statement } from './statement.ts';

export const GREATEST: InBoth = { sqlite: 'max', postgres: 'greatest' };
export const LEAST: InBoth = { sqlite: 'min', postgres: 'least' };

/** A part that SQLite alone is told. */
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
