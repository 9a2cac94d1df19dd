// The runs of imports: begun with their list, interrupted, resumed, found again after a crash.

import type { ImportBatch, ImportMark, InterruptedImport } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

export interface ImportRun {
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

const RUN = `
  SELECT i.id, i.name, i.list, l.name AS "listName", i.state, i.done_line AS "doneLine", i.fingerprint,
    i.started_at AS "startedAt", i.interrupted_at AS "interruptedAt" FROM imports i JOIN lists l ON l.id = i.list`;
const FIND = sql<ImportRun>(`${RUN} WHERE i.name = $1`);
const UNFINISHED = sql<ImportRun>(`${RUN} WHERE i.state <> 'finished' AND l.removed_at IS NULL`);
const STRAYS = sql<ImportRun>(
  `${RUN} WHERE l.name = $1 AND l.removed_at IS NULL AND i.interrupted_at IS NOT NULL AND i.name <> $2`,
);
const INTERRUPT = sql(`
  UPDATE imports SET interrupted_at = $2 WHERE name = $1 AND state = 'staged' AND fingerprint IS NOT NULL`);
const INTERRUPTED = sql<Omit<InterruptedImport, 'mark'> & { readonly mark: string }>(`
  SELECT i.name AS "importId", i.fingerprint, i.source, i.started_at AS "startedAt",
    i.interrupted_at AS "interruptedAt", i.mark, i.added, i.merged, i.skipped
  FROM imports i JOIN lists l ON l.id = i.list
  WHERE l.name = $1 AND l.removed_at IS NULL AND i.state = 'staged' AND i.interrupted_at IS NOT NULL
    AND i.mark IS NOT NULL`);
const OTHER = sql<object>(`SELECT 1 FROM imports WHERE list = $1 AND state <> 'finished' LIMIT 1`);
const FIND_LIST = sql<{ id: number }>('SELECT id FROM lists WHERE name = $1 AND removed_at IS NULL');
const ADD_LIST = sql<{ id: number }>('INSERT INTO lists (name, source) VALUES ($1, $2) RETURNING id');
const ADD = sql<{ id: number }>(`
  INSERT INTO imports (name, list, source, state, started_at, fingerprint, files)
  VALUES ($1, $2, $3, 'staged', $4, $5, $6)
  RETURNING id`);
const GO_ON = sql('UPDATE imports SET interrupted_at = NULL WHERE id = $1');

export function findRun(db: Db, name: string): Promise<ImportRun | undefined> {
  return db.first(FIND, [name]);
}

export function unfinishedRuns(db: Db): Promise<readonly ImportRun[]> {
  return db.all(UNFINISHED);
}

/** Interrupted imports into the list, but for the one named. */
export function strayRuns(db: Db, list: string, but: string): Promise<readonly ImportRun[]> {
  return db.all(STRAYS, [list, but]);
}

/** Leaves an import that can go on to whoever resumes it. */
export async function interruptRun(db: Db, name: string, at: number): Promise<void> {
  await db.run(INTERRUPT, [name, at]);
}

export async function interruptedRun(db: Db, list: string): Promise<InterruptedImport | undefined> {
  const row = await db.first(INTERRUPTED, [list]);
  return row && { ...row, mark: JSON.parse(row.mark) as ImportMark };
}

/** The import of a batch, made with its list when it is the first; an interrupted one goes on. */
export async function beginRun(db: Db, { importId, list, source, ...rest }: ImportBatch): Promise<ImportRun> {
  const fingerprint = rest.fingerprint ?? null;
  const known = await findRun(db, importId);
  if (known) {
    if (known.state !== 'staged' || known.listName !== list) throw importEnded();
    if (known.interruptedAt !== null) await db.run(GO_ON, [known.id]);
    return known;
  }
  const listId = ((await db.first(FIND_LIST, [list])) ?? (await db.first(ADD_LIST, [list, source])))?.id ?? 0;
  if (await db.first(OTHER, [listId])) throw importRunning(list);
  const startedAt = Date.now();
  const files = JSON.stringify(rest.files ?? []);
  const id = (await db.first(ADD, [importId, listId, source, startedAt, fingerprint, files]))?.id ?? 0;
  const begun = { id, name: importId, list: listId, listName: list, state: 'staged', doneLine: 0 } as const;
  return { ...begun, fingerprint, startedAt, interruptedAt: null };
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
