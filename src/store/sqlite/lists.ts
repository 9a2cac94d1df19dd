// The lists: what there is, and the removal of one with the contacts that are on no other. Removal goes on after a
// crash: the list is gone at the first step, its rows follow in slices.

import type { ListStore, ListSummary } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { contactsOfList, findContacts } from '../nouns/contact-find.ts';
import type { Connection } from './database.ts';
import { importFields } from './import-fields.ts';
import { importRunning, importRuns } from './import-runs.ts';
import { importHandlers } from './list-import.ts';
import { importPurge, listPurge } from './list-purge.ts';
import { listSelection } from './list-selection.ts';
import type { Handlers } from './requests.ts';
import { inSlices, runOn } from './run.ts';

interface ListRow extends ListSummary {
  readonly id: number;
}

/** Lists that have at least one finished import. */
const SUMMARY = `
  SELECT l.id, l.name, sum(i.members) AS contacts, l.imported_at AS importedAt, l.source
  FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished' WHERE l.removed_at IS NULL`;

export function listHandlers(db: Connection): Handlers<ListStore> {
  const all = db.prepare<[], ListRow>(`${SUMMARY} GROUP BY l.id ORDER BY l.name`);
  const one = db.prepare<[string], ListRow>(`${SUMMARY} AND l.name = ? GROUP BY l.id`);
  const listOf = (name: string): ListRow => {
    const list = one.get(name);
    if (list) return list;
    const meant = didYouMean(
      name,
      all.all().map((one) => one.name),
    );
    const hint = 'outdial list list shows the lists that there are.';
    throw new OperationalError('list-unknown', `There is no list ${name}.${meant}`, { hint, httpCode: 404 });
  };
  const removal = listRemoval(db);
  const fields = importFields(db);
  return {
    all: () => all.all().map(summaryOf),
    show(name, limit) {
      const list = listOf(name);
      return { list: summaryOf(list), contacts: runOn(db, contactsOfList(list.id, limit)) };
    },
    *remove(name) {
      yield* removal(listOf(name));
    },
    findContacts: (text, limit) => inSlices(db, findContacts({ text, limit })),
    selectFrom: listSelection(db),
    fieldNames: () => fields.byList(),
    ...importHandlers(db, (name) => summaryOf(listOf(name))),
  };
}

function summaryOf({ name, contacts, importedAt, source }: ListRow): ListSummary {
  return { name, contacts, importedAt, source };
}

function listRemoval(db: Connection): (list: ListRow) => Generator<undefined, void, undefined> {
  const running = db
    .prepare<[string], string>(
      `SELECT c.name FROM campaign_lists l JOIN campaigns c ON c.id = l.campaign
       WHERE l.list = ? AND (c.state = 'running'
         OR EXISTS (SELECT 1 FROM attempts a WHERE a.campaign = c.id AND a.result IS NULL))`,
    )
    .pluck();
  const importing = db.prepare<[number], 1>(
    `SELECT 1 FROM imports WHERE list = ? AND state IN ('staged', 'finishing') AND interrupted_at IS NULL`,
  );
  const hide = db.prepare('UPDATE lists SET removed_at = ? WHERE id = ?');
  const purge = listPurge(db);
  const runs = importRuns(db);
  const takeBack = importPurge(db);
  return function* ({ id, name }) {
    const campaign = running.get(name);
    if (campaign !== undefined) {
      const hint = `Stop the campaign ${campaign} first.`;
      throw new OperationalError('list-in-use', `The campaign ${campaign} uses the list.`, { hint, httpCode: 409 });
    }
    if (importing.get(id)) throw importRunning(name);
    for (const stray of runs.strays(name, '')) yield* takeBack(stray);
    hide.run(Date.now(), id);
    yield;
    yield* purge(id, name);
  };
}
