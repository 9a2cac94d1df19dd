-- Contacts are put into the search index as they are imported; those of imports that have not finished are put there now.

INSERT INTO contact_search (rowid, text)
SELECT t.id, t.text FROM contact_texts t JOIN contacts c ON c.id = t.id JOIN imports i ON i.id = c.import
WHERE i.state <> 'finished' AND c.id > i.indexed_to;

ALTER TABLE imports DROP COLUMN indexed_to;
