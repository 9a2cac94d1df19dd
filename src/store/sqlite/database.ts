// Opens one connection to the SQLite file with the settings that durability and speed stand on, and says what SQLite's
// failures mean to an operator. The only place that knows SQLite's error codes.

import { chmodSync, closeSync, existsSync, fsyncSync, openSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { OperationalError } from '../../base/errors.ts';
import { addFilterFunctions } from './filter-functions.ts';

export type Connection = Database.Database;

/**
 * KiB of pages that a connection keeps. SQLite goes through the slots of its whole cache at each commit while the file is
 * under 1 GiB, so that a larger cache makes every commit slower; what does not fit is in the operating system's.
 */
const CACHE_KIB = 16_384;

/** Marks a file as outdial's (SQLite's application_id): `oDia` in ASCII. */
export const APPLICATION_ID = 0x6f446961;

export interface ConnectionOptions {
  readonly file: string;
  readonly readOnly: boolean;
}

/** A connection that syncs every commit; opening changes nothing in the file. */
export function connect({ file, readOnly }: ConnectionOptions): Connection {
  try {
    if (!readOnly) makePrivate(file);
    const db = new Database(file, { readonly: readOnly, fileMustExist: readOnly, timeout: 5000 });
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma('temp_store = MEMORY');
    addFilterFunctions(db);
    return db;
  } catch (error) {
    throw storeFailure(error, file);
  }
}

/**
 * A database is not for others to read: it has names, numbers and passwords. Its log and lock get the same mode; one that
 * was made otherwise loses the rights of others, those of its group stay.
 */
export function makePrivate(file: string): void {
  if (!existsSync(dirname(file))) return;
  if (!existsSync(file)) return closeSync(openSync(file, 'a', 0o600));
  for (const part of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(part, { throwIfNoEntry: false })?.mode ?? 0;
    // Only its owner may; whoever else writes to it need not fail for it.
    if ((mode & 0o007) !== 0 && isOwn(part)) chmodSync(part, mode & 0o770);
  }
}

function isOwn(file: string): boolean {
  return process.getuid?.() === 0 || statSync(file).uid === process.getuid?.();
}

/** Writes the whole database again, without anything that was deleted or changed; by way of a file, not of memory. */
export function rewrite(db: Connection): void {
  const kept = db.pragma('temp_store', { simple: true });
  db.pragma('temp_store = FILE');
  try {
    db.exec('VACUUM');
  } finally {
    db.pragma(`temp_store = ${Number(kept)}`);
  }
}

/** Returns when everything written to the file is on the disk. */
export function syncFile(file: string): void {
  const opened = openSync(file, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** SQLite's error as one that a person can act on; other errors pass as they are. */
export function storeFailure(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  const options = { cause: error, places: [{ file }], httpCode: 503 };
  if (code === 'SQLITE_FULL' || (code.startsWith('SQLITE_IOERR') && isDiskFull(file))) {
    const hint = 'Make room on the disk; nothing was half written, and work goes on by itself once there is room.';
    return new OperationalError('store-disk-full', 'The disk of the database is full.', { ...options, hint });
  }
  if (code === 'SQLITE_NOTADB') {
    const hint = 'Check store.file in outdial.yaml; to keep the file, move it away.';
    return new OperationalError('store-not-a-database', 'The file is not an SQLite database.', { ...options, hint });
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    const hint = 'Stop outdial, keep a copy of the file, and restore the last backup.';
    return new OperationalError('store-corrupt', `The database is damaged: ${error.message}.`, { ...options, hint });
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    const hint = 'Check that the folder exists and that outdial may read and write in it.';
    return new OperationalError('store-unreachable', 'The database cannot be opened.', { ...options, hint });
  }
  const message = `The database refused a request: ${error.message} (${code}).`;
  const hint = 'Check the disk and the log; nothing of the request was written.';
  return new OperationalError('store-failed', message, { ...options, hint });
}

/** SQLite's code of a failure, also for what the operating system itself refused. */
function codeOf(error: Error): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  // better-sqlite3 checks the folder itself and throws a plain TypeError for it.
  if (error.message.includes('directory does not exist')) return 'SQLITE_CANTOPEN';
  if (!('code' in error) || !('syscall' in error)) return undefined;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return 'SQLITE_FULL';
  return error.code === 'EIO' ? 'SQLITE_IOERR' : 'SQLITE_CANTOPEN';
}

function isDiskFull(file: string): boolean {
  try {
    return statfsSync(dirname(file)).bavail === 0;
  } catch {
    // The disk cannot even be asked: not known to be full.
    return false;
  }
}
