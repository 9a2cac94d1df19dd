-- Recordings of calls: the sound is a file, this is what is known of it. A deleted one leaves its row.
CREATE TABLE recordings (
  name TEXT PRIMARY KEY,
  attempt TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('conversation', 'greeting')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  bytes INTEGER,
  duration_ms INTEGER,
  announced INTEGER NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  kept_until INTEGER NOT NULL,
  deleted_at INTEGER,
  deleted_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX recordings_attempt ON recordings (attempt);
CREATE INDEX recordings_started ON recordings (started_at);
CREATE INDEX recordings_open ON recordings (started_at) WHERE ended_at IS NULL;
CREATE INDEX recordings_kept ON recordings (kept_until) WHERE deleted_at IS NULL;
