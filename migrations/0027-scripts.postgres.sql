-- Scripts: each version that answers were given to, how far each conversation is in one, and what was answered.
CREATE TABLE script_versions (
  script text NOT NULL,
  version text NOT NULL,
  -- The script as its file said.
  content jsonb NOT NULL,
  PRIMARY KEY (script, version)
);

CREATE TABLE script_runs (
  -- The attempt, or the call that came in.
  attempt text PRIMARY KEY,
  campaign bigint NOT NULL,
  record bigint,
  contact bigint,
  agent text NOT NULL,
  script text NOT NULL,
  script_version text NOT NULL,
  -- Counts the changes.
  version bigint NOT NULL,
  -- The way so far, everything answered, the exit; JSON.
  state text NOT NULL,
  started_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  -- Counts the changes of all runs: says whether anything was answered since.
  change bigint NOT NULL
);
CREATE INDEX script_runs_contact ON script_runs (contact);
CREATE INDEX script_runs_campaign ON script_runs (campaign, started_at);
CREATE INDEX script_runs_change ON script_runs (change);

-- What counts of a run: a row for each answer, of several choices one for each.
CREATE TABLE script_answers (
  attempt text NOT NULL,
  question text NOT NULL,
  place bigint NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  -- Of numbers.
  number double precision,
  PRIMARY KEY (attempt, question, place)
);

-- The latest answers of the person, as conditions see them.
ALTER TABLE contacts ADD COLUMN answers jsonb NOT NULL DEFAULT '{}';
