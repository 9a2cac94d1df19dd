-- People who sign in, what they are signed in with, and tokens of programs. Secrets are kept as hashes alone.
CREATE TABLE users (
  name text PRIMARY KEY,
  full_name text NOT NULL,
  role text NOT NULL,
  agent text,
  password_hash text NOT NULL,
  added_at bigint NOT NULL,
  password_at bigint NOT NULL
);

CREATE UNIQUE INDEX users_agent ON users (agent) WHERE agent IS NOT NULL;

CREATE TABLE web_sessions (
  session text PRIMARY KEY,
  user_name text NOT NULL,
  address text NOT NULL,
  began_at bigint NOT NULL,
  seen_at bigint NOT NULL
);

CREATE INDEX web_sessions_user ON web_sessions (user_name, seen_at);

CREATE TABLE web_devices (
  device text NOT NULL,
  user_name text NOT NULL,
  seen_at bigint NOT NULL,
  PRIMARY KEY (user_name, device)
);

CREATE TABLE api_tokens (
  name text PRIMARY KEY,
  hash text NOT NULL UNIQUE,
  scopes jsonb NOT NULL,
  added_at bigint NOT NULL,
  added_by text NOT NULL,
  ends_at bigint,
  revoked_at bigint,
  used_at bigint
);
