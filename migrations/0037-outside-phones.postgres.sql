-- An agent's phone may be any number that is called over a trunk.
ALTER TABLE sessions ADD COLUMN phone_number TEXT;
ALTER TABLE sessions ADD COLUMN phone_trunk TEXT;
