// The lists: what there is, and the removal of one with the contacts that are on no other. Removal goes on after a
// crash: the list is gone at the first step, its rows follow in slices.

import type { ListStore, ListSummary } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { contactsOfList, findContacts } from '../nouns/contact-find.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { BulkDb, Lanes } from './lanes.ts';
import { fieldsByList } from './import-fields.ts';
import { importRunning, interruptRun, interruptedRun, strayRuns } from './import-runs.ts';
import { abandonImport, finishImport, importBatch } from './list-import.ts';
import { purgeImport, purgeList } from './list-purge.ts';
import { selectFrom } from './list-selection.ts';
import { runOn } from './run.ts';

interface ListRow extends ListSummary {
  readonly id: number;
}

/** Lists that have at least one finished import. */
const SUMMARY = `
  SELECT l.id, l.name, sum(i.members)::bigint AS contacts, l.imported_at AS "importedAt", l.source
  FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished' WHERE l.removed_at IS NULL`;
const ALL = sql<ListRow>(`${SUMMARY} GROUP BY l.id ORDER BY l.name`);
const ONE = sql<ListRow>(`${SUMMARY} AND l.name = $1 GROUP BY l.id`);
const USED_BY = sql<{ name: string }>(`
  SELECT c.name FROM campaign_lists l JOIN campaigns c ON c.id = l.campaign
  WHERE l.list = $1 AND (c.state = 'running'
    OR EXISTS (SELECT 1 FROM attempts a WHERE a.campaign = c.id AND a.result IS NULL)) LIMIT 1`);
const IMPORTING = sql<object>(
  `SELECT 1 FROM imports WHERE list = $1 AND state IN ('staged', 'finishing') AND interrupted_at IS NULL LIMIT 1`,
);
const HIDE = sql('UPDATE lists SET removed_at = $2 WHERE id = $1');

export function listStore({ read, bulk }: Lanes): ListStore {
  return {
    all: async () => (await read.all(ALL)).map(summaryOf),
    show: async (name, limit) => {
      const list = await listNamed(read, name);
      return { list: summaryOf(list), contacts: await runOn(read, contactsOfList(list.id, limit)) };
    },
    remove: (name) => bulk.do((db) => removeList(db, name)),
    findContacts: (text, limit) => runOn(read, findContacts({ text, limit })),
    fieldNames: () => fieldsByList(read),
    selectFrom: (selection) => bulk.do((db) => selectFrom(db, selection)),
    importBatch: (batch) => bulk.do((db) => importBatch(db, batch)),
    finishImport: (importId) => bulk.do(async (db) => summaryOf(await listNamed(db, await finishImport(db, importId)))),
    abandonImport: (importId) => bulk.do((db) => abandonImport(db, importId)),
    suspendImport: (importId) => bulk.do((db) => interruptRun(db, importId, Date.now())),
    interruptedImport: (list) => interruptedRun(read, list),
  };
}

function summaryOf({ name, contacts, importedAt, source }: ListRow): ListSummary {
  return { name, contacts, importedAt, source };
}

async function listNamed(db: Db, name: string): Promise<ListRow> {
  const list = await db.first(ONE, [name]);
  if (list) return list;
  const known = await db.all(ALL);
  const meant = didYouMean(
    name,
    known.map((one) => one.name),
  );
  const hint = 'outdial list list shows the lists that there are.';
  throw new OperationalError('list-unknown', `There is no list ${name}.${meant}`, { hint, httpCode: 404 });
}

async function removeList(db: BulkDb, name: string): Promise<void> {
  const { id } = await listNamed(db, name);
  const campaign = (await db.first(USED_BY, [name]))?.name;
  if (campaign !== undefined) {
    const hint = `Stop the campaign ${campaign} first.`;
    throw new OperationalError('list-in-use', `The campaign ${campaign} uses the list.`, { hint, httpCode: 409 });
  }
  if (await db.first(IMPORTING, [id])) throw importRunning(name);
  for (const stray of await strayRuns(db, name, '')) await purgeImport(db, stray);
  await db.run(HIDE, [id, Date.now()]);
  await purgeList(db, id, name);
}
