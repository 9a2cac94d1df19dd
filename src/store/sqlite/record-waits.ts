// Counts the records of a campaign that are to be dialed by why they wait. Goes through them once.

import { ANY_HELD_AGENT } from '../../engine/store/callbacks.ts';
import type { RecordStore } from '../../engine/store/records.ts';
import { MOST_WAITING_GROUPS } from '../../eligibility/waits.ts';
import type { WaitingGroup } from '../../eligibility/waits.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

export function recordWaits(db: Connection): Handlers<RecordStore>['waits'] {
  const groups = db.prepare<Record<string, unknown>, WaitingGroup>(`
    WITH counted AS (
      SELECT queue,
        CASE WHEN state = 'fresh' THEN 'fresh'
          WHEN due_at <= :now THEN 'due'
          WHEN coalesce(held_until, 0) > :now THEN 'rest'
          WHEN callback IS NOT NULL THEN 'callback'
          WHEN callback_agent = '${ANY_HELD_AGENT}' THEN 'held'
          ELSE 'later' END AS kind,
        CASE WHEN due_at > :now AND callback IS NULL AND coalesce(held_until, 0) <= :now
          THEN substr(why, 1, instr(why || ':', ':') - 1) END AS rule,
        min(due_at) AS dueAt, count(*) AS count
      FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND state IN ('fresh', 'waiting')
      GROUP BY 1, 2, 3)
    SELECT l.name AS list, coalesce(q.cohort, '') AS cohort, kind, rule, dueAt, count FROM counted
    LEFT JOIN record_queues q ON q.id = counted.queue
    LEFT JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
    ORDER BY count DESC LIMIT ${MOST_WAITING_GROUPS}`);
  return (campaign, now) => groups.all({ campaign, now });
}
