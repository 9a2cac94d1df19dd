-- People who sign in, what they are signed in with, and tokens of programs. Secrets are kept as hashes alone.
CREATE TABLE users (
  name TEXT PRIMARY KEY,
  full_name TEXT NOT NULL,
  role TEXT NOT NULL,
  agent TEXT,
  password_hash TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  password_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX users_agent ON users (agent) WHERE agent IS NOT NULL;

CREATE TABLE web_sessions (
  session TEXT PRIMARY KEY,
  user_name TEXT NOT NULL,
  address TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX web_sessions_user ON web_sessions (user_name, seen_at);

CREATE TABLE web_devices (
  device TEXT NOT NULL,
  user_name TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_name, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  ends_at INTEGER,
  revoked_at INTEGER,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
