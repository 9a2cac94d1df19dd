-- Who talked with whom in a call, and for how long: one row for each stretch, of calls in which a control was used.
CREATE TABLE call_parts (
  attempt text COLLATE "C" NOT NULL,
  part text NOT NULL,
  who text COLLATE "C" NOT NULL,
  started_at bigint NOT NULL,
  ended_at bigint,
  PRIMARY KEY (attempt, part, who, started_at)
);
CREATE INDEX call_parts_open ON call_parts (started_at) WHERE ended_at IS NULL;
