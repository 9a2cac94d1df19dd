// How many records may still come up for dialing in a while: a count over the indexes of the open queues, cut off where it
// is enough to know that there are many.

import type { DialsLeft } from '../../engine/store/records.ts';
import { queuesNow, queuesUntil } from '../open-queues.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import { queuesOf } from './queues.ts';

const COUNT = sql<{ count: number }>(`
  SELECT count(*) AS count FROM (
    SELECT 1 FROM records WHERE queue = ANY ($1::bigint[]) AND state = 'fresh' UNION ALL
    SELECT 1 FROM records WHERE queue = ANY ($1::bigint[]) AND state = 'waiting' AND due_at <= $2
    LIMIT $3) few`);

export async function dialsLeft(db: Db, { campaign, now, untilAt, most }: DialsLeft): Promise<number> {
  const open = queuesUntil(queuesNow(await queuesOf(db, campaign.name), campaign, now), untilAt);
  return (await db.first(COUNT, [open, untilAt, most]))?.count ?? 0;
}
