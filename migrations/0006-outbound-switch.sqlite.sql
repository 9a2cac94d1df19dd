-- Every time that all outbound calling was switched off or on.
CREATE TABLE outbound_turns (
  id INTEGER PRIMARY KEY,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
