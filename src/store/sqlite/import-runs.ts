// The runs of imports: begun with their list, interrupted, resumed, found again after a crash.

import type { ImportBatch, ImportMark, InterruptedImport } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Connection } from './database.ts';

export interface ImportRow {
  readonly id: number;
  readonly name: string;
  readonly list: number;
  readonly listName: string;
  readonly state: 'staged' | 'finishing' | 'finished' | 'abandoned';
  /** The last line whose contact is here. */
  readonly doneLine: number;
  readonly fingerprint: string | null;
  readonly startedAt: number;
  readonly interruptedAt: number | null;
}

export interface ImportRuns {
  find(name: string): ImportRow | undefined;
  /** The import of a batch, made with its list when it is the first; an interrupted one goes on. */
  begin(batch: ImportBatch): ImportRow;
  /** Interrupted imports into the list, but for the one named. */
  strays(list: string, but: string): readonly ImportRow[];
  unfinished(): readonly ImportRow[];
  interrupt(name: string, at: number): void;
  interrupted(list: string): InterruptedImport | undefined;
}

interface StoredInterrupted extends Omit<InterruptedImport, 'mark'> {
  readonly mark: string;
}

const COLUMNS = `i.id, i.name, i.list, l.name AS listName, i.state, i.done_line AS doneLine, i.fingerprint,
  i.started_at AS startedAt, i.interrupted_at AS interruptedAt FROM imports i JOIN lists l ON l.id = i.list`;

export function importRuns(db: Connection): ImportRuns {
  const find = db.prepare<[string], ImportRow>(`SELECT ${COLUMNS} WHERE i.name = ?`);
  const unfinished = db.prepare<[], ImportRow>(
    `SELECT ${COLUMNS} WHERE i.state <> 'finished' AND l.removed_at IS NULL`,
  );
  const strays = db.prepare<[string, string], ImportRow>(
    `SELECT ${COLUMNS} WHERE l.name = ? AND l.removed_at IS NULL AND i.interrupted_at IS NOT NULL AND i.name <> ?`,
  );
  const interrupt = db.prepare(
    `UPDATE imports SET interrupted_at = ? WHERE name = ? AND state = 'staged' AND fingerprint IS NOT NULL`,
  );
  const interrupted = db.prepare<[string], StoredInterrupted>(`
    SELECT i.name AS importId, i.fingerprint, i.source, i.started_at AS startedAt, i.interrupted_at AS interruptedAt,
      i.mark, i.added, i.merged, i.skipped FROM imports i JOIN lists l ON l.id = i.list
    WHERE l.name = ? AND l.removed_at IS NULL AND i.state = 'staged' AND i.interrupted_at IS NOT NULL
      AND i.mark IS NOT NULL`);
  return {
    find: (name) => find.get(name),
    begin: importStart(db, (name) => find.get(name)),
    strays: (list, but) => strays.all(list, but),
    unfinished: () => unfinished.all(),
    interrupt: (name, at) => void interrupt.run(at, name),
    interrupted(list) {
      const row = interrupted.get(list);
      return row && { ...row, mark: JSON.parse(row.mark) as ImportMark };
    },
  };
}

function importStart(db: Connection, find: (name: string) => ImportRow | undefined): ImportRuns['begin'] {
  const other = db.prepare<[number], 1>(`SELECT 1 FROM imports WHERE list = ? AND state <> 'finished'`);
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const addList = db.prepare('INSERT INTO lists (name, source) VALUES (?, ?)');
  const add = db.prepare(
    `INSERT INTO imports (name, list, source, state, started_at, fingerprint, files) VALUES (?, ?, ?, 'staged', ?, ?, ?)`,
  );
  const goOn = db.prepare('UPDATE imports SET interrupted_at = NULL WHERE id = ?');
  return ({ importId, list, source, fingerprint = null, files = [] }) => {
    const known = find(importId);
    if (known) {
      if (known.state !== 'staged' || known.listName !== list) throw importEnded();
      if (known.interruptedAt !== null) goOn.run(known.id);
      return known;
    }
    const listId = findList.get(list) ?? Number(addList.run(list, source).lastInsertRowid);
    if (other.get(listId)) throw importRunning(list);
    const startedAt = Date.now();
    const id = Number(add.run(importId, listId, source, startedAt, fingerprint, JSON.stringify(files)).lastInsertRowid);
    const begun = { id, name: importId, list: listId, listName: list, state: 'staged', doneLine: 0 } as const;
    return { ...begun, fingerprint, startedAt, interruptedAt: null };
  };
}

function importEnded(): OperationalError {
  const hint = 'Start a new import.';
  return new OperationalError('import-ended', 'The import has ended already.', { hint, httpCode: 409 });
}

export function importUnknown(name: string): OperationalError {
  const hint = 'An import ends when it is finished or abandoned, and with the daemon.';
  return new OperationalError('import-unknown', `There is no import ${name}.`, { hint, httpCode: 404 });
}

/** Refusal of whatever an unfinished import into the list forbids. */
export function importRunning(list: string): OperationalError {
  return new OperationalError('import-running', `An import into the list ${list} is running.`, {
    hint: 'Wait until it has finished, or abandon it.',
    httpCode: 409,
  });
}
