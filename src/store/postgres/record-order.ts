// The order of dialing by a field, kept with each record as a sort key: worked out again when the campaign's order has
// changed.

import type { RecordOrder } from '../../campaign/definition.ts';
import { fieldSortKey } from '../../records/order.ts';
import { sql } from './database.ts';
import type { BulkDb } from './lanes.ts';

/** Records of one transaction. */
const WINDOW = 2000;

const KNOWN = sql<{ order: string }>('SELECT record_order AS "order" FROM campaigns WHERE id = $1');
const REMEMBER = sql('UPDATE campaigns SET record_order = $2 WHERE id = $1');
const NEXT = sql<{ id: number; fields: Readonly<Record<string, unknown>> }>(`
  SELECT r.id, c.fields FROM records r JOIN contacts c ON c.id = r.contact
  WHERE r.campaign = $1 AND r.id > $2 AND (r.state = 'fresh' OR r.aside IS NOT NULL) ORDER BY r.id LIMIT $3`);
const SET_KEYS = sql(`
  UPDATE records r SET sort_key = x.key FROM unnest($1::bigint[], $2::text[]) AS x (id, key)
  WHERE r.id = x.id AND r.sort_key <> x.key`);

export async function reorderRecords(db: BulkDb, campaign: number, order: RecordOrder): Promise<void> {
  const text = JSON.stringify(order);
  if ((await db.first(KNOWN, [campaign]))?.order === text) return;
  for (let after = 0; ;) {
    const records = await db.all(NEXT, [campaign, after, WINDOW]);
    const last = records.at(-1)?.id;
    if (last === undefined) break;
    await db.run(SET_KEYS, [records.map(({ id }) => id), records.map(({ fields }) => fieldSortKey(order, fields))]);
    after = last;
  }
  await db.run(REMEMBER, [campaign, text]);
}
