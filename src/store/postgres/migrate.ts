// Brings a PostgreSQL database to the newest schema, forward only, one transaction per step; each step's text is
// remembered, and a database that this version does not understand is refused untouched.

import { fileURLToPath } from 'node:url';
import { OperationalError } from '../../base/errors.ts';
import { newestOf, readMigrations, type Migration } from '../migrations.ts';
import { addressOf } from './address.ts';
import { sql } from './database.ts';
import type { Connection, Db } from './database.ts';
import { LOCK_CLASS, Owner } from './lock.ts';

/** The folder of the steps that outdial ships, found alike from src/ and dist/, and by the store's threads. */
const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));

export interface MigrationReport {
  /** Version before and after; 0 is an empty database. */
  readonly from: number;
  readonly to: number;
  /** Names of the steps that were taken. */
  readonly applied: readonly string[];
}

const TABLES = sql<{ ours: boolean; others: boolean }>(`
  SELECT to_regclass('outdial_migrations') IS NOT NULL AS ours,
    EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')) AS others`);
const TAKEN = sql<Pick<Migration, 'version' | 'name' | 'checksum'>>(
  'SELECT version, name, checksum FROM outdial_migrations ORDER BY version',
);
const FOUND = sql(`
  CREATE TABLE IF NOT EXISTS outdial_migrations (
    version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at bigint NOT NULL)`);
const NOTE = sql('INSERT INTO outdial_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)');
/** Held to the end of the transaction: two never migrate at once. */
const ALONE = sql<object>(`SELECT pg_advisory_xact_lock(${LOCK_CLASS}, 2)`);

/** Brings the database at `url` up to date; refused while a daemon runs on it. */
export async function migratePostgres(url: string, folder: string = MIGRATIONS): Promise<MigrationReport> {
  let report: MigrationReport = { from: 0, to: 0, applied: [] };
  const onOpen = async (connection: Connection): Promise<void> => {
    report = await migrate(connection, addressOf(url), folder);
  };
  const owner = new Owner({ url, onOpen });
  try {
    await owner.connection();
    return report;
  } finally {
    await owner.close();
  }
}

/** Takes the steps that the database lacks; refuses `store-newer`, `store-migration-changed` and foreign databases. */
export async function migrate(
  connection: Connection,
  address: string,
  folder: string = MIGRATIONS,
): Promise<MigrationReport> {
  const known = readMigrations(folder, 'postgres');
  const from = await checkVersion(connection, address, known);
  const applied: string[] = [];
  for (const step of known.filter(({ version }) => version > from)) {
    const isTaken = await connection.transaction(async (db) => {
      await db.all(ALONE);
      await db.run(FOUND);
      if ((await db.all(TAKEN)).some(({ version }) => version === step.version)) return false;
      await db.run({ text: step.sql });
      await db.run(NOTE, [step.version, step.name, step.checksum, Date.now()]);
      return true;
    });
    if (isTaken) applied.push(step.name);
  }
  return { from, to: newestOf(known), applied };
}

/** Refuses a database that cannot be read as it is: newer, changed, foreign, empty, or not yet brought up to date. */
export async function requireCurrent(db: Db, address: string, folder: string = MIGRATIONS): Promise<void> {
  const known = readMigrations(folder, 'postgres');
  const version = await checkVersion(db, address, known);
  if (version === newestOf(known)) return;
  if (version > 0)
    throw refusal(address, 'store-older', 'The database was written by an older outdial.', 'Run outdial migrate.');
  const hint = 'The daemon fills it at its first start; outdial migrate does without one.';
  throw refusal(address, 'store-missing', `There is nothing in the database ${address} yet.`, hint);
}

/** The version of the database, 0 when it is empty. */
async function checkVersion(db: Db, address: string, known: readonly Migration[]): Promise<number> {
  const tables = await db.first(TABLES);
  if (tables?.ours !== true) {
    if (tables?.others !== true) return 0;
    const hint = 'Give outdial a database of its own, or check the address under store in outdial.yaml.';
    throw refusal(address, 'store-foreign', 'The database belongs to another program.', hint);
  }
  const taken = await db.all(TAKEN);
  const newest = newestOf(taken);
  if (newest > newestOf(known)) {
    const message = `The database has version ${newest}; this outdial knows versions up to ${newestOf(known)}.`;
    throw refusal(address, 'store-newer', message, 'Run the newer outdial again, or restore a backup made before it.');
  }
  const changed = taken.find((step, index) => known[index]?.checksum !== step.checksum);
  if (changed) {
    const message = `The migration ${changed.name} is not the one that made this database.`;
    throw refusal(address, 'store-migration-changed', message, 'Install outdial again; migrations are never edited.');
  }
  return newest;
}

function refusal(address: string, code: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode: 409, places: [{ file: address }] });
}
