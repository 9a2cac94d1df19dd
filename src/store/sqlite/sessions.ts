// The agents' sessions: when they began and ended, and every stretch of time in one state.

import type { SessionStore, StateTime, UnfinishedSession } from '../../engine/store-sessions.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

export function sessionHandlers(db: Connection, ids: CampaignIds): Handlers<SessionStore> {
  const open = db.prepare(`
    INSERT INTO sessions (session, agent, campaign, phone_mode, leg, bridge, started_at) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const endStretch = db.prepare('UPDATE session_states SET to_at = ? WHERE session = ? AND to_at IS NULL');
  const startStretch = db.prepare(
    'INSERT INTO session_states (session, state, reason, attempt, from_at) VALUES (?, ?, ?, ?, ?)',
  );
  const setLeg = db.prepare('UPDATE sessions SET leg = ? WHERE session = ?');
  const close = db.prepare('UPDATE sessions SET ended_at = ?, end_reason = ? WHERE session = ? AND ended_at IS NULL');
  // A session without a state yet has not been made ready: paused.
  const unfinished = db.prepare<[], UnfinishedSession>(`
    SELECT s.session, s.agent, c.name AS campaign, s.phone_mode AS phoneMode, s.leg, s.bridge,
      s.started_at AS startedAt, coalesce(t.state, 'paused') AS state, t.reason, t.attempt
    FROM sessions s JOIN campaigns c ON c.id = s.campaign
    LEFT JOIN session_states t ON t.id = (SELECT max(id) FROM session_states WHERE session = s.session)
    WHERE s.ended_at IS NULL ORDER BY s.started_at`);
  const times = db.prepare<Record<string, unknown>, StateTime>(`
    SELECT s.agent, c.name AS campaign, t.state,
      sum(min(coalesce(t.to_at, :toAt), :toAt) - max(t.from_at, :fromAt)) AS ms
    FROM session_states t JOIN sessions s ON s.session = t.session JOIN campaigns c ON c.id = s.campaign
    WHERE t.from_at < :toAt AND (t.to_at > :fromAt OR t.to_at IS NULL) AND (:campaign IS NULL OR c.name = :campaign)
    GROUP BY s.agent, c.name, t.state ORDER BY s.agent, c.name, t.state`);
  return {
    open({ session, agent, campaign, phoneMode, leg, bridge, startedAt }) {
      open.run(session, agent, ids.of(campaign, startedAt), phoneMode, leg, bridge, startedAt);
    },
    state({ session, state, reason, attempt, leg, at }) {
      endStretch.run(at, session);
      startStretch.run(session, state, reason, attempt, at);
      setLeg.run(leg, session);
    },
    close(session, at, reason) {
      endStretch.run(at, session);
      close.run(at, reason, session);
    },
    unfinished: () => unfinished.all(),
    times: ({ campaign, fromAt, toAt }) => times.all({ campaign: campaign ?? null, fromAt, toAt }),
  };
}
