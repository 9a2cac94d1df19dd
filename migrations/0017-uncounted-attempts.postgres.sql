-- Attempts in a row, up to now, that did not count: what fails on the way to a person backs off, and ends at a limit of its own.
ALTER TABLE records ADD COLUMN uncounted bigint NOT NULL DEFAULT 0;
