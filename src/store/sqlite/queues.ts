// The queues in which the records of a campaign wait: one for each of its lists and, within a list, for each cohort of
// people with the same hours. What is left out of the choice as a whole is a queue.

import type { Queue } from '../open-queues.ts';
import type { Connection } from './database.ts';

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
