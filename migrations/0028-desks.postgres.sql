-- What agents do at their desks: each desk as it is now, and what became of every interaction.
CREATE TABLE desks (
  session text PRIMARY KEY,
  agent text NOT NULL,
  version bigint NOT NULL,
  desk text NOT NULL,
  changed_at bigint NOT NULL
);

CREATE TABLE interactions (
  interaction text PRIMARY KEY,
  agent text NOT NULL,
  campaign bigint NOT NULL,
  session text NOT NULL,
  kind text NOT NULL,
  record bigint,
  version bigint NOT NULL,
  state text NOT NULL,
  outcome text,
  began_at bigint NOT NULL,
  ended_at bigint,
  -- The attempts with their results, and who or what had each dialed, and when; JSON.
  calls text NOT NULL
);

CREATE INDEX interactions_record ON interactions (record) WHERE record IS NOT NULL;
CREATE INDEX interactions_agent ON interactions (agent, interaction);
