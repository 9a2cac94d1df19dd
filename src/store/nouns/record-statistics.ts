// Counts the records of a campaign: by how they stand, and for its statistics. Goes through the campaign's records once.

import type { RecordCounts, RecordStatistics } from '../../engine/store/records.ts';
import type { RecordState, Result } from '../../terms.ts';
import { part, sql } from '../statement.ts';
import { all, first } from '../work.ts';
import type { Work } from '../work.ts';

const HOUR_MS = 3_600_000;

const OF_CAMPAIGN = part`campaign = (SELECT id FROM campaigns WHERE name = :campaign)`;
const GROUPS = sql<{ state: RecordState; result: Result | null; disposition: string | null; count: number }>`
  SELECT state, last_result AS result, last_disposition AS disposition, count(*) AS count FROM records
  WHERE ${OF_CAMPAIGN} GROUP BY state, last_result, last_disposition`;
/** The first of each queue, by its index. */
const NEXT_DUE = sql<{ at: number | null }>`
  SELECT min(one.at) AS at FROM (
    SELECT (SELECT r.due_at FROM records r WHERE r.queue = q.id AND r.state = 'waiting' ORDER BY r.due_at LIMIT 1) AS at
    FROM record_queues q WHERE q.${OF_CAMPAIGN}) one`;

export function* recordCounts(campaign: string): Work<RecordCounts> {
  const byState = { fresh: 0, waiting: 0, dialing: 0, finished: 0, removed: 0 };
  const byResult: Partial<Record<Result, number>> = {};
  const byDisposition: Record<string, number> = {};
  for (const { state, result, disposition, count } of yield* all(GROUPS, { campaign })) {
    byState[state] += count;
    if (result !== null) byResult[result] = (byResult[result] ?? 0) + count;
    if (disposition !== null) byDisposition[disposition] = (byDisposition[disposition] ?? 0) + count;
  }
  return { byState, byResult, byDisposition, nextDueAt: (yield* first(NEXT_DUE, { campaign }))?.at ?? null };
}

type Counts = Omit<RecordStatistics, 'reached' | 'attemptsPerHour' | 'lastAttemptAt'>;

const COUNTS = sql<Counts>`
  SELECT count(*) AS total,
    count(*) FILTER (WHERE state = 'finished' AND coalesce(why, '') NOT LIKE '%do-not-call%') AS processed,
    count(*) FILTER (WHERE state = 'fresh'
      OR (state = 'waiting' AND due_at <= :now AND coalesce(held_until, 0) <= :now)) AS waiting,
    count(*) FILTER (WHERE state = 'waiting' AND due_at > :now AND coalesce(held_until, 0) <= :now) AS scheduled,
    count(*) FILTER (WHERE state = 'removed' OR (state = 'finished' AND why LIKE '%do-not-call%')
      OR (state = 'waiting' AND coalesce(held_until, 0) > :now)) AS blocked,
    count(*) FILTER (WHERE state = 'dialing') AS dialing,
    count(*) FILTER (WHERE aside = 'filter'
      AND (why LIKE '%: never dialed.' OR why LIKE '% (allow_c%).')) AS "neverDialed",
    count(*) FILTER (WHERE callback IS NOT NULL AND state = 'waiting') AS callbacks,
    CAST(coalesce(sum(attempts) FILTER (WHERE state = 'finished'), 0) AS bigint) AS "attemptsOnProcessed",
    CAST(coalesce(sum(attempts) FILTER (WHERE state IN ('fresh', 'waiting', 'dialing')), 0) AS bigint)
      AS "attemptsOnRest"
  FROM records WHERE ${OF_CAMPAIGN}`;
const REACHED = sql<{ reached: number }>`
  SELECT count(DISTINCT contact) AS reached FROM attempts WHERE ${OF_CAMPAIGN} AND bridged_at IS NOT NULL`;
const LAST = sql<{ at: number | null }>`SELECT max(last_attempt_at) AS at FROM records WHERE ${OF_CAMPAIGN}`;
const DIALED = sql<{ count: number }>`
  SELECT count(*) AS count FROM attempts WHERE dialed_at > :afterAt AND dialed_at <= :toAt AND ${OF_CAMPAIGN}`;

export function* recordStatistics(campaign: string, now: number): Work<RecordStatistics> {
  const counts = yield* first(COUNTS, { campaign, now });
  if (!counts) throw new Error('counting gives a row');
  const reached = (yield* first(REACHED, { campaign }))?.reached ?? 0;
  const lastAttemptAt = (yield* first(LAST, { campaign }))?.at ?? null;
  if (lastAttemptAt === null) return { ...counts, reached, lastAttemptAt, attemptsPerHour: 0 };
  const hour = { campaign, afterAt: lastAttemptAt - HOUR_MS, toAt: lastAttemptAt };
  return { ...counts, reached, lastAttemptAt, attemptsPerHour: (yield* first(DIALED, hour))?.count ?? 0 };
}
