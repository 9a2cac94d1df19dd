// The runs of imports: begun with their list, interrupted, resumed, found again after a crash.

import { importRunning } from '../../engine/store/refusals.ts';
import type { ImportBatch, ImportMark, InterruptedImport } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import { Json, part, sql } from '../statement.ts';
import { all, first, foundOrMade, run } from '../work.ts';
import type { Work } from '../work.ts';

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

const RUN = part`
  SELECT i.id, i.name, i.list, l.name AS "listName", i.state, i.done_line AS "doneLine", i.fingerprint,
    i.started_at AS "startedAt", i.interrupted_at AS "interruptedAt" FROM imports i JOIN lists l ON l.id = i.list`;
const FIND = sql<ImportRun>`${RUN} WHERE i.name = :name`;
const UNFINISHED = sql<ImportRun>`${RUN} WHERE i.state <> 'finished' AND l.removed_at IS NULL`;
const STRAYS = sql<ImportRun>`
  ${RUN} WHERE l.name = :list AND l.removed_at IS NULL AND i.interrupted_at IS NOT NULL AND i.name <> :but`;
const INTERRUPT = sql`
  UPDATE imports SET interrupted_at = :at WHERE name = :name AND state = 'staged' AND fingerprint IS NOT NULL`;
const INTERRUPTED = sql<Omit<InterruptedImport, 'mark'> & { readonly mark: ImportMark }>`
  SELECT i.name AS "importId", i.fingerprint, i.source, i.started_at AS "startedAt",
    i.interrupted_at AS "interruptedAt", i.mark AS "mark{}", i.added, i.merged, i.skipped
  FROM imports i JOIN lists l ON l.id = i.list
  WHERE l.name = :list AND l.removed_at IS NULL AND i.state = 'staged' AND i.interrupted_at IS NOT NULL
    AND i.mark IS NOT NULL`;
const OTHER = sql<object>`SELECT 1 AS one FROM imports WHERE list = :list AND state <> 'finished' LIMIT 1`;
export const FIND_LIST = sql<{ id: number }>`SELECT id FROM lists WHERE name = :name AND removed_at IS NULL`;
export const ADD_LIST = sql<{ id: number }>`INSERT INTO lists (name, source) VALUES (:name, :source) RETURNING id`;
const ADD = sql<{ id: number }>`
  INSERT INTO imports (name, list, source, state, started_at, fingerprint, files)
  VALUES (:name, :list, :source, 'staged', :at, :fingerprint, :files) RETURNING id`;
const GO_ON = sql`UPDATE imports SET interrupted_at = NULL WHERE id = :id`;

export const findRun = (name: string): Work<ImportRun | undefined> => first(FIND, { name });

export const unfinishedRuns = (): Work<readonly ImportRun[]> => all(UNFINISHED);

/** Interrupted imports into the list, but for the one named. */
export const strayRuns = (list: string, but: string): Work<readonly ImportRun[]> => all(STRAYS, { list, but });

/** Leaves an import that can go on to whoever resumes it. */
export const interruptRun = (name: string, at: number): Work<void> => run(INTERRUPT, { name, at });

export const interruptedRun = (list: string): Work<InterruptedImport | undefined> => first(INTERRUPTED, { list });

/** The import of a batch, made with its list when it is the first; an interrupted one goes on. */
export function* beginRun({ importId, list, source, ...rest }: ImportBatch): Work<ImportRun> {
  const fingerprint = rest.fingerprint ?? null;
  const known = yield* findRun(importId);
  if (known) {
    if (known.state !== 'staged' || known.listName !== list) throw importEnded();
    if (known.interruptedAt !== null) yield* run(GO_ON, { id: known.id });
    return known;
  }
  const listId = yield* foundOrMade(FIND_LIST, ADD_LIST, { name: list, source });
  if (yield* first(OTHER, { list: listId })) throw importRunning(`into the list ${list}`);
  const startedAt = Date.now();
  const files = new Json(rest.files ?? []);
  const id = yield* addRun({ name: importId, list: listId, source, at: startedAt, fingerprint, files });
  const begun = { id, name: importId, list: listId, listName: list, state: 'staged', doneLine: 0 } as const;
  return { ...begun, fingerprint, startedAt, interruptedAt: null };
}

interface NewRun {
  readonly name: string;
  readonly list: number;
  readonly source: string;
  readonly at: number;
  readonly fingerprint?: string | null;
  readonly files?: Json;
}

export function* addRun({ fingerprint = null, files = new Json([]), ...values }: NewRun): Work<number> {
  return (yield* first(ADD, { ...values, fingerprint, files }))?.id ?? 0;
}

function importEnded(): OperationalError {
  const hint = 'Start a new import.';
  return new OperationalError('import-ended', 'The import has ended already.', { hint, httpCode: 409 });
}
