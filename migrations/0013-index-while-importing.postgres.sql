-- How far an import had put its contacts into the search index: here the database does that by itself.

ALTER TABLE imports DROP COLUMN indexed_to;
