// What is ahead when no more records may be dialed now: when the next one falls due, or that none ever will.

import type { OpenedAttempts } from '../../engine/store-attempts.ts';
import type { QueuesNow } from '../open-queues.ts';
import type { Connection } from './database.ts';

export interface OutlookQuestion extends QueuesNow {
  readonly campaign: number;
  readonly now: number;
}

type Outlook = Pick<OpenedAttempts, 'nextDueAt' | 'exhausted'>;

export function queueOutlook(db: Connection): (question: OutlookQuestion) => Outlook {
  const due = db
    .prepare<[number], number | null>(`SELECT min(due_at) FROM records WHERE queue = +? AND state = 'waiting'`)
    .pluck();
  const fresh = db.prepare<[number], 1>(`SELECT 1 FROM records WHERE queue = +? AND state = 'fresh' LIMIT 1`).pluck();
  // Those of lists that are paused wait as well: not exhausted.
  const anybody = db
    .prepare<{ campaign: number }, 1>(
      `SELECT 1 FROM record_queues q WHERE q.campaign = +:campaign AND (
         EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'fresh')
         OR EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'waiting'))
       UNION ALL SELECT 1 FROM records WHERE campaign = +:campaign AND state = 'dialing' LIMIT 1`,
    )
    .pluck();
  return ({ campaign, open, closed, now }) => {
    const moments = open.map(({ id }) => due.get(id) ?? Infinity);
    for (const { queue, opensAt } of closed) {
      const dueAt = fresh.get(queue.id) === undefined ? (due.get(queue.id) ?? Infinity) : now;
      moments.push(Math.max(opensAt, dueAt));
    }
    const nextDueAt = Math.min(Infinity, ...moments);
    if (nextDueAt < Infinity) return { nextDueAt, exhausted: false };
    return { exhausted: anybody.get({ campaign }) === undefined };
  };
}
