// Lets one daemon at a time write to a database: a lock file beside it, held by the operating system and so freed when
// the process ends in whatever way. Readers need no lock.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate, storeFailure } from './database.ts';
import { storeInUse } from '../refusals.ts';

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
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw storeInUse(file, 'a store.file of its own');
    throw storeFailure(error, lockFile);
  }
  const held = holder;
  return { release: () => held.close() };
}
