// A record is dialed before or after others of its campaign because a person said so.

import type { PriorityChange } from '../../engine/store/records.ts';
import { recordUnknown } from '../../engine/store/refusals.ts';
import { locked } from '../dialect.ts';
import { sql } from '../statement.ts';
import { first, run, type Work } from '../work.ts';
import { noteEvent } from './contact-edit.ts';

const NOW = sql<{ priority: number; contact: number }>`
  SELECT r.priority, r.contact FROM records r WHERE r.id = :record ${locked('r')}`;
const SET = sql`UPDATE records SET priority = :priority WHERE id = :record`;

export function* changePriority({
  record,
  priority: to,
  by,
  at,
}: PriorityChange): Work<{ readonly from: number; readonly to: number }> {
  const now = yield* first(NOW, { record });
  if (!now) throw recordUnknown(record);
  const { priority: from, contact } = now;
  if (from === to) return { from, to };
  yield* run(SET, { record, priority: to });
  yield* noteEvent({ contact, at, by, what: 'record', detail: { record, priority: { from, to } } });
  return { from, to };
}
