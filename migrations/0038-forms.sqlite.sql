-- Forms that an agent has half typed, of interactions that are not done.
CREATE TABLE forms (
  interaction TEXT NOT NULL,
  form TEXT NOT NULL,
  agent TEXT NOT NULL,
  -- Null: the campaign has none of the person.
  contact INTEGER,
  -- What stands in its inputs, by their names; JSON. Null: it was saved or given up.
  inputs TEXT,
  -- Counts the changes.
  version INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (interaction, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX forms_contact ON forms (contact);
