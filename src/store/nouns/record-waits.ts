// Counts the records of a campaign that are to be dialed by why they wait. Goes through them once.

import { ANY_ENGAGED_AGENT } from '../../engine/store/callbacks.ts';
import { MOST_WAITING_GROUPS } from '../../eligibility/waits.ts';
import type { WaitingGroup } from '../../eligibility/waits.ts';
import { sql } from '../statement.ts';
import type { InBoth } from '../statement.ts';
import { all } from '../work.ts';
import type { Work } from '../work.ts';

/** What stands before the colon in the reason. */
const RULE: InBoth = { sqlite: `substr(why, 1, instr(why || ':', ':') - 1)`, postgres: `split_part(why, ':', 1)` };

const GROUPS = sql<WaitingGroup>`
  WITH counted AS (
    SELECT queue,
      CASE WHEN state = 'fresh' THEN 'fresh'
        WHEN due_at <= :now THEN 'due'
        WHEN coalesce(held_until, 0) > :now THEN 'rest'
        WHEN callback IS NOT NULL THEN 'callback'
        WHEN callback_agent = '${ANY_ENGAGED_AGENT}' THEN 'engaged'
        ELSE 'later' END AS kind,
      CASE WHEN due_at > :now AND callback IS NULL AND coalesce(held_until, 0) <= :now THEN ${RULE} END AS rule,
      min(due_at) AS soonest, count(*) AS count
    FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND state IN ('fresh', 'waiting')
    GROUP BY 1, 2, 3)
  SELECT l.name AS list, coalesce(q.cohort, '') AS cohort, kind, rule, soonest AS "dueAt", count FROM counted
  LEFT JOIN record_queues q ON q.id = counted.queue
  LEFT JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
  ORDER BY count DESC LIMIT ${MOST_WAITING_GROUPS}`;

export function recordWaits(campaign: string, now: number): Work<readonly WaitingGroup[]> {
  return all(GROUPS, { campaign, now });
}
