-- What agents write while they have a record in hand; the text grows as it is typed.
CREATE TABLE notes (
  interaction TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  record INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX notes_contact ON notes (contact, begun_at);
