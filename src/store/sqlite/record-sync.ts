// Makes the records that a campaign lacks: one for every contact on its lists that passes its filter. Works in slices,
// and may be repeated at any time. The order of dialing by a field is worked out here, once, as a sort key.

import type { RecordStore } from '../../engine/store.ts';
import type { Campaign, RecordOrder } from '../../campaign/definition.ts';
import { OperationalError } from '../../base/errors.ts';
import { compileFilter } from '../../list/conditions.ts';
import { fieldSortKey } from '../../list/order.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { parseObject } from './record-facts.ts';
import type { Handlers, Slices } from './requests.ts';

/** Contacts looked at per slice; most have their record already. */
const WINDOW = 100;

interface Member {
  readonly contact: number;
  readonly name: string;
  readonly fields: string;
}

type Fields = Readonly<Record<string, unknown>>;

export function recordSync(db: Connection, ids: CampaignIds): Handlers<RecordStore>['sync'] {
  const forget = db.prepare('DELETE FROM campaign_lists WHERE campaign = ?');
  const uses = db.prepare('INSERT INTO campaign_lists (campaign, list) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const window = db.prepare<[number, number, number], { contact: number; visible: number }>(`
    SELECT m.contact, i.state = 'finished' AS visible FROM list_contacts m JOIN imports i ON i.id = m.import
    WHERE m.list = ? AND m.contact > ? ORDER BY m.contact LIMIT ?`);
  const lacking = db.prepare<[number, number], Member>(`
    SELECT id AS contact, name, fields FROM contacts
    WHERE id = ? AND NOT EXISTS (SELECT 1 FROM records WHERE contact = contacts.id AND campaign = ?)`);
  const add = db.prepare('INSERT INTO records (campaign, contact, sort_key) VALUES (?, ?, ?)');
  const reorder = recordReorder(db);
  return function* (campaign, now): Slices<number> {
    const accepts = filterOf(campaign);
    const id = ids.of(campaign.name, now);
    forget.run(id);
    for (const list of campaign.lists) uses.run(id, list);
    yield* reorder(id, campaign.order);
    let made = 0;
    for (const name of campaign.lists) {
      const list = findList.get(name);
      if (list === undefined) continue;
      for (let members = window.all(list, 0, WINDOW); members.length > 0;) {
        for (const { contact, visible } of members) {
          const member = visible === 1 ? lacking.get(contact, id) : undefined;
          const fields = member && parseObject<unknown>(member.fields);
          if (!fields || !accepts(member.name, fields)) continue;
          add.run(id, contact, fieldSortKey(campaign.order, fields));
          made += 1;
        }
        yield;
        members = window.all(list, members.at(-1)?.contact ?? 0, WINDOW);
      }
    }
    return made;
  };
}

function filterOf({ name, filter }: Campaign): (contact: string, fields: Fields) => boolean {
  if (filter === undefined) return () => true;
  const compiled = compileFilter(filter);
  if (!compiled.ok) {
    const message = `The filter of campaign ${name} cannot be read: ${compiled.faults[0]?.message ?? ''}`;
    throw new OperationalError('filter-invalid', message, { hint: 'outdial check shows the place.' });
  }
  return (contact, fields) => compiled.test({ fields, contact: { name: contact } }).holds;
}

/** Works the sort keys out anew when the campaign's order has changed. */
function recordReorder(db: Connection): (campaign: number, order: RecordOrder) => Slices<void> {
  const known = db.prepare<[number], string>('SELECT record_order FROM campaigns WHERE id = ?').pluck();
  const remember = db.prepare('UPDATE campaigns SET record_order = ? WHERE id = ?');
  const records = db.prepare<[number, number], { id: number; campaign: number; contact: number; state: string }>(
    'SELECT id, campaign, contact, state FROM records WHERE id > ? ORDER BY id LIMIT ?',
  );
  const fieldsOf = db.prepare<[number], string>('SELECT fields FROM contacts WHERE id = ?').pluck();
  const setKey = db.prepare('UPDATE records SET sort_key = ? WHERE id = ?');
  return function* (campaign, order) {
    const text = JSON.stringify(order);
    if (known.get(campaign) === text) return;
    for (let window = records.all(0, WINDOW); window.length > 0; window = records.all(window.at(-1)?.id ?? 0, WINDOW)) {
      const own = window.filter((record) => record.campaign === campaign && record.state === 'fresh');
      for (const { id, contact } of own) {
        setKey.run(fieldSortKey(order, parseObject<unknown>(fieldsOf.get(contact) ?? '{}')), id);
      }
      yield;
    }
    remember.run(text, campaign);
  };
}
