// The order of dialing by a field, kept with each record as a sort key: worked out again when the campaign's order has
// changed. In slices.

import type { RecordOrder } from '../../campaign/definition.ts';
import { fieldSortKey } from '../../records/order.ts';
import type { Connection } from './database.ts';
import { parseObject } from './record-facts.ts';
import type { Slices } from './requests.ts';

/** Records looked at per slice. */
const WINDOW = 100;

interface OrderedRow {
  readonly id: number;
  readonly campaign: number;
  readonly contact: number;
  readonly state: string;
  readonly aside: string | null;
}

export function recordReorder(db: Connection): (campaign: number, order: RecordOrder) => Slices<void> {
  const known = db.prepare<[number], string>('SELECT record_order FROM campaigns WHERE id = ?').pluck();
  const remember = db.prepare('UPDATE campaigns SET record_order = ? WHERE id = ?');
  const records = db.prepare<[number, number], OrderedRow>(
    'SELECT id, campaign, contact, state, aside FROM records WHERE id > ? ORDER BY id LIMIT ?',
  );
  const fieldsOf = db.prepare<[number], string>('SELECT fields FROM contacts WHERE id = ?').pluck();
  const setKey = db.prepare('UPDATE records SET sort_key = ? WHERE id = ?');
  return function* (campaign, order) {
    const text = JSON.stringify(order);
    if (known.get(campaign) === text) return;
    for (let window = records.all(0, WINDOW); window.length > 0; window = records.all(window.at(-1)?.id ?? 0, WINDOW)) {
      for (const { id, campaign: owner, contact, state, aside } of window) {
        if (owner !== campaign || (state !== 'fresh' && aside === null)) continue;
        setKey.run(fieldSortKey(order, parseObject<unknown>(fieldsOf.get(contact) ?? '{}')), id);
      }
      yield;
    }
    remember.run(text, campaign);
  };
}
