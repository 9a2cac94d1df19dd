// Moves a data set from an SQLite file into an empty PostgreSQL database: everything, checked row by row, or nothing. No
// daemon runs on either meanwhile. The file stays as it is.

import { existsSync } from 'node:fs';
import { OperationalError } from '../../base/errors.ts';
import type { NewAuditEntry } from '../../engine/store/audit.ts';
import { addressOf } from '../postgres/address.ts';
import { moveIn } from '../postgres/move-in.ts';
import type { MoveProgress, MovedTable, Source } from '../postgres/move-in.ts';
import { connect } from '../sqlite/database.ts';
import type { Connection } from '../sqlite/database.ts';
import { takeLock } from '../sqlite/lock.ts';
import { migrate } from '../sqlite/migrate.ts';

export interface Moving {
  /** The SQLite file. */
  readonly from: string;
  /** Address of the PostgreSQL database. */
  readonly to: string;
  /** Who moves it, and when: for the audit log there. */
  readonly who: string;
  readonly at: number;
  readonly onProgress?: (progress: MoveProgress) => void;
}

/**
 * Moves everything, and writes into the audit log there; the tables with their numbers of rows. Refused with `store-missing`, `store-in-use` for either side,
 * `migrate-target-not-empty`, `migrate-mismatch` and what keeps either database from being opened.
 */
export async function moveToPostgres({ from, to, onProgress, ...by }: Moving): Promise<readonly MovedTable[]> {
  if (!existsSync(from)) {
    throw new OperationalError('store-missing', `There is no database ${from}.`, {
      hint: 'Name the file of the SQLite database: --from sqlite:/var/lib/outdial/outdial.db.',
      places: [{ file: from }],
    });
  }
  const lock = takeLock(from);
  try {
    const db = connect({ file: from, readOnly: false });
    try {
      // Both sides must have the same tables: those of this version.
      migrate(db, from);
      const target = addressOf(to);
      const entryOf = (moved: readonly MovedTable[]): NewAuditEntry => {
        const rows = moved.reduce((sum, table) => sum + table.rows, 0);
        return { ...by, what: 'store.migrate', subject: target, from: { store: from }, to: { store: target, rows } };
      };
      return await moveIn(to, sourceOf(db), { onProgress, entryOf });
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

/** Not data: what steps were taken, what SQLite keeps for itself, and indexes that are tables there. */
const NO_DATA = `name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'migrations' AND name NOT LIKE 'contact\\_search%' ESCAPE '\\'`;

function sourceOf(db: Connection): Source {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND ${NO_DATA} ORDER BY name`)
    .pluck();
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
  return {
    tables: () => new Map(tables.all().map((table) => [table, columns.all(table)])),
    count: (table) => db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0,
    rows: (table, names, order) =>
      db
        .prepare<[], string[]>(
          `SELECT ${names.map(quoted).join(', ')} FROM "${table}" ORDER BY ${order.map(quoted).join(', ')}`,
        )
        .raw()
        .iterate(),
  };
}

const quoted = (name: string): string => `"${name}"`;
