// Functions by which SQLite reads numbers, dates and yes or no out of the texts of a contact's fields: the same that test a
// contact by itself.

import type Database from 'better-sqlite3';
import { readAs } from '../../conditions/field-uses.ts';

/** The functions that these conditions call; for every connection. */
export function addFilterFunctions(db: Database.Database): void {
  const plain = (value: ReturnType<typeof readAs>): string | number | null => {
    if (value === undefined) return null;
    if (value instanceof Date) return value.getTime();
    return typeof value === 'boolean' ? Number(value) : value;
  };
  for (const kind of ['number', 'bool', 'date'] as const) {
    db.function(`outdial_${kind}`, { deterministic: true }, (text: unknown) => plain(readAs(kind, text)));
  }
}
