// What is ahead when no more records may be dialed now: when the next one falls due, or that none ever will.

import type { Campaign } from '../../campaign/definition.ts';
import type { OpenedAttempts } from '../../engine/store/attempts.ts';
import { nextOf } from '../next-record.ts';
import type { QueueAhead } from '../next-record.ts';
import type { QueuesNow } from '../open-queues.ts';
import type { Connection } from './database.ts';

export interface OutlookQuestion extends QueuesNow {
  readonly campaign: number;
  readonly definition: Campaign;
  readonly now: number;
}

type Outlook = Pick<OpenedAttempts, 'nextDueAt' | 'nextBecause' | 'nextWait' | 'exhausted'>;

export function queueOutlook(db: Connection): (question: OutlookQuestion) => Outlook {
  const due = db.prepare<[number], { dueAt: number; why: string | null }>(
    `SELECT due_at AS dueAt, why FROM records WHERE queue = +? AND state = 'waiting' ORDER BY due_at LIMIT 1`,
  );
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
  return ({ campaign, definition, open, closed, now }) => {
    const ahead = (id: number): QueueAhead => ({ ...due.get(id), isFresh: fresh.get(id) !== undefined });
    const next = nextOf({ definition, open, closed, now }, ahead);
    if (next) return { ...next, exhausted: false };
    return { exhausted: anybody.get({ campaign }) === undefined };
  };
}
