-- Commands of workspaces that were carried out: the same key again does nothing, also after a restart.
CREATE TABLE desk_keys (
  agent text NOT NULL,
  key text NOT NULL,
  -- A digest of the command.
  what text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (agent, key)
);
