// A list made of the contacts of a campaign's records that ended in a chosen way: what a clone of the campaign dials.

import type { ListSelection } from '../../engine/store/lists.ts';
import { OperationalError } from '../../base/errors.ts';
import type { InBoth } from '../statement.ts';
import { sql } from '../statement.ts';
import { all, breathe, changes, first, run } from '../work.ts';
import type { Work } from '../work.ts';
import { inheritFields } from './import-fields.ts';
import { ADD_LIST, addRun, FIND_LIST } from './import-runs.ts';

/** Records looked at at a time: on SQLite for about two ms. */
const WINDOW: InBoth = { sqlite: '200', postgres: '10000' };

interface Page {
  readonly first: number | null;
  readonly last: number | null;
}

const PAGE = sql<Page>`
  SELECT min(id) AS first, max(id) AS last FROM (
    SELECT r.id FROM records r WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND r.id > :after
    ORDER BY r.id LIMIT ${WINDOW}) page`;
const CHOSEN = sql<{ contact: number }>`
  SELECT r.contact FROM records r
  WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND r.id BETWEEN :first AND :last
    AND r.state <> 'dialing' AND EXISTS (SELECT 1 FROM phones p WHERE p.contact = r.contact)
    AND (r.last_result IN :results OR r.last_disposition IN :dispositions)`;
const JOIN = sql`
  INSERT INTO list_contacts (list, contact, import) SELECT :list::bigint, c.id, :run::bigint FROM contacts c
  WHERE c.id IN :contacts ON CONFLICT DO NOTHING`;
const END = sql`UPDATE imports SET state = 'finished', members = :members WHERE id = :run`;
const SHOW = sql`UPDATE lists SET imported_at = :at WHERE id = :list`;

/** Makes the list, seen when it is complete; how many contacts are on it. */
export function* selectFrom({ list: name, at, ...wanted }: ListSelection): Work<number> {
  if (yield* first(FIND_LIST, { name })) throw listExists(name);
  const source = sourceOf(wanted);
  const list = (yield* first(ADD_LIST, { name, source }))?.id ?? 0;
  const importRun = yield* addRun({ name: `selection ${name} ${at}`, list, source, at });
  let members = 0;
  for (let after = 0; ;) {
    const page = yield* first(PAGE, { ...wanted, after });
    if (!page || page.last === null) break;
    after = page.last;
    const contacts = (yield* all(CHOSEN, { ...wanted, ...page })).map(({ contact }) => contact);
    if (contacts.length > 0) members += yield* changes(JOIN, { list, run: importRun, contacts });
    yield* inheritFields(importRun, contacts);
    yield* breathe();
  }
  yield* run(END, { members, run: importRun });
  yield* run(SHOW, { at, list });
  return members;
}

/** `renewals: busy, call-later` */
function sourceOf({ campaign, results, dispositions }: Omit<ListSelection, 'list' | 'at'>): string {
  return `${campaign}: ${[...results, ...dispositions].join(', ')}`;
}

function listExists(name: string): OperationalError {
  return new OperationalError('list-exists', `There is a list ${name} already.`, {
    hint: 'Choose another name for the copy, or delete the list.',
    httpCode: 409,
  });
}
