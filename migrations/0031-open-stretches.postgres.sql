-- The stretch in which an agent's session is now, found without a look at all of its day's.
CREATE INDEX session_states_open ON session_states (session) WHERE to_at IS NULL;
