-- Whether the campaign's message was left on the answering machine that picked up.
ALTER TABLE attempts ADD COLUMN message_left INTEGER NOT NULL DEFAULT 0;
