-- What agents write while they have a record in hand; the text grows as it is typed.
CREATE TABLE notes (
  interaction text PRIMARY KEY,
  agent text NOT NULL,
  campaign bigint NOT NULL REFERENCES campaigns (id),
  record bigint NOT NULL,
  contact bigint NOT NULL,
  text text NOT NULL,
  version bigint NOT NULL,
  begun_at bigint NOT NULL,
  written_at bigint NOT NULL
);

CREATE INDEX notes_contact ON notes (contact, begun_at);
