// A copy of the whole database while it is in use: consistent, whole, on the disk before it gets its name, and readable
// by no other user.

import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../base/errors.ts';
import { connect, storeFailure, syncFile } from './database.ts';

/** Copies the database `file` to `target`, over an older backup; refuses to write over a database that is in use. */
export function writeBackup(file: string, target: string): void {
  if (isSame(file, target) || existsSync(`${target}-wal`)) throw inUse(target);
  const part = `${target}.part`;
  try {
    rmSync(part, { force: true });
    closeSync(openSync(part, 'w', 0o600));
    copy(file, part);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    const failure = storeFailure(error, target);
    if (failure instanceof OperationalError) throw failure;
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationalError('backup-failed', `The backup could not be written: ${reason}.`, {
      hint: 'Check that the folder exists, may be written, and has room for a copy.',
      cause: error,
      places: [{ file: target }],
    });
  }
}

function copy(file: string, part: string): void {
  const db = connect({ file, readOnly: true });
  try {
    db.prepare('VACUUM INTO ?').run(part);
  } finally {
    db.close();
  }
  syncFile(part);
}

function isSame(file: string, target: string): boolean {
  return existsSync(target) && realpathSync(file) === realpathSync(path.resolve(target));
}

function inUse(target: string): OperationalError {
  return new OperationalError('backup-onto-database', 'The backup would write over a database that is in use.', {
    hint: 'Name another file for the backup.',
    places: [{ file: target }],
  });
}
