// A list made of the contacts of a campaign's records that ended in a chosen way: what a clone of the campaign dials.

import type { ListStore } from '../../engine/store/lists.ts';
import { listExists, sourceOf } from '../list-sources.ts';
import type { Connection } from './database.ts';
import { importFields } from './import-fields.ts';
import type { Handlers, Slices } from './requests.ts';

/** Records looked at per slice. */
const WINDOW = 200;

interface Chosen {
  readonly id: number;
  readonly contact: number;
  readonly fits: 0 | 1;
}

export function listSelection(db: Connection): Handlers<ListStore>['selectFrom'] {
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const addList = db.prepare('INSERT INTO lists (name, source) VALUES (?, ?)');
  const addRun = db.prepare(
    `INSERT INTO imports (name, list, source, state, started_at) VALUES (?, ?, ?, 'staged', ?)`,
  );
  const page = db.prepare<Record<string, unknown>, Chosen>(`
    SELECT r.id, r.contact, (r.state <> 'dialing' AND EXISTS (SELECT 1 FROM phones p WHERE p.contact = r.contact)
      AND (r.last_result IN (SELECT value FROM json_each(:results))
        OR r.last_disposition IN (SELECT value FROM json_each(:dispositions)))) AS fits
    FROM records r WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND r.id > :after
    ORDER BY r.id LIMIT ${WINDOW}`);
  const join = db.prepare('INSERT INTO list_contacts (list, contact, import) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const end = db.prepare(`UPDATE imports SET state = 'finished', members = ? WHERE id = ?`);
  const fields = importFields(db);
  const show = db.prepare('UPDATE lists SET imported_at = ? WHERE id = ?');
  return function* (selection): Slices<number> {
    const { list: name, campaign, results, dispositions, at } = selection;
    if (findList.get(name) !== undefined) throw listExists(name);
    const source = sourceOf(selection);
    const list = Number(addList.run(name, source).lastInsertRowid);
    const run = Number(addRun.run(`selection ${name} ${at}`, list, source, at).lastInsertRowid);
    const asked = { campaign, results: JSON.stringify(results), dispositions: JSON.stringify(dispositions) };
    let members = 0;
    for (let rows = page.all({ ...asked, after: 0 }); rows.length > 0;) {
      const chosen = rows.filter(({ fits }) => fits === 1).map(({ contact }) => contact);
      for (const contact of chosen) members += join.run(list, contact, run).changes;
      fields.inherit(run, chosen);
      yield;
      rows = page.all({ ...asked, after: rows.at(-1)?.id ?? 0 });
    }
    end.run(members, run);
    show.run(at, list);
    return members;
  };
}
