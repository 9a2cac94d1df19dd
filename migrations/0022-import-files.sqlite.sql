-- The files that the import read and wrote, JSON: where a forgotten person is looked for.
ALTER TABLE imports ADD COLUMN files TEXT;
