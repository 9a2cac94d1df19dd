-- Who talked with whom in a call, and for how long: one row for each stretch, of calls in which a control was used.
CREATE TABLE call_parts (
  attempt TEXT NOT NULL,
  part TEXT NOT NULL,
  who TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (attempt, part, who, started_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_parts_open ON call_parts (started_at) WHERE ended_at IS NULL;
