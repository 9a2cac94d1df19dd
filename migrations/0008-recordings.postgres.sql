-- Recordings of calls: the sound is a file, this is what is known of it. A deleted one leaves its row.
CREATE TABLE recordings (
  name text COLLATE "C" PRIMARY KEY,
  attempt text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('conversation', 'greeting')),
  started_at bigint NOT NULL,
  ended_at bigint,
  bytes bigint,
  duration_ms bigint,
  announced bigint NOT NULL,
  paused bigint NOT NULL DEFAULT 0,
  kept_until bigint NOT NULL,
  deleted_at bigint,
  deleted_by text
);
CREATE INDEX recordings_attempt ON recordings (attempt);
CREATE INDEX recordings_started ON recordings (started_at);
CREATE INDEX recordings_open ON recordings (started_at) WHERE ended_at IS NULL;
CREATE INDEX recordings_kept ON recordings (kept_until) WHERE deleted_at IS NULL;
