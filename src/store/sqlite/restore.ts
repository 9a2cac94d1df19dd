// Puts a backup in the place of the database: only one that is whole, known to this version and not in use. The
// database that was there is kept beside it.

import { defined } from '../../base/defined.ts';
import { copyFileSync, existsSync, realpathSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import { connect, makePrivate, storeFailure, syncFile } from './database.ts';
import type { Connection } from './database.ts';
import { takeLock } from './lock.ts';
import { migrate, requireKnown } from './migrate.ts';

export interface BackupCheck {
  /** Version of its schema. */
  readonly version: number;
  readonly contacts: number;
  readonly records: number;
  readonly attempts: number;
  /** Attempts that had not ended when it was made. */
  readonly unfinished: number;
}

export interface RestoreReport extends BackupCheck {
  /** Where the database is that was there before; absent when there was none. */
  readonly kept?: string;
  /** Steps of the schema that the backup lacked. */
  readonly applied: readonly string[];
}

/**
 * What a backup holds, after every page and every reference in it was looked at. Refused with `backup-missing`,
 * `backup-damaged`, `store-not-a-database`, `store-foreign`, `store-newer`, `store-migration-changed`.
 */
export function checkBackup(backup: string): BackupCheck {
  if (!existsSync(backup)) throw backupRefusal('backup-missing', backup, 'There is no such file.', 'Check the path.');
  let db: Connection | undefined;
  try {
    db = connect({ file: backup, readOnly: true });
    const version = requireKnown(db, backup);
    refuseDamage(db, backup);
    const one = (sql: string): number => db?.prepare<[], number>(sql).pluck().get() ?? 0;
    return {
      version,
      contacts: one('SELECT count(*) FROM contacts'),
      records: one('SELECT count(*) FROM records'),
      attempts: one('SELECT count(*) FROM attempts'),
      unfinished: one('SELECT count(*) FROM attempts WHERE result IS NULL'),
    };
  } catch (error) {
    throw damageOr(storeFailure(error, backup), backup);
  } finally {
    db?.close();
  }
}

/**
 * Checks the backup, copies it and puts the copy in the place of the database `file`, whose own files are kept beside it
 * under another name. Refused besides with `store-in-use` while a daemon runs on it, and `backup-onto-database`.
 */
export function restoreBackup(backup: string, file: string, now: Date): RestoreReport {
  if (existsSync(file) && existsSync(backup) && realpathSync(file) === realpathSync(backup)) {
    const hint = 'Name a file that outdial backup has made.';
    throw backupRefusal('backup-onto-database', backup, 'The backup is the database itself.', hint);
  }
  const check = checkBackup(backup);
  const lock = takeLock(file);
  const draft = `${file}.restore`;
  try {
    removeDatabase(draft);
    makePrivate(draft);
    copyFileSync(backup, draft);
    const applied = bringUpToDate(draft);
    const kept = keepOld(file, now);
    renameSync(draft, file);
    syncFile(path.dirname(file));
    return { ...check, applied, ...defined({ kept }) };
  } catch (error) {
    throw storeFailure(error, file);
  } finally {
    removeDatabase(draft);
    lock.release();
  }
}

function refuseDamage(db: Connection, file: string): void {
  const [first] = db.pragma('integrity_check(1)') as readonly { integrity_check: string }[];
  const broken = db.pragma('foreign_key_check') as readonly { table: string }[];
  const found = first?.integrity_check === 'ok' ? broken[0]?.table : first?.integrity_check;
  if (found !== undefined) throw damaged(file, found);
}

/** SQLite reports the same damage in several ways. */
function damageOr(error: unknown, file: string): unknown {
  const isDamage = error instanceof OperationalError && error.code === 'store-corrupt';
  return isDamage ? damaged(file, error.message) : error;
}

function damaged(file: string, found: string): OperationalError {
  const hint = 'Use an older backup; nothing was changed.';
  return backupRefusal('backup-damaged', file, `The backup is damaged: ${found}.`, hint);
}

/** The copy at this version, as one file that is on the disk. */
function bringUpToDate(draft: string): readonly string[] {
  const db = connect({ file: draft, readOnly: false });
  try {
    const { applied } = migrate(db, draft);
    db.pragma('wal_checkpoint(TRUNCATE)');
    return applied;
  } finally {
    db.close();
    syncFile(draft);
  }
}

/** The database with its log under another name: opened there, it is what it was. */
function keepOld(file: string, now: Date): string | undefined {
  if (!existsSync(file)) return undefined;
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  const kept = `${file}.before-restore-${stamp}`;
  rmSync(`${file}-shm`, { force: true });
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`);
  renameSync(file, kept);
  return kept;
}

function removeDatabase(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
}

function backupRefusal(code: string, file: string, message: string, hint: string): OperationalError {
  return new OperationalError(code, message, { hint, httpCode: 409, places: [{ file }] });
}
