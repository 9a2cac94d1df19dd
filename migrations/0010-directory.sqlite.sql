-- Imports that go on after a crash, a directory that is searched by index, contacts known by a key of their own, and
-- what happened to contacts.

-- Says which file with which meaning of its columns; null: the import cannot go on after a crash.
ALTER TABLE imports ADD COLUMN fingerprint TEXT;
-- Where the reader stood at the last batch, JSON.
ALTER TABLE imports ADD COLUMN mark TEXT;
-- The last line whose contact is here.
ALTER TABLE imports ADD COLUMN done_line INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;
-- Set while nobody carries the import on.
ALTER TABLE imports ADD COLUMN interrupted_at INTEGER;
-- The last of its contacts that is in the search index; worked on when it finishes.
ALTER TABLE imports ADD COLUMN indexed_to INTEGER NOT NULL DEFAULT 0;

-- Fields by which contacts are known, and the contacts that have a value there.
CREATE TABLE key_fields (field TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE contact_keys (
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (field, value, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_keys_contact ON contact_keys (contact);

CREATE TRIGGER contact_keys_added AFTER INSERT ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  INSERT INTO contact_keys (field, value, contact)
  SELECT k.field, f.value, NEW.id FROM key_fields k JOIN json_each(NEW.fields) f ON f.key = k.field WHERE f.value <> '';
END;
CREATE TRIGGER contact_keys_changed AFTER UPDATE OF fields ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  DELETE FROM contact_keys WHERE contact = OLD.id;
  INSERT INTO contact_keys (field, value, contact)
  SELECT k.field, f.value, NEW.id FROM key_fields k JOIN json_each(NEW.fields) f ON f.key = k.field WHERE f.value <> '';
END;
CREATE TRIGGER contact_keys_removed AFTER DELETE ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  DELETE FROM contact_keys WHERE contact = OLD.id;
END;

-- What a contact is found by: its name, the values of its fields, its numbers, a line each.
CREATE VIEW contact_texts (id, text) AS
SELECT c.id, concat_ws(char(10), c.name, (SELECT group_concat(f.value, char(10)) FROM json_each(c.fields) f),
  (SELECT group_concat(p.number, char(10)) FROM (SELECT number FROM phones WHERE contact = c.id ORDER BY position) p))
FROM contacts c;

-- Which contacts have three characters in a row somewhere in their text; where exactly is looked up afterwards.
CREATE VIRTUAL TABLE contact_search USING fts5 (
  text, content = '', tokenize = 'trigram remove_diacritics 1', detail = none
);
INSERT INTO contact_search (rowid, text)
SELECT t.id, t.text FROM contact_texts t JOIN contacts c ON c.id = t.id JOIN imports i ON i.id = c.import
WHERE i.state = 'finished';

-- What was done to a contact and stands nowhere else: merges, edits, values of before and after.
CREATE TABLE contact_events (
  id INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX contact_events_contact ON contact_events (contact, at);
