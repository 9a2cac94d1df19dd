// In which browsers people are signed in, and in which they have been.

import type { WebDevice, WebSession, WebSessionStore } from '../../engine/store/users.ts';
import { GREATEST } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all, changes, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const webSessions: Noun<WebSessionStore> = {
  all: quick(() => all(ALL)),
  devices: quick(() => all(DEVICES)),
  open: write(function* (session, { passwordHash, device, most }) {
    if ((yield* changes(OPEN, { ...session, passwordHash })) === 0) return false;
    const { user, seenAt } = session;
    yield* run(DEVICE, { user, device, seenAt });
    yield* run(MOST_SESSIONS, { user, most, session: session.session });
    yield* run(MOST_DEVICES, { user, most, device });
    return true;
  }),
  seen: write(function* (marks) {
    for (const mark of marks) yield* run(SEEN, { ...mark });
  }),
  end: write(function* (session) {
    return (yield* changes(END, { session })) > 0;
  }),
  endOf: write(function* (user, but) {
    if (but === undefined) yield* run(forgetDevices, { user });
    return yield* changes(END_OF, { user, but: but ?? '' });
  }),
  endOld: write((limits) => changes(END_OLD, { ...limits })),
};

export const forgetSessions = sql`DELETE FROM web_sessions WHERE user_name = :user`;
export const forgetDevices = sql`DELETE FROM web_devices WHERE user_name = :user`;

const ALL = sql<WebSession>`
  SELECT session, user_name AS "user", address, began_at AS "beganAt", seen_at AS "seenAt" FROM web_sessions
  ORDER BY began_at, session`;
const DEVICES = sql<WebDevice>`
  SELECT device, user_name AS "user", seen_at AS "seenAt" FROM web_devices ORDER BY user_name, device`;
const OPEN = sql`
  INSERT INTO web_sessions (session, user_name, address, began_at, seen_at)
  SELECT :session, name, :address, :beganAt, :seenAt FROM users WHERE name = :user AND password_hash = :passwordHash`;
const DEVICE = sql`
  INSERT INTO web_devices (device, user_name, seen_at) VALUES (:device, :user, :seenAt)
  ON CONFLICT (user_name, device) DO UPDATE SET seen_at = excluded.seen_at`;
const MOST_SESSIONS = sql`
  DELETE FROM web_sessions WHERE user_name = :user AND session <> :session AND session NOT IN (
    SELECT session FROM web_sessions WHERE user_name = :user ORDER BY seen_at DESC, session LIMIT :most)`;
const MOST_DEVICES = sql`
  DELETE FROM web_devices WHERE user_name = :user AND device <> :device AND device NOT IN (
    SELECT device FROM web_devices WHERE user_name = :user ORDER BY seen_at DESC, device LIMIT :most)`;
const SEEN = sql`UPDATE web_sessions SET seen_at = ${GREATEST}(seen_at, :seenAt) WHERE session = :session`;
const END = sql`DELETE FROM web_sessions WHERE session = :session`;
const END_OF = sql`DELETE FROM web_sessions WHERE user_name = :user AND session <> :but`;
const END_OLD = sql`DELETE FROM web_sessions WHERE seen_at < :seenBefore OR began_at < :beganBefore`;
