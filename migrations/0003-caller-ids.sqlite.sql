-- How often a caller ID has been shown since a day began.
CREATE INDEX attempts_caller_id ON attempts (caller_id, dialed_at);
