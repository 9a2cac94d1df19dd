// Counts the records of a campaign for its statistics. Goes through the campaign's records once.

import type { RecordStatistics, RecordStore } from '../../engine/store-records.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

const HOUR_MS = 3_600_000;

type Counts = Omit<RecordStatistics, 'reached' | 'attemptsPerHour' | 'lastAttemptAt'>;

export function recordStatistics(db: Connection): Handlers<RecordStore>['statistics'] {
  const counts = db.prepare<Record<string, unknown>, Counts>(`
    SELECT count(*) AS total,
      coalesce(sum(state = 'finished' AND why NOT LIKE '%do-not-call%'), 0) AS processed,
      coalesce(sum(state = 'fresh' OR (state = 'waiting' AND due_at <= :now AND coalesce(held_until, 0) <= :now)), 0) AS waiting,
      coalesce(sum(state = 'waiting' AND due_at > :now AND coalesce(held_until, 0) <= :now), 0) AS scheduled,
      coalesce(sum(state = 'removed' OR (state = 'finished' AND why LIKE '%do-not-call%')
        OR (state = 'waiting' AND coalesce(held_until, 0) > :now)), 0) AS blocked,
      coalesce(sum(state = 'dialing'), 0) AS dialing,
      coalesce(sum(aside = 'filter' AND (why LIKE '%: never dialed.' OR why LIKE '% (allow_c%).')), 0) AS neverDialed,
      coalesce(sum(callback IS NOT NULL AND state = 'waiting'), 0) AS callbacks,
      coalesce(sum(iif(state = 'finished', attempts, 0)), 0) AS attemptsOnProcessed,
      coalesce(sum(iif(state IN ('fresh', 'waiting', 'dialing'), attempts, 0)), 0) AS attemptsOnRest
    FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = :campaign)`);
  const reached = db
    .prepare<[string], number>(
      `SELECT count(DISTINCT contact) FROM attempts
       WHERE campaign = (SELECT id FROM campaigns WHERE name = ?) AND bridged_at IS NOT NULL`,
    )
    .pluck();
  const last = db
    .prepare<[string], number | null>(
      `SELECT max(last_attempt_at) FROM records WHERE campaign = (SELECT id FROM campaigns WHERE name = ?)`,
    )
    .pluck();
  const hour = db
    .prepare<[number, number, string], number>(
      `SELECT count(*) FROM attempts WHERE dialed_at > ? AND dialed_at <= ?
       AND campaign = (SELECT id FROM campaigns WHERE name = ?)`,
    )
    .pluck();
  return (campaign, now) => {
    const row = counts.get({ campaign, now });
    if (!row) throw new Error('counting gives a row');
    const lastAttemptAt = last.get(campaign) ?? null;
    const attemptsPerHour =
      lastAttemptAt === null ? 0 : (hour.get(lastAttemptAt - HOUR_MS, lastAttemptAt, campaign) ?? 0);
    return { ...row, reached: reached.get(campaign) ?? 0, lastAttemptAt, attemptsPerHour };
  };
}
