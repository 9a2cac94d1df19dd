// The queues in which the records of a campaign wait: one for each of its lists and, within a list, for each cohort of
// people with the same hours. What is left out of the choice as a whole is a queue.

import { cohortHours } from '../../list/cohort.ts';
import { activeLists } from '../../list/list-rules.ts';
import type { Campaign } from '../../campaign/definition.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

export interface Queue {
  readonly id: number;
  /** Name of the list. */
  readonly list: string;
  readonly cohort: string;
}

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

export interface QueuesNow {
  /** Those that records are chosen from at this moment. */
  readonly open: readonly Queue[];
  /** Those whose hours are closed, with when they open (Infinity: never). */
  readonly closed: readonly { readonly queue: Queue; readonly opensAt: number }[];
}

/** The queues of the lists that the campaign dials at present, by whether their people may be called at `now`. */
export function queuesNow(queues: readonly Queue[], campaign: Campaign, now: number): QueuesNow {
  const lists = activeLists(campaign);
  const open: Queue[] = [];
  const closed: { queue: Queue; opensAt: number }[] = [];
  for (const queue of queues) {
    if (!lists.includes(queue.list)) continue;
    const hours = cohortHours(campaign, queue.cohort).at(now);
    if (hours.open) open.push(queue);
    else closed.push({ queue, opensAt: hours.toAt });
  }
  return { open, closed };
}
