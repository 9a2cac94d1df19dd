// Inserts many rows with few statements: what a statement costs besides its rows is half of what a small row costs.

import type { Connection } from './database.ts';

export type Value = string | number | null;

/** Rows for each statement: as many of fifty as there are, then of ten, then one by one. */
const SIZES = [50, 10, 1] as const;

/** Inserts rows in their order; the values of all of them stand in one array. */
export type InsertRows = (values: readonly Value[]) => void;

/** `into`: the table and its columns, of which there are `width`; `tail` follows the rows. */
export function rowsInserter(db: Connection, into: string, width: number, tail = ''): InsertRows {
  const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const statements = SIZES.map((size) => {
    const rows = Array.from({ length: size }, () => row).join(', ');
    return {
      length: size * width,
      insert: db.prepare<[readonly Value[]]>(`INSERT INTO ${into} VALUES ${rows} ${tail}`),
    };
  });
  return (values) => {
    let at = 0;
    for (const { length, insert } of statements) {
      for (; at + length <= values.length; at += length) insert.run(values.slice(at, at + length));
    }
  };
}
