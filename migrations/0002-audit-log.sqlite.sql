-- Who did what to what, from which value to which: added at the end, never changed, chained by hash.

CREATE TABLE audit_log (
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Hash of the salted values.
  seal TEXT NOT NULL,
  -- Hash of the entry before, and of this one with it.
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- The values of an entry, canonical JSON {from, to}: apart, because they go when the person they tell of is forgotten.
CREATE TABLE audit_values (
  entry INTEGER PRIMARY KEY REFERENCES audit_log (entry),
  salt TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Entries whose values were taken away, with the entry that says so.
CREATE TABLE audit_erasures (
  entry INTEGER PRIMARY KEY REFERENCES audit_log (entry),
  by_entry INTEGER NOT NULL REFERENCES audit_log (entry)
) STRICT;

CREATE TRIGGER audit_log_at_the_end BEFORE INSERT ON audit_log
WHEN NEW.entry <> (SELECT coalesce(max(entry), 0) + 1 FROM audit_log)
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are added at its end'); END;
CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted'); END;
CREATE TRIGGER audit_values_unchanged BEFORE UPDATE ON audit_values
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_values_kept BEFORE DELETE ON audit_values
WHEN NOT EXISTS (SELECT 1 FROM audit_erasures WHERE entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'values of the audit log go only with a forgotten person'); END;
CREATE TRIGGER audit_erasures_unchanged BEFORE UPDATE ON audit_erasures
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_erasures_kept BEFORE DELETE ON audit_erasures
BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted'); END;
