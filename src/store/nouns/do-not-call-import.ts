// Imports of do-not-call lists: an import is a part of its list that counts from one moment on, as a whole; what it
// replaces ceases to count in the same moment and is deleted in slices. After a crash the rest of it goes on by itself.

import { importRunning, importUnknown } from '../../engine/store/refusals.ts';
import type { DoNotCallBatch, DoNotCallList } from '../../engine/store/do-not-call.ts';
import { ANALYZE_DO_NOT_CALL, numbersOf } from '../dialect.ts';
import { sql } from '../statement.ts';
import { breathe, changes, first, pause, run } from '../work.ts';
import type { Work } from '../work.ts';
import { doNotCallList, doNotCallListId } from './do-not-call-lists.ts';

interface StagedPart {
  readonly id: number;
  readonly list: number;
  readonly listName: string;
  readonly replaces: boolean;
}

/** Numbers written, or deleted, between two places where others may come in. */
const STEP = 1000;
/** Steps of a deletion that are kept together. */
const STEPS_KEPT = 20;

const STAGED = sql<StagedPart>`
  SELECT p.id, p.list, l.name AS "listName", p.replaces = 1 AS "replaces?"
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.import = :importId AND p.state = 'staged'`;
const PUT = sql`
  INSERT INTO do_not_call_numbers (part, number) SELECT :part, number FROM ${numbersOf('digits')} given WHERE TRUE
  ON CONFLICT DO NOTHING`;
const COUNT = sql`UPDATE do_not_call_parts SET numbers = numbers + :added WHERE id = :part`;
const ENDED = sql<object>`SELECT 1 FROM do_not_call_parts WHERE import = :importId`;
const OTHER = sql<object>`SELECT 1 FROM do_not_call_parts WHERE list = :id AND state = 'staged'`;
const MAKE = sql<{ id: number }>`
  INSERT INTO do_not_call_parts (list, state, import, source, by, replaces)
  VALUES (:id, 'staged', :importId, :source, :by, :replaces) RETURNING id`;

export function* importBatch(batch: DoNotCallBatch): Work<void> {
  const { importId, numbers } = batch;
  const part = (yield* first(STAGED, { importId }))?.id ?? (yield* begin(batch));
  let added = 0;
  for (let from = 0; from < numbers.length; from += STEP) {
    if (from > 0) yield* breathe();
    added += yield* changes(PUT, { part, digits: [...numbers.subarray(from, from + STEP)] });
  }
  yield* run(COUNT, { part, added });
}

function* begin({ importId, list, source, by, mode }: DoNotCallBatch): Work<number> {
  if (yield* first(ENDED, { importId })) throw importUnknown(importId);
  const id = yield* doNotCallListId(list);
  if (yield* first(OTHER, { id })) {
    throw importRunning(`into the do-not-call list ${list}`);
  }
  return (yield* first(MAKE, { id, importId, source, by, replaces: mode === 'replace' }))?.id ?? 0;
}

const REPLACE = sql`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE list = :list AND state = 'live'`;
const GO_LIVE = sql`UPDATE do_not_call_parts SET state = 'live', imported_at = :at WHERE id = :id`;
const DROP = sql`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE id = :id`;
const DROP_STAGED = sql`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE state = 'staged'`;
const ANALYZE = sql`${ANALYZE_DO_NOT_CALL}`;

export function* finishImport(importId: string, at: number): Work<DoNotCallList> {
  const part = yield* first(STAGED, { importId });
  if (!part) throw importUnknown(importId);
  const { id, list, listName } = part;
  if (part.replaces) yield* run(REPLACE, { list });
  yield* run(GO_LIVE, { id, at });
  const summary = yield* doNotCallList(listName);
  if (!summary) throw importUnknown(importId);
  yield* pause();
  yield* run(ANALYZE);
  yield* doNotCallPurge();
  return (yield* doNotCallList(listName)) ?? summary;
}

export function* abandonImport(importId: string): Work<void> {
  const part = yield* first(STAGED, { importId });
  if (!part) return;
  yield* run(DROP, { id: part.id });
  yield* pause();
  yield* doNotCallPurge();
}

/** What a crash has left of imports is deleted; for the start of the store. */
export function* resumeDoNotCallImports(): Work<void> {
  yield* run(DROP_STAGED);
  yield* doNotCallPurge();
}

// ---- deleting

const GONE = sql<{ id: number }>`SELECT id FROM do_not_call_parts WHERE state = 'gone' LIMIT 1`;
const DELETE_SOME = sql`
  DELETE FROM do_not_call_numbers WHERE part = :id AND number IN (
    SELECT number FROM do_not_call_numbers WHERE part = :id ORDER BY number LIMIT ${STEP})`;
const END_PART = sql`DELETE FROM do_not_call_parts WHERE id = :id`;
const END_LISTS = sql`
  DELETE FROM do_not_call_lists
  WHERE NOT EXISTS (SELECT 1 FROM do_not_call_parts p WHERE p.list = do_not_call_lists.id)`;

/** Deletes what no longer counts, with the lists that are empty of parts then; others may come in between. */
export function* doNotCallPurge(): Work<void> {
  for (let gone = yield* first(GONE); gone; gone = yield* first(GONE)) {
    for (let step = 1; (yield* changes(DELETE_SOME, { id: gone.id })) === STEP; step += 1)
      yield* step % STEPS_KEPT === 0 ? pause() : breathe();
    yield* run(END_PART, { id: gone.id });
    yield* pause();
  }
  yield* run(END_LISTS);
}
