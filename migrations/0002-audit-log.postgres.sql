-- Who did what to what, from which value to which: added at the end, never changed, chained by hash.

CREATE TABLE audit_log (
  entry bigint PRIMARY KEY,
  at bigint NOT NULL,
  who text NOT NULL,
  what text NOT NULL,
  subject text NOT NULL,
  -- Hash of the salted values.
  seal text NOT NULL,
  -- Hash of the entry before, and of this one with it.
  previous text NOT NULL,
  hash text NOT NULL
);

-- The values of an entry, canonical JSON {from, to}: apart, because they go when the person they tell of is forgotten.
CREATE TABLE audit_values (
  entry bigint PRIMARY KEY REFERENCES audit_log (entry),
  salt text NOT NULL,
  body text NOT NULL
);

-- Entries whose values were taken away, with the entry that says so.
CREATE TABLE audit_erasures (
  entry bigint PRIMARY KEY REFERENCES audit_log (entry),
  by_entry bigint NOT NULL REFERENCES audit_log (entry)
);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE FUNCTION audit_at_the_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.entry <> (SELECT coalesce(max(entry), 0) + 1 FROM audit_log) THEN
    RAISE EXCEPTION 'entries of the audit log are added at its end';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION audit_values_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit_erasures WHERE entry = OLD.entry) THEN
    RAISE EXCEPTION 'values of the audit log go only with a forgotten person';
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER audit_log_at_the_end BEFORE INSERT ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_at_the_end();
CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_refuse('the audit log is never changed');
CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION audit_refuse('the audit log is never deleted');
CREATE TRIGGER audit_log_whole BEFORE TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse('the audit log is never deleted');
CREATE TRIGGER audit_values_unchanged BEFORE UPDATE ON audit_values
  FOR EACH ROW EXECUTE FUNCTION audit_refuse('the audit log is never changed');
CREATE TRIGGER audit_values_kept BEFORE DELETE ON audit_values
  FOR EACH ROW EXECUTE FUNCTION audit_values_go();
CREATE TRIGGER audit_erasures_unchanged BEFORE UPDATE ON audit_erasures
  FOR EACH ROW EXECUTE FUNCTION audit_refuse('the audit log is never changed');
CREATE TRIGGER audit_erasures_kept BEFORE DELETE ON audit_erasures
  FOR EACH ROW EXECUTE FUNCTION audit_refuse('the audit log is never deleted');
