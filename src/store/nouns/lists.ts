// The lists: what there is, what they are made of, and when one may be removed. Imports and the removal of rows are each
// store's own.

import type { ListStore, ListSummary } from '../../engine/store/lists.ts';
import { part, sql } from '../statement.ts';
import { all, bulk, first, long, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { contactsOfList, findContacts } from './contact-find.ts';
import { fieldsByList } from './import-fields.ts';
import { importRunning, listInUse } from '../../engine/store/refusals.ts';
import { interruptedRun, interruptRun, strayRuns, type ImportRun } from './import-runs.ts';
import { listUnknown } from './list-names.ts';
import { selectFrom } from './list-selection.ts';

export type OwnOfEach = 'remove' | 'importBatch' | 'finishImport' | 'abandonImport';

export const lists: Noun<Omit<ListStore, OwnOfEach>> = {
  all: quick(function* () {
    return (yield* all(ALL)).map(summaryOf);
  }),
  show: long(function* (name, limit) {
    const list = yield* listNamed(name);
    return { list: summaryOf(list), contacts: yield* contactsOfList(list.id, limit) };
  }),
  findContacts: long((text, limit) => findContacts({ text, limit })),
  selectFrom: bulk(selectFrom),
  fieldNames: quick(fieldsByList),
  suspendImport: write((importId) => interruptRun(importId, Date.now())),
  interruptedImport: quick(interruptedRun),
};

interface ListRow extends ListSummary {
  readonly id: number;
}

/** Lists that have at least one finished import. */
const SUMMARY = part`
  SELECT l.id, l.name, CAST(sum(i.members) AS bigint) AS contacts, l.imported_at AS "importedAt", l.source
  FROM lists l JOIN imports i ON i.list = l.id AND i.state = 'finished' WHERE l.removed_at IS NULL`;
const ALL = sql<ListRow>`${SUMMARY} GROUP BY l.id ORDER BY l.name`;
const ONE = sql<ListRow>`${SUMMARY} AND l.name = :name GROUP BY l.id`;
const USED_BY = sql<{ name: string }>`
  SELECT c.name FROM campaign_lists l JOIN campaigns c ON c.id = l.campaign
  WHERE l.list = :name AND (c.state = 'running'
    OR EXISTS (SELECT 1 FROM attempts a WHERE a.campaign = c.id AND a.result IS NULL)) LIMIT 1`;
const IMPORTING = sql<object>`
  SELECT 1 AS one FROM imports
  WHERE list = :id AND state IN ('staged', 'finishing') AND interrupted_at IS NULL LIMIT 1`;
const HIDE = sql`UPDATE lists SET removed_at = :at WHERE id = :id`;

const summaryOf = ({ name, contacts, importedAt, source }: ListRow): ListSummary => ({
  name,
  contacts,
  importedAt,
  source,
});

function* listNamed(name: string): Work<ListRow> {
  return (yield* first(ONE, { name })) ?? (yield* listUnknown(name));
}

export function* listSummary(name: string): Work<ListSummary> {
  return summaryOf(yield* listNamed(name));
}

/** What is to be taken back before the list goes. Refused with `list-unknown`, `list-in-use`, `import-running`. */
export function* mayBeRemoved(name: string): Work<{ readonly id: number; readonly strays: readonly ImportRun[] }> {
  const { id } = yield* listNamed(name);
  const campaign = (yield* first(USED_BY, { name }))?.name;
  if (campaign !== undefined) throw listInUse(name, campaign);
  if (yield* first(IMPORTING, { id })) throw importRunning(`into the list ${name}`);
  return { id, strays: yield* strayRuns(name, '') };
}

/** The list is gone; its rows follow, after a crash too. */
export const hideList = (id: number): Work<void> => run(HIDE, { id, at: Date.now() });
