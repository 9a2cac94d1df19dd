// The queues in which the records of a campaign wait: one for each of its lists and, within a list, for each cohort of
// people with the same hours. What is left out of the choice as a whole is a queue.

import { cohortHours } from '../../list/cohort.ts';
import { activeLists } from '../../list/list-rules.ts';
import type { Campaign } from '../../campaign/definition.ts';
import type { Connection } from './database.ts';

export interface Queue {
  readonly id: number;
  /** Name of the list. */
  readonly list: string;
  readonly cohort: string;
}

export interface RecordQueues {
  /** Those of a campaign whose lists are there. */
  of(campaign: number): readonly Queue[];
  /** The queue of a list (by id) and a cohort; made when missing. */
  idOf(campaign: number, list: number, cohort: string): number;
  /** The queue beside another one, of the same list, for a cohort. */
  besideFor(queue: number, cohort: string): number;
}

export function recordQueues(db: Connection): RecordQueues {
  const all = db.prepare<[number], Queue>(`
    SELECT q.id, l.name AS list, q.cohort FROM record_queues q JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
    WHERE q.campaign = +? ORDER BY q.id`);
  const find = db
    .prepare<[number, number, string], number>(
      'SELECT id FROM record_queues WHERE campaign = ? AND list = ? AND cohort = ?',
    )
    .pluck();
  const make = db.prepare('INSERT INTO record_queues (campaign, list, cohort) VALUES (?, ?, ?)');
  const one = db.prepare<[number], { campaign: number; list: number }>(
    'SELECT campaign, list FROM record_queues WHERE id = ?',
  );
  const idOf = (campaign: number, list: number, cohort: string): number =>
    find.get(campaign, list, cohort) ?? Number(make.run(campaign, list, cohort).lastInsertRowid);
  return {
    of: (campaign) => all.all(campaign),
    idOf,
    besideFor(queue, cohort) {
      const { campaign = 0, list = 0 } = one.get(queue) ?? {};
      return idOf(campaign, list, cohort);
    },
  };
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
