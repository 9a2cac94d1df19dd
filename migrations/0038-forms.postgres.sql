-- Forms that an agent has half typed, of interactions that are not done.
CREATE TABLE forms (
  interaction text NOT NULL,
  form text NOT NULL,
  agent text NOT NULL,
  -- Null: the campaign has none of the person.
  contact bigint,
  -- What stands in its inputs, by their names; JSON. Null: it was saved or given up.
  inputs text,
  -- Counts the changes.
  version bigint NOT NULL,
  written_at bigint NOT NULL,
  PRIMARY KEY (interaction, form)
);
CREATE INDEX forms_contact ON forms (contact);
