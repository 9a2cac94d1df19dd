-- Commands of workspaces that were carried out: the same key again does nothing, also after a restart.
CREATE TABLE desk_keys (
  agent TEXT NOT NULL,
  key TEXT NOT NULL,
  -- A digest of the command.
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;
