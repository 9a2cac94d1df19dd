-- Whether the person who was connected had to wait for an agent: 1, 0 when one was ready at the answer, NULL when not known.
ALTER TABLE attempts ADD COLUMN waited bigint;
