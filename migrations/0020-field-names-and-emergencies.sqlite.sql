-- Names of the fields that contacts have, by the import that put them on a list: what conditions may ask for.
CREATE TABLE import_fields (
  import INTEGER NOT NULL REFERENCES imports (id),
  field TEXT NOT NULL,
  PRIMARY KEY (import, field)
) STRICT, WITHOUT ROWID;
INSERT INTO import_fields (import, field)
SELECT DISTINCT m.import, f.key FROM list_contacts m JOIN imports i ON i.id = m.import
JOIN contacts c ON c.id = m.contact JOIN json_each(c.fields) f;

-- States of emergency that an admin has declared, for every campaign whose rule packs have a clause on them.
CREATE TABLE emergencies (
  id INTEGER PRIMARY KEY,
  pack TEXT NOT NULL,
  -- It lapses then by itself.
  until_at INTEGER NOT NULL,
  declared_at INTEGER NOT NULL,
  declared_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_at INTEGER,
  ended_by TEXT
) STRICT;
