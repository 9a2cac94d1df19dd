-- Scripts: each version that answers were given to, how far each conversation is in one, and what was answered.
CREATE TABLE script_versions (
  script TEXT NOT NULL,
  version TEXT NOT NULL,
  -- The script as its file said; JSON.
  content TEXT NOT NULL,
  PRIMARY KEY (script, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE script_runs (
  -- The attempt, or the call that came in.
  attempt TEXT PRIMARY KEY,
  campaign INTEGER NOT NULL,
  record INTEGER,
  contact INTEGER,
  agent TEXT NOT NULL,
  script TEXT NOT NULL,
  script_version TEXT NOT NULL,
  -- Counts the changes.
  version INTEGER NOT NULL,
  -- The way so far, everything answered, the exit; JSON.
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- Counts the changes of all runs: says whether anything was answered since.
  change INTEGER NOT NULL
) STRICT;
CREATE INDEX script_runs_contact ON script_runs (contact);
CREATE INDEX script_runs_campaign ON script_runs (campaign, started_at);
CREATE INDEX script_runs_change ON script_runs (change);

-- What counts of a run: a row for each answer, of several choices one for each.
CREATE TABLE script_answers (
  attempt TEXT NOT NULL,
  question TEXT NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  -- Of numbers.
  number REAL,
  PRIMARY KEY (attempt, question, place)
) STRICT, WITHOUT ROWID;

-- The latest answers of the person, as conditions see them; JSON.
ALTER TABLE contacts ADD COLUMN answers TEXT NOT NULL DEFAULT '{}';
