// Imports of do-not-call lists: an import is a part of its list that counts from one moment on, as a whole; what it
// replaces ceases to count in the same moment and is deleted in slices. After a crash the rest of it goes on by itself.

import type { DoNotCallBatch, DoNotCallList } from '../../engine/store/do-not-call.ts';
import { OperationalError } from '../../base/errors.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { doNotCallList, doNotCallListId } from './do-not-call-lists.ts';
import type { BulkDb } from './lanes.ts';

interface StagedPart {
  readonly id: number;
  readonly list: number;
  readonly listName: string;
  readonly replaces: number;
}

/** Numbers deleted in one transaction. */
const WINDOW = 20_000;

const STAGED = sql<StagedPart>(`
  SELECT p.id, p.list, l.name AS "listName", p.replaces
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.import = $1 AND p.state = 'staged'`);
const PUT = sql(
  'INSERT INTO do_not_call_numbers (part, number) SELECT $1, unnest($2::bigint[]) ON CONFLICT DO NOTHING',
);
const COUNT = sql('UPDATE do_not_call_parts SET numbers = numbers + $2 WHERE id = $1');
const DROP = sql(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE id = $1`);
const REPLACE = sql(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE list = $1 AND state = 'live'`);
const GO_LIVE = sql(`UPDATE do_not_call_parts SET state = 'live', imported_at = $2 WHERE id = $1`);
const ENDED = sql<object>('SELECT 1 FROM do_not_call_parts WHERE import = $1');
const OTHER = sql<object>(`SELECT 1 FROM do_not_call_parts WHERE list = $1 AND state = 'staged'`);
const MAKE = sql<{ id: number }>(`
  INSERT INTO do_not_call_parts (list, state, import, source, by, replaces) VALUES ($1, 'staged', $2, $3, $4, $5)
  RETURNING id`);

export function importBatch(db: BulkDb, batch: DoNotCallBatch): Promise<void> {
  return db.transaction(async (inside) => {
    const part = (await inside.first(STAGED, [batch.importId]))?.id ?? (await begin(inside, batch));
    await inside.run(COUNT, [part, await inside.run(PUT, [part, [...batch.numbers]])]);
  });
}

async function begin(db: Db, { importId, list, source, by, mode }: DoNotCallBatch): Promise<number> {
  if (await db.first(ENDED, [importId])) throw importUnknown(importId);
  const id = await doNotCallListId(db, list);
  if (await db.first(OTHER, [id])) {
    throw new OperationalError('import-running', `An import into the do-not-call list ${list} is running.`, {
      hint: 'Wait until it has finished, or stop it.',
      httpCode: 409,
    });
  }
  return (await db.first(MAKE, [id, importId, source, by, mode === 'replace' ? 1 : 0]))?.id ?? 0;
}

export async function finishImport(db: BulkDb, importId: string, at: number): Promise<DoNotCallList> {
  const list = await db.transaction(async (inside) => {
    const part = await inside.first(STAGED, [importId]);
    if (!part) throw importUnknown(importId);
    if (part.replaces === 1) await inside.run(REPLACE, [part.list]);
    await inside.run(GO_LIVE, [part.id, at]);
    return part.listName;
  });
  await db.run(ANALYZE);
  await purgeGone(db);
  const summary = await doNotCallList(db, list);
  if (!summary) throw importUnknown(importId);
  return summary;
}

const ANALYZE = { text: 'ANALYZE do_not_call_numbers' };

export async function abandonImport(db: BulkDb, importId: string): Promise<void> {
  const part = await db.first(STAGED, [importId]);
  if (!part) return;
  await db.run(DROP, [part.id]);
  await purgeGone(db);
}

const GONE = sql<{ id: number }>(`SELECT id FROM do_not_call_parts WHERE state = 'gone' LIMIT 1`);
const DELETE_SOME = sql(`
  DELETE FROM do_not_call_numbers WHERE part = $1 AND number IN (
    SELECT number FROM do_not_call_numbers WHERE part = $1 ORDER BY number LIMIT $2)`);
const END_PART = sql('DELETE FROM do_not_call_parts WHERE id = $1');
const END_LISTS = sql(`
  DELETE FROM do_not_call_lists l WHERE NOT EXISTS (SELECT 1 FROM do_not_call_parts WHERE list = l.id)`);

/** Deletes what no longer counts, with the lists that are empty of parts then. */
export async function purgeGone(db: BulkDb): Promise<void> {
  for (let part = await db.first(GONE); part; part = await db.first(GONE)) {
    while ((await db.run(DELETE_SOME, [part.id, WINDOW])) === WINDOW);
    await db.run(END_PART, [part.id]);
  }
  await db.run(END_LISTS);
}

const DROP_STAGED = sql(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE state = 'staged'`);

/** What a crash has left of imports is deleted; for the start of the store. */
export async function resumeDoNotCallImports(db: BulkDb): Promise<void> {
  await db.run(DROP_STAGED);
  await purgeGone(db);
}

function importUnknown(importId: string): OperationalError {
  return new OperationalError('import-unknown', `There is no import ${importId}.`, {
    hint: 'An import ends when it is finished or abandoned, and with the daemon.',
    httpCode: 404,
  });
}
