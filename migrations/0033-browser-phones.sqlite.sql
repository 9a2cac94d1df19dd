-- Which phone an agent's session is worked with: the one that is rung, or the browser, which dials in.
ALTER TABLE sessions ADD COLUMN phone_kind TEXT NOT NULL DEFAULT 'account';
