// Counts the records of a campaign that are to be dialed by why they wait. Goes through them once.

import { ANY_HELD_AGENT } from '../../engine/store/callbacks.ts';
import { MOST_WAITING_GROUPS } from '../../eligibility/waits.ts';
import type { WaitingGroup } from '../../eligibility/waits.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const GROUPS = sql<WaitingGroup>(`
  WITH counted AS (
    SELECT queue,
      CASE WHEN state = 'fresh' THEN 'fresh'
        WHEN due_at <= $2 THEN 'due'
        WHEN coalesce(held_until, 0) > $2 THEN 'rest'
        WHEN callback IS NOT NULL THEN 'callback'
        WHEN callback_agent = '${ANY_HELD_AGENT}' THEN 'held'
        ELSE 'later' END AS kind,
      CASE WHEN due_at > $2 AND callback IS NULL AND coalesce(held_until, 0) <= $2
        THEN split_part(why, ':', 1) END AS rule,
      min(due_at) AS due_at, count(*) AS count
    FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) AND state IN ('fresh', 'waiting')
    GROUP BY 1, 2, 3)
  SELECT l.name AS list, coalesce(q.cohort, '') AS cohort, kind, rule, counted.due_at AS "dueAt", count FROM counted
  LEFT JOIN record_queues q ON q.id = counted.queue
  LEFT JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
  ORDER BY count DESC LIMIT ${MOST_WAITING_GROUPS}`);

export function recordWaits(db: Db, campaign: string, now: number): Promise<readonly WaitingGroup[]> {
  return db.all(GROUPS, [campaign, now]);
}
