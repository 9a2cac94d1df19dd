-- Records that are kept for an agent and not dialed yet. The record is 'dialing' meanwhile, so that nobody else takes it,
-- and has the reservation's id as its last attempt until it is dialed.
CREATE TABLE reservations (
  reservation text PRIMARY KEY,
  record bigint NOT NULL UNIQUE,
  agent text NOT NULL,
  since_at bigint NOT NULL,
  until_at bigint NOT NULL,
  -- As it stood: its state, when due, why, its last attempt; JSON.
  before text NOT NULL
);
CREATE INDEX reservations_until ON reservations (until_at);
