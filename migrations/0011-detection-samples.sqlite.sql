-- Machine verdicts drawn by lot, and what somebody who listened has heard.
CREATE TABLE detection_samples (
  attempt TEXT PRIMARY KEY,
  drawn_at INTEGER NOT NULL,
  drawn_by TEXT NOT NULL,
  judgement TEXT CHECK (judgement IN ('human', 'machine', 'unclear')),
  judged_at INTEGER,
  judged_by TEXT
) STRICT, WITHOUT ROWID;
