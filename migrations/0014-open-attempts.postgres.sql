-- Attempts that are under way for longer than a history reaches back are found by when they began. The attempts of a
-- record are found among those of its contact.
CREATE INDEX attempts_open_dialed ON attempts (dialed_at) WHERE result IS NULL;
DROP INDEX attempts_record;
