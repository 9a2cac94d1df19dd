// What of the lists is PostgreSQL's own: imports, and the removal of a list's rows in short transactions. The rest is in
// nouns/lists.ts.

import type { ListStore } from '../../engine/store/lists.ts';
import { hideList, lists, listSummary, mayBeRemoved } from '../nouns/lists.ts';
import type { BulkDb, Lanes } from './lanes.ts';
import { abandonImport, finishImport, importBatch } from './list-import.ts';
import { purgeImport, purgeList } from './list-purge.ts';
import { onPostgres, runOn } from './run.ts';

export function listStore(lanes: Lanes): ListStore {
  const { bulk } = lanes;
  return {
    ...onPostgres(lanes, lists),
    remove: (name) => bulk.do((db) => removeList(db, name)),
    importBatch: (batch) => bulk.do((db) => importBatch(db, batch)),
    finishImport: (importId) => bulk.do(async (db) => runOn(db, listSummary(await finishImport(db, importId)))),
    abandonImport: (importId) => bulk.do((db) => abandonImport(db, importId)),
  };
}

async function removeList(db: BulkDb, name: string): Promise<void> {
  const { id, strays } = await runOn(db, mayBeRemoved(name));
  for (const stray of strays) await purgeImport(db, stray);
  await runOn(db, hideList(id));
  await purgeList(db, id, name);
}
