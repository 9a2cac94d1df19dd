// The agents' sessions: when they began and ended, and every stretch of time in one state. What is told twice, because
// nobody heard of its first commit, counts once.

import type { SessionStore, StateTime, UnfinishedSession } from '../../engine/store-sessions.ts';
import { campaignMade } from './campaigns.ts';
import { sql } from './database.ts';
import type { Lanes } from './lanes.ts';

const OPEN = sql(`
  WITH made AS (${campaignMade('$3', '$7')})
  INSERT INTO sessions (session, agent, campaign, phone_mode, leg, bridge, started_at)
  SELECT $1, $2, id, $4, $5, $6, $7 FROM made ON CONFLICT (session) DO NOTHING`);
const END_STRETCH = sql('UPDATE session_states SET to_at = $2 WHERE session = $1 AND to_at IS NULL');
const CHANGE = sql(`
  WITH told AS (
    SELECT 1 FROM session_states
    WHERE session = $1 AND state = $2 AND from_at = $5 AND to_at IS NULL AND attempt IS NOT DISTINCT FROM $4),
  ended AS (
    UPDATE session_states SET to_at = $5 WHERE session = $1 AND to_at IS NULL AND NOT EXISTS (SELECT 1 FROM told)),
  started AS (
    INSERT INTO session_states (session, state, reason, attempt, from_at)
    SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM told))
  UPDATE sessions SET leg = $6 WHERE session = $1`);
const CLOSE = sql('UPDATE sessions SET ended_at = $2, end_reason = $3 WHERE session = $1 AND ended_at IS NULL');
// A session without a state yet has not been made ready: paused.
const UNFINISHED = sql<UnfinishedSession>(`
  SELECT s.session, s.agent, c.name AS campaign, s.phone_mode AS "phoneMode", s.leg, s.bridge,
    s.started_at AS "startedAt", coalesce(t.state, 'paused') AS state, t.reason, t.attempt
  FROM sessions s JOIN campaigns c ON c.id = s.campaign
  LEFT JOIN session_states t ON t.id = (SELECT max(id) FROM session_states WHERE session = s.session)
  WHERE s.ended_at IS NULL ORDER BY s.started_at`);
const TIMES = sql<StateTime>(`
  SELECT s.agent, c.name AS campaign, t.state,
    sum(least(coalesce(t.to_at, $2), $2) - greatest(t.from_at, $1))::bigint AS ms
  FROM session_states t JOIN sessions s ON s.session = t.session JOIN campaigns c ON c.id = s.campaign
  WHERE t.from_at < $2 AND (t.to_at > $1 OR t.to_at IS NULL) AND ($3::text IS NULL OR c.name = $3)
  GROUP BY s.agent, c.name, t.state ORDER BY s.agent, c.name, t.state`);

export function sessionStore({ read, write }: Lanes): SessionStore {
  return {
    open: ({ session, agent, campaign, phoneMode, leg, bridge, startedAt }) =>
      write.run(OPEN, [session, agent, campaign, phoneMode, leg, bridge, startedAt]),
    state: ({ session, state, reason, attempt, leg, at }) =>
      write.run(CHANGE, [session, state, reason, attempt, at, leg]),
    close: (session, at, reason) =>
      write.do(async (db) => {
        await db.run(END_STRETCH, [session, at]);
        await db.run(CLOSE, [session, at, reason]);
      }),
    unfinished: () => read.all(UNFINISHED),
    times: ({ campaign, fromAt, toAt }) => read.all(TIMES, [fromAt, toAt, campaign ?? null]),
  };
}
