// Takes back attempts whose opening was asked for and whose answer was not heard: they were never dialed. The record is
// as before, but that it is due at once; one that is reserved is reserved and undialed again.

import { sql } from './database.ts';
import type { Db } from './database.ts';

const UNDO = sql(`
  WITH gone AS (DELETE FROM attempts WHERE attempt = ANY ($1) AND result IS NULL RETURNING attempt, record, contact, dialed_at)
  UPDATE records r SET last_attempt = coalesce(v.reservation, before.attempt), last_attempt_at = before.dialed_at,
    state = CASE WHEN v.record IS NOT NULL THEN 'dialing' WHEN before.attempt IS NULL THEN 'fresh' ELSE 'waiting' END,
    due_at = CASE WHEN v.record IS NOT NULL OR before.attempt IS NULL THEN NULL ELSE gone.dialed_at END
  FROM gone LEFT JOIN reservations v ON v.record = gone.record LEFT JOIN LATERAL (
    SELECT a.attempt, a.dialed_at FROM attempts a
    WHERE a.contact = gone.contact AND a.record = gone.record AND a.attempt <> ALL ($1)
    ORDER BY a.dialed_at DESC LIMIT 1) before ON TRUE
  WHERE r.id = gone.record AND r.last_attempt = gone.attempt AND r.state = 'dialing'`);

/** Takes back those of the attempts that were opened after all. */
export async function undoOpens(db: Db, attempts: readonly string[]): Promise<void> {
  if (attempts.length > 0) await db.run(UNDO, [attempts]);
}
