// The agents' sessions: when they began and ended, and every stretch of time in one state. What is reported twice,
// because the answer to its first commit was lost, counts once.

import type { SessionStore, StateTime, UnfinishedSession } from '../../engine/store/sessions.ts';
import { GREATEST, LEAST } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, long, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';
import { makeCampaign } from './campaigns.ts';

export const sessions: Noun<SessionStore> = {
  open: write(function* (session) {
    yield* makeCampaign(session.campaign, session.startedAt);
    yield* run(OPEN, { ...session });
  }),
  state: write(function* (change) {
    yield* run(END_STRETCH, { ...change });
    yield* run(START_STRETCH, { ...change });
    yield* run(SET_LEG, { ...change });
  }),
  close: write(function* (session, at, reason) {
    yield* run(END_LAST_STRETCH, { session, at });
    yield* run(CLOSE, { session, at, reason });
  }),
  unfinished: quick(() => all(UNFINISHED)),
  times: long(({ campaign, fromAt, toAt }) => all(TIMES, { campaign, fromAt, toAt })),
};

const OPEN = sql`
  INSERT INTO sessions (session, agent, campaign, phone_mode, leg, bridge, started_at)
  SELECT :session, :agent, id, :phoneMode, :leg, :bridge, :startedAt FROM campaigns WHERE name = :campaign
  ON CONFLICT (session) DO NOTHING`;

// Only a stretch that has been reported before is still open after this.
const END_STRETCH = sql`
  UPDATE session_states SET to_at = :at WHERE session = :session AND to_at IS NULL
    AND NOT (state = :state AND from_at = :at AND attempt IS NOT DISTINCT FROM :attempt)`;
const START_STRETCH = sql`
  INSERT INTO session_states (session, state, reason, attempt, from_at)
  SELECT :session, :state, :reason, :attempt, :at
  WHERE NOT EXISTS (SELECT 1 FROM session_states WHERE session = :session AND to_at IS NULL)`;
// A nailed-up leg is the same for hours: its row is left alone then.
const SET_LEG = sql`UPDATE sessions SET leg = :leg WHERE session = :session AND leg IS DISTINCT FROM :leg`;

const END_LAST_STRETCH = sql`UPDATE session_states SET to_at = :at WHERE session = :session AND to_at IS NULL`;
const CLOSE = sql`
  UPDATE sessions SET ended_at = :at, end_reason = :reason WHERE session = :session AND ended_at IS NULL`;

// A session without a state yet has not been made ready: paused.
const UNFINISHED = sql<UnfinishedSession>`
  SELECT s.session, s.agent, c.name AS campaign, s.phone_mode AS "phoneMode", s.leg, s.bridge,
    s.started_at AS "startedAt", coalesce(t.state, 'paused') AS state, t.reason, t.attempt
  FROM sessions s JOIN campaigns c ON c.id = s.campaign
  LEFT JOIN session_states t ON t.id = (SELECT max(id) FROM session_states WHERE session = s.session)
  WHERE s.ended_at IS NULL ORDER BY s.started_at`;
const TIMES = sql<StateTime>`
  SELECT s.agent, c.name AS campaign, t.state, CAST(
    sum(${LEAST}(coalesce(t.to_at, :toAt), :toAt) - ${GREATEST}(t.from_at, :fromAt)) AS bigint) AS ms
  FROM session_states t JOIN sessions s ON s.session = t.session JOIN campaigns c ON c.id = s.campaign
  WHERE t.from_at < :toAt AND (t.to_at > :fromAt OR t.to_at IS NULL) AND (:campaign::text IS NULL OR c.name = :campaign)
  GROUP BY s.agent, c.name, t.state ORDER BY s.agent, c.name, t.state`;
