-- What one agent has done today is looked up often.
CREATE INDEX sessions_agent ON sessions (agent, started_at);
