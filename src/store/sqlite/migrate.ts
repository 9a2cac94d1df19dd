// Brings a database to the newest schema, forward only, one transaction per step; each step's text is remembered, and
// a database that this version does not understand is refused untouched.

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { OperationalError } from '../../base/errors.ts';
import { newestOf, readMigrations, type Migration } from '../migrations.ts';
import { APPLICATION_ID, connect, rewrite, storeFailure } from './database.ts';
import type { Connection } from './database.ts';
import { takeLock } from './lock.ts';

/** The folder of the steps that outdial ships, found alike from src/ and dist/, and by the store's threads. */
export const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** SQLite's user_version when a step has been taken whose old bytes are still in the file. */
const OVERWRITING_DUE = 1;

export interface MigrationReport {
  /** Version before and after; 0 is an empty database. */
  readonly from: number;
  readonly to: number;
  /** Names of the steps that were taken. */
  readonly applied: readonly string[];
}

/** Brings the database `file` (made when missing) up to date; refused while a daemon runs on it. */
export function migrateSqlite(file: string, folder: string = MIGRATIONS): MigrationReport {
  const lock = takeLock(file);
  try {
    const db = connect({ file, readOnly: false });
    try {
      return migrate(db, file, folder);
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

/** Takes the steps that `db` lacks; refuses `store-newer`, `store-migration-changed` and foreign databases. */
export function migrate(db: Connection, file: string, folder: string = MIGRATIONS): MigrationReport {
  try {
    const known = readMigrations(folder, 'sqlite');
    const from = checkVersion(db, file, known);
    db.pragma('journal_mode = WAL');
    const missing = known.filter(({ version }) => version > from);
    for (const step of missing) apply(db, step);
    if (db.pragma('user_version', { simple: true }) === OVERWRITING_DUE) overwriteFreed(db);
    return { from, to: newestOf(known), applied: missing.map(({ name }) => name) };
  } catch (error) {
    throw storeFailure(error, file);
  }
}

/** Refuses a database that cannot be read as it is: newer, changed, foreign, or not yet brought up to date. */
export function requireCurrent(db: Connection, file: string, folder: string = MIGRATIONS): void {
  const known = readMigrations(folder, 'sqlite');
  if (checkVersion(db, file, known) < newestOf(known)) {
    throw refusal(file, 'store-older', 'The database was written by an older outdial.', 'Run outdial migrate.');
  }
}

/** The version of a database that this outdial can bring up to date; refused like `migrate`, and when it is empty. */
export function requireKnown(db: Connection, file: string, folder: string = MIGRATIONS): number {
  const version = checkVersion(db, file, readMigrations(folder, 'sqlite'));
  if (version > 0) return version;
  throw refusal(file, 'store-foreign', 'The file is an empty database.', 'Name a file that outdial backup has made.');
}

/** What a step has taken out must not be left in the file, nor in its log: the file is written again without it. */
function overwriteFreed(db: Connection): void {
  rewrite(db);
  const [row] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
  // A command that only looks keeps the log in use: it is emptied at the next start.
  if (row?.busy === 0) db.pragma('user_version = 0');
}

function apply(db: Connection, step: Migration): void {
  db.function('md5', { deterministic: true }, (text) => createHash('md5').update(String(text)).digest('hex'));
  const take = db.transaction(() => {
    db.exec(step.sql);
    db.prepare('INSERT INTO migrations (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)').run(
      step.version,
      step.name,
      step.checksum,
      Date.now(),
    );
  });
  if (step.version === 1) {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.exec(`CREATE TABLE IF NOT EXISTS migrations (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT`);
  }
  take.immediate();
}

/** The version of the database, 0 when it is empty. */
function checkVersion(db: Connection, file: string, known: readonly Migration[]): number {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
    if (tables === 0) return 0;
    const hint = 'Check store.file in outdial.yaml.';
    throw refusal(file, 'store-foreign', 'The database belongs to another program.', hint);
  }
  if (!hasMigrations(db)) return 0;
  const taken = db
    .prepare<[], Pick<Migration, 'version' | 'name' | 'checksum'>>('SELECT * FROM migrations ORDER BY version')
    .all();
  const newest = newestOf(taken);
  if (newest > newestOf(known)) {
    const message = `The database has version ${newest}; this outdial knows versions up to ${newestOf(known)}.`;
    throw refusal(file, 'store-newer', message, 'Run the newer outdial again, or restore a backup made before it.');
  }
  const changed = taken.find((step, index) => known[index]?.checksum !== step.checksum);
  if (changed) {
    const message = `The migration ${changed.name} is not the one that made this database.`;
    throw refusal(file, 'store-migration-changed', message, 'Install outdial again; migrations are never edited.');
  }
  return newest;
}

function hasMigrations(db: Connection): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").get() !== undefined;
}

function refusal(file: string, code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode: 409, places: [{ file }] });
}
