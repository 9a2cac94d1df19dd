// Counts the records of a campaign for its statistics. Goes through the campaign's records once.

import type { RecordStatistics } from '../../engine/store-records.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

const HOUR_MS = 3_600_000;

type Counts = Omit<RecordStatistics, 'reached' | 'attemptsPerHour' | 'lastAttemptAt'>;

const COUNTS = sql<Counts>(`
  SELECT count(*) AS total,
    count(*) FILTER (WHERE state = 'finished' AND coalesce(why, '') NOT LIKE '%do-not-call%') AS processed,
    count(*) FILTER (WHERE state = 'fresh'
      OR (state = 'waiting' AND due_at <= $2 AND coalesce(held_until, 0) <= $2)) AS waiting,
    count(*) FILTER (WHERE state = 'waiting' AND due_at > $2 AND coalesce(held_until, 0) <= $2) AS scheduled,
    count(*) FILTER (WHERE state = 'removed' OR (state = 'finished' AND why LIKE '%do-not-call%')
      OR (state = 'waiting' AND coalesce(held_until, 0) > $2)) AS blocked,
    count(*) FILTER (WHERE state = 'dialing') AS dialing,
    count(*) FILTER (WHERE aside = 'filter'
      AND (why LIKE '%: never dialed.' OR why LIKE '% (allow_c%).')) AS "neverDialed",
    count(*) FILTER (WHERE callback IS NOT NULL AND state = 'waiting') AS callbacks,
    coalesce(sum(attempts) FILTER (WHERE state = 'finished'), 0)::bigint AS "attemptsOnProcessed",
    coalesce(sum(attempts) FILTER (WHERE state IN ('fresh', 'waiting', 'dialing')), 0)::bigint AS "attemptsOnRest"
  FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = $1)`);
const REACHED = sql<{ reached: number }>(`
  SELECT count(DISTINCT contact) AS reached FROM attempts
  WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) AND bridged_at IS NOT NULL`);
const LAST = sql<{ at: number | null }>(`
  SELECT max(last_attempt_at) AS at FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = $1)`);
const HOUR = sql<{ count: number }>(`
  SELECT count(*) AS count FROM attempts WHERE dialed_at > $1 AND dialed_at <= $2
    AND campaign = (SELECT id FROM campaigns WHERE name = $3)`);

export async function recordStatistics(db: Db, campaign: string, now: number): Promise<RecordStatistics> {
  const counts = await db.first(COUNTS, [campaign, now]);
  if (!counts) throw new Error('counting gives a row');
  const lastAttemptAt = (await db.first(LAST, [campaign]))?.at ?? null;
  const hour = lastAttemptAt === null ? undefined : [lastAttemptAt - HOUR_MS, lastAttemptAt, campaign];
  return {
    ...counts,
    reached: (await db.first(REACHED, [campaign]))?.reached ?? 0,
    lastAttemptAt,
    attemptsPerHour: hour ? ((await db.first(HOUR, hour))?.count ?? 0) : 0,
  };
}
