// The queues in which the records of a campaign wait: one for each of its lists and, within a list, for each cohort of
// people with the same hours. What is left out of the choice as a whole is a queue.

import type { Queue } from '../open-queues.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const OF = sql<Queue>(`
  SELECT q.id, l.name AS list, q.cohort FROM record_queues q JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
  WHERE q.campaign = (SELECT id FROM campaigns WHERE name = $1) ORDER BY q.id`);
// The row that is there is touched to have its id.
const MAKE = sql<{ id: number }>(`
  INSERT INTO record_queues (campaign, list, cohort) VALUES ($1, $2, $3)
  ON CONFLICT (campaign, list, cohort) DO UPDATE SET cohort = excluded.cohort RETURNING id`);
const FIND = sql<{ id: number }>('SELECT id FROM record_queues WHERE campaign = $1 AND list = $2 AND cohort = $3');
const BESIDE = sql<{ id: number }>(`
  INSERT INTO record_queues (campaign, list, cohort) SELECT campaign, list, $2 FROM record_queues WHERE id = $1
  ON CONFLICT (campaign, list, cohort) DO UPDATE SET cohort = excluded.cohort RETURNING id`);

/** Those of a campaign whose lists are there. */
export function queuesOf(db: Db, campaign: string): Promise<readonly Queue[]> {
  return db.all(OF, [campaign]);
}

/** The queue of a list (by id) and a cohort; made when missing. */
export async function queueId(db: Db, campaign: number, list: number, cohort: string): Promise<number> {
  const values = [campaign, list, cohort];
  return ((await db.first(FIND, values)) ?? (await db.first(MAKE, values)))?.id ?? 0;
}

/** The queue beside another one, of the same list, for a cohort; 0 when there is no such other. */
export async function queueBeside(db: Db, queue: number, cohort: string): Promise<number> {
  return (await db.first(BESIDE, [queue, cohort]))?.id ?? 0;
}
