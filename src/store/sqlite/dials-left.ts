// How many records may still come up for dialing in a while: a count over the indexes of the open queues, cut off where it
// is enough to know that there are many.

import type { RecordStore } from '../../engine/store/records.ts';
import { queuesNow, queuesUntil } from '../open-queues.ts';
import type { Queue } from '../open-queues.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

interface Question {
  readonly queues: string;
  readonly untilAt: number;
  readonly most: number;
}

export function dialsLeft(db: Connection): Handlers<RecordStore>['dialsLeft'] {
  const queues = db.prepare<[string], Queue>(`
    SELECT q.id, l.name AS list, q.cohort FROM record_queues q JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
    WHERE q.campaign = (SELECT id FROM campaigns WHERE name = ?)`);
  const those = (own: string): string =>
    `SELECT 1 FROM json_each(:queues) q CROSS JOIN records r ON r.queue = q.value AND ${own}`;
  const count = db
    .prepare<Question, number>(
      `SELECT count(*) FROM (${those(`r.state = 'fresh'`)} UNION ALL
        ${those(`r.state = 'waiting' AND r.due_at <= +:untilAt`)} LIMIT +:most)`,
    )
    .pluck();
  return ({ campaign, now, untilAt, most }) => {
    const open = queuesUntil(queuesNow(queues.all(campaign.name), campaign, now), untilAt);
    return count.get({ queues: JSON.stringify(open), untilAt, most }) ?? 0;
  };
}
