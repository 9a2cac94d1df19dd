// Tokens of programs, as hashes. A revoked one stays: its name is never given again.

import type { ApiToken, ApiTokenStore } from '../../engine/store/users.ts';
import { Json, sql } from '../statement.ts';
import { all, changes, quick, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const apiTokens: Noun<ApiTokenStore> = {
  all: quick(() => all(ALL)),
  add: write(function* (token) {
    return (yield* changes(ADD, { ...token, scopes: new Json(token.scopes) })) > 0;
  }),
  revoke: write(function* (name, at) {
    return (yield* changes(REVOKE, { name, at })) > 0;
  }),
  used: write(function* (marks) {
    for (const mark of marks) yield* run(USED, { ...mark });
  }),
};

const ALL = sql<ApiToken>`
  SELECT name, hash, scopes AS "scopes{}", added_at AS "addedAt", added_by AS "addedBy", ends_at AS "endsAt",
    revoked_at AS "revokedAt", used_at AS "usedAt" FROM api_tokens ORDER BY name`;
const ADD = sql`
  INSERT INTO api_tokens (name, hash, scopes, added_at, added_by, ends_at)
  VALUES (:name, :hash, :scopes, :addedAt, :addedBy, :endsAt)
  ON CONFLICT (name) DO NOTHING`;
const REVOKE = sql`UPDATE api_tokens SET revoked_at = :at WHERE name = :name AND revoked_at IS NULL`;
const USED = sql`UPDATE api_tokens SET used_at = :usedAt WHERE name = :name AND coalesce(used_at, 0) < :usedAt`;
