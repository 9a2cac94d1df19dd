// The agents' sessions: when they began and ended, and every stretch of time in one state. What is reported twice,
// because the answer to its first commit was lost, counts once.

import type { AgentDay, SessionStore, StateTime, TalkCount, UnfinishedSession } from '../../engine/store/sessions.ts';
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
  outside: write(function* (call) {
    yield* run(SET_TRUNK, { ...call });
  }),
  phone: write(function* (session, kind) {
    yield* run(SET_PHONE, { session, kind });
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
  day: long(function* (query) {
    const sessions = yield* all(DAY_SESSIONS, query);
    return { sessions, times: yield* all(DAY_TIMES, query), calls: yield* all(DAY_CALLS, query) };
  }),
  talks: long(({ fromAt, toAt }) => all(TALKS, { fromAt, toAt })),
  times: long(({ campaign, fromAt, toAt }) => all(TIMES, { campaign, fromAt, toAt })),
};

const OPEN = sql`
  INSERT INTO sessions (session, agent, campaign, phone_mode, phone_kind, phone_number, leg, bridge, started_at)
  SELECT :session, :agent, id, :phoneMode, :phoneKind, :phoneNumber, :leg, :bridge, :startedAt FROM campaigns WHERE name = :campaign
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
const SET_PHONE = sql`UPDATE sessions SET phone_kind = :kind WHERE session = :session`;
const SET_TRUNK = sql`UPDATE sessions SET phone_trunk = :trunk WHERE session = :session`;
const SET_LEG = sql`UPDATE sessions SET leg = :leg WHERE session = :session AND leg IS DISTINCT FROM :leg`;

const END_LAST_STRETCH = sql`UPDATE session_states SET to_at = :at WHERE session = :session AND to_at IS NULL`;
const CLOSE = sql`
  UPDATE sessions SET ended_at = :at, end_reason = :reason WHERE session = :session AND ended_at IS NULL`;

// A session without a state yet has not been made ready: paused.
const UNFINISHED = sql<UnfinishedSession>`
  SELECT s.session, s.agent, c.name AS campaign, s.phone_mode AS "phoneMode",
    s.phone_kind AS "phoneKind", s.phone_number AS "phoneNumber", s.phone_trunk AS "phoneTrunk", s.leg, s.bridge,
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

// A call that is talked on in two stretches is one.
const TALKS = sql<TalkCount>`
  SELECT s.agent, c.name AS campaign, count(DISTINCT t.attempt) AS talks
  FROM session_states t JOIN sessions s ON s.session = t.session JOIN campaigns c ON c.id = s.campaign
  WHERE t.state = 'talking' AND t.attempt IS NOT NULL AND t.from_at >= :fromAt AND t.from_at < :toAt
  GROUP BY s.agent, c.name ORDER BY s.agent, c.name`;

const DAY_SESSIONS = sql<AgentDay['sessions'][number]>`
  SELECT s.session, c.name AS campaign, s.started_at AS "startedAt", s.ended_at AS "endedAt"
  FROM sessions s JOIN campaigns c ON c.id = s.campaign
  WHERE s.agent = :agent AND s.started_at < :toAt AND (s.ended_at > :fromAt OR s.ended_at IS NULL)
  ORDER BY s.started_at, s.session`;
const DAY_TIMES = sql<AgentDay['times'][number]>`
  SELECT t.state, CAST(
    sum(${LEAST}(coalesce(t.to_at, :toAt), :toAt) - ${GREATEST}(t.from_at, :fromAt)) AS bigint) AS ms
  FROM sessions s JOIN session_states t ON t.session = s.session
  WHERE s.agent = :agent AND t.from_at < :toAt AND (t.to_at > :fromAt OR t.to_at IS NULL)
  GROUP BY t.state ORDER BY t.state`;
// A call that is talked on in two stretches, because the phone was away between them, is one.
const DAY_CALLS = sql<AgentDay['calls'][number]>`
  SELECT coalesce(a.disposition, i.disposition) AS disposition, count(*) AS count
  FROM (SELECT DISTINCT t.attempt FROM sessions s JOIN session_states t ON t.session = s.session
    WHERE s.agent = :agent AND t.state = 'talking' AND t.attempt IS NOT NULL
      AND t.from_at >= :fromAt AND t.from_at < :toAt) m
  LEFT JOIN attempts a ON a.attempt = m.attempt LEFT JOIN inbound_calls i ON i.call = m.attempt
  GROUP BY 1 ORDER BY 1`;
