-- Records that are kept for an agent and not dialed yet. The record is 'dialing' meanwhile, so that nobody else takes it,
-- and has the reservation's id as its last attempt until it is dialed.
CREATE TABLE reservations (
  reservation TEXT PRIMARY KEY,
  record INTEGER NOT NULL UNIQUE,
  agent TEXT NOT NULL,
  since_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  -- As it stood: its state, when due, why, its last attempt; JSON.
  before TEXT NOT NULL
) STRICT;
CREATE INDEX reservations_until ON reservations (until_at);
