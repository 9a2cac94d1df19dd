// What of the lists is SQLite's own: imports, and the removal of a list's rows in slices. The rest is in nouns/lists.ts.

import type { ListStore } from '../../engine/store/lists.ts';
import { hideList, lists, mayBeRemoved } from '../nouns/lists.ts';
import type { Connection } from './database.ts';
import { importHandlers } from './list-import.ts';
import { importPurge, listPurge } from './list-purge.ts';
import type { Handlers } from './requests.ts';
import { onSqlite, runOn } from './run.ts';

export function listHandlers(db: Connection): Handlers<ListStore> {
  const purge = listPurge(db);
  const takeBack = importPurge(db);
  return {
    ...onSqlite(db, lists),
    *remove(name) {
      const { id, strays } = runOn(db, mayBeRemoved(name));
      for (const stray of strays) yield* takeBack(stray);
      runOn(db, hideList(id));
      yield;
      yield* purge(id, name);
    },
    ...importHandlers(db),
  };
}
