// People who sign in. One who is removed, or has a new password, is signed in nowhere any more: in the same transaction.

import type { User, UserStore } from '../../engine/store/users.ts';
import { sql } from '../statement.ts';
import { all, changes, first, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';
import { forgetDevices, forgetSessions } from './web-sessions.ts';

export const users: Noun<UserStore> = {
  all: quick(() => all(ALL)),
  add: write(function* (user) {
    if (user.agent !== null && (yield* first(OF_AGENT, { agent: user.agent, name: user.name }))) return 'agent-taken';
    return (yield* changes(ADD, { ...user })) > 0 ? 'added' : 'name-taken';
  }),
  change: write(function* (name, { role, agent, fullName, password }) {
    if (typeof agent === 'string' && (yield* first(OF_AGENT, { agent, name }))) return 'agent-taken';
    const { hash, at } = password ?? {};
    const values = { name, role, fullName, hash, at, agent, setsAgent: agent !== undefined };
    if ((yield* changes(CHANGE, values)) === 0) return 'unknown';
    if (password) {
      yield* run(forgetSessions, { user: name });
      yield* run(forgetDevices, { user: name });
    }
    return 'changed';
  }),
  remove: write(function* (name) {
    yield* run(forgetSessions, { user: name });
    yield* run(forgetDevices, { user: name });
    return (yield* changes(REMOVE, { name })) > 0;
  }),
};

const ALL = sql<User>`
  SELECT name, full_name AS "fullName", role, agent, password_hash AS "passwordHash", added_at AS "addedAt",
    password_at AS "passwordAt" FROM users ORDER BY name`;
const OF_AGENT = sql<{ name: string }>`SELECT name FROM users WHERE agent = :agent AND name <> :name`;
const ADD = sql`
  INSERT INTO users (name, full_name, role, agent, password_hash, added_at, password_at)
  VALUES (:name, :fullName, :role, :agent, :passwordHash, :addedAt, :passwordAt)
  ON CONFLICT (name) DO NOTHING`;
const CHANGE = sql`
  UPDATE users SET role = coalesce(:role, role), full_name = coalesce(:fullName, full_name),
    agent = CASE WHEN :setsAgent::bigint = 1 THEN :agent ELSE agent END,
    password_hash = coalesce(:hash, password_hash), password_at = coalesce(:at, password_at)
  WHERE name = :name`;
const REMOVE = sql`DELETE FROM users WHERE name = :name`;
