// Imports of do-not-call lists: an import is a part of its list that counts from one moment on, as a whole; what it
// replaces ceases to count in the same moment and is deleted in slices. After a crash the rest of it goes on by itself.

import type { DoNotCallBatch, DoNotCallStore } from '../../engine/store/do-not-call.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Connection } from './database.ts';
import type { ListQueries } from './do-not-call.ts';
import type { Handlers, Slices } from './requests.ts';

type ImportHandlers = Pick<Handlers<DoNotCallStore>, 'importBatch' | 'finishImport' | 'abandonImport'>;

interface StagedPart {
  readonly id: number;
  readonly list: number;
  readonly listName: string;
  readonly replaces: 0 | 1;
}

/** Numbers written between two places where others may come in. */
const STEP = 100;
/** Numbers deleted at a time. */
const WINDOW = 1000;

export function doNotCallImports(db: Connection, lists: ListQueries): ImportHandlers {
  const staged = db.prepare<[string], StagedPart>(`
    SELECT p.id, p.list, l.name AS listName, p.replaces
    FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.import = ? AND p.state = 'staged'`);
  const put = db.prepare('INSERT INTO do_not_call_numbers (part, number) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const begin = importBegin(db, lists);
  const count = db.prepare('UPDATE do_not_call_parts SET numbers = numbers + ? WHERE id = ?');
  const drop = db.prepare(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE id = ?`);
  const replace = db.prepare(
    `UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE list = ? AND state = 'live'`,
  );
  const goLive = db.prepare(`UPDATE do_not_call_parts SET state = 'live', imported_at = ? WHERE id = ?`);
  const purge = doNotCallPurge(db);
  return {
    *importBatch(batch) {
      const part = staged.get(batch.importId)?.id ?? begin(batch);
      let added = 0;
      for (const [place, number] of batch.numbers.entries()) {
        added += put.run(part, number).changes;
        if (place % STEP === STEP - 1) yield;
      }
      count.run(added, part);
    },
    *finishImport(importId, at) {
      const part = staged.get(importId);
      if (!part) throw importUnknown(importId);
      if (part.replaces === 1) replace.run(part.list);
      goLive.run(at, part.id);
      const summary = lists.find(part.listName);
      if (!summary) throw importUnknown(importId);
      yield;
      yield* purge();
      return lists.find(part.listName) ?? summary;
    },
    *abandonImport(importId) {
      const part = staged.get(importId);
      if (!part) return;
      drop.run(part.id);
      yield;
      yield* purge();
    },
  };
}

function importBegin(db: Connection, lists: ListQueries): (batch: DoNotCallBatch) => number {
  const ended = db.prepare<[string], 1>('SELECT 1 FROM do_not_call_parts WHERE import = ?');
  const other = db.prepare<[number], 1>(`SELECT 1 FROM do_not_call_parts WHERE list = ? AND state = 'staged'`);
  const make = db.prepare(`
    INSERT INTO do_not_call_parts (list, state, import, source, by, replaces) VALUES (?, 'staged', ?, ?, ?, ?)`);
  return ({ importId, list, source, by, mode }) => {
    if (ended.get(importId)) throw importUnknown(importId);
    const id = lists.idOf(list);
    if (other.get(id)) {
      throw new OperationalError('import-running', `An import into the do-not-call list ${list} is running.`, {
        hint: 'Wait until it has finished, or stop it.',
        httpCode: 409,
      });
    }
    return Number(make.run(id, importId, source, by, mode === 'replace' ? 1 : 0).lastInsertRowid);
  };
}

/** Deletes what no longer counts, with the lists that are empty of parts then; for others may come in between. */
export function doNotCallPurge(db: Connection): () => Slices<void> {
  const gone = db.prepare<[], number>(`SELECT id FROM do_not_call_parts WHERE state = 'gone' LIMIT 1`).pluck();
  const last = db
    .prepare<[number, number], number>(
      'SELECT number FROM do_not_call_numbers WHERE part = ? ORDER BY number LIMIT 1 OFFSET ?',
    )
    .pluck();
  const upTo = db.prepare('DELETE FROM do_not_call_numbers WHERE part = ? AND number <= ?');
  const rest = db.prepare('DELETE FROM do_not_call_numbers WHERE part = ?');
  const end = db.prepare('DELETE FROM do_not_call_parts WHERE id = ?');
  const endLists = db.prepare(
    `DELETE FROM do_not_call_lists WHERE NOT EXISTS (SELECT 1 FROM do_not_call_parts WHERE list = do_not_call_lists.id)`,
  );
  return function* () {
    for (let part = gone.get(); part !== undefined; part = gone.get()) {
      for (let end = last.get(part, WINDOW); end !== undefined; end = last.get(part, WINDOW)) {
        upTo.run(part, end);
        yield;
      }
      rest.run(part);
      end.run(part);
      yield;
    }
    endLists.run();
  };
}

/** What a crash has left of imports is deleted; for the start of the store. */
export function* resumeDoNotCallImports(db: Connection): Slices<void> {
  db.exec(`UPDATE do_not_call_parts SET state = 'gone', import = NULL WHERE state = 'staged'`);
  yield* doNotCallPurge(db)();
}

function importUnknown(importId: string): OperationalError {
  return new OperationalError('import-unknown', `There is no import ${importId}.`, {
    hint: 'An import ends when it is finished or abandoned, and with the daemon.',
    httpCode: 404,
  });
}
