-- What agents do at their desks: each desk as it is now, and what became of every interaction.
CREATE TABLE desks (
  session TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  version INTEGER NOT NULL,
  desk TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE interactions (
  interaction TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  session TEXT NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- The attempts with their results, and who or what had each dialed, and when; JSON.
  calls TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX interactions_record ON interactions (record) WHERE record IS NOT NULL;
CREATE INDEX interactions_agent ON interactions (agent, interaction);
