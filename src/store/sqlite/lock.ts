// Lets one daemon at a time write to a database: a lock file beside it, held by the operating system and so freed when
// the process ends in whatever way. Readers need no lock.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { OperationalError } from '../../base/errors.ts';
import { makePrivate, storeFailure } from './database.ts';

export interface Lock {
  release(): void;
}

/** Takes the lock of the database `file`, whose folder is made when missing; refused with `store-in-use` when another process (or store) holds it. */
export function takeLock(file: string): Lock {
  const lockFile = `${file}-lock`;
  let holder: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
    makePrivate(lockFile);
    holder = new Database(lockFile, { timeout: 0 });
    holder.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    holder?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw inUse(file);
    throw storeFailure(error, lockFile);
  }
  const held = holder;
  return { release: () => held.close() };
}

function inUse(file: string): OperationalError {
  return new OperationalError('store-in-use', 'Another outdial is running on this database.', {
    hint: 'Stop the other one, or give this one a store.file of its own in outdial.yaml.',
    httpCode: 409,
    places: [{ file }],
  });
}
