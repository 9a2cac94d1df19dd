// A list made of the contacts of a campaign's records that ended in a chosen way: what a clone of the campaign dials.

import type { ListSelection } from '../../engine/store/lists.ts';
import { listExists, sourceOf } from '../list-sources.ts';
import { sql } from './database.ts';
import { inheritFromMembers } from './import-fields.ts';
import type { BulkDb } from './lanes.ts';

const FIND_LIST = sql<{ id: number }>('SELECT id FROM lists WHERE name = $1 AND removed_at IS NULL');
const ADD_LIST = sql<{ id: number }>('INSERT INTO lists (name, source, imported_at) VALUES ($1, $2, $3) RETURNING id');
const ADD_RUN = sql<{ id: number }>(
  `INSERT INTO imports (name, list, source, state, started_at) VALUES ($1, $2, $3, 'finished', $4) RETURNING id`,
);
const JOIN = sql(`
  INSERT INTO list_contacts (list, contact, import)
  SELECT $1, r.contact, $2 FROM records r
  WHERE r.campaign = (SELECT id FROM campaigns WHERE name = $3) AND r.state <> 'dialing'
    AND EXISTS (SELECT 1 FROM phones p WHERE p.contact = r.contact)
    AND (r.last_result = ANY ($4::text[]) OR r.last_disposition = ANY ($5::text[]))
  ON CONFLICT DO NOTHING`);
const COUNT = sql('UPDATE imports SET members = $2 WHERE id = $1');

/** Makes the list in one transaction; how many contacts are on it. */
export function selectFrom(db: BulkDb, selection: ListSelection): Promise<number> {
  const { list: name, campaign, results, dispositions, at } = selection;
  return db.transaction(async (inside) => {
    if (await inside.first(FIND_LIST, [name])) throw listExists(name);
    const source = sourceOf(selection);
    const list = (await inside.first(ADD_LIST, [name, source, at]))?.id ?? 0;
    const run = (await inside.first(ADD_RUN, [`selection ${name} ${at}`, list, source, at]))?.id ?? 0;
    const members = await inside.run(JOIN, [list, run, campaign, results, dispositions]);
    await inheritFromMembers(inside, run, list);
    await inside.run(COUNT, [run, members]);
    return members;
  });
}
