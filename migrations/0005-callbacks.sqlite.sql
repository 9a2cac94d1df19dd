-- What comes after a call: agreed callbacks with their history, records that rest, changed numbers, calls that came in.

-- Agreed times to call again. What is still to be kept is also at its record.
CREATE TABLE callbacks (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  record INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  -- The time agreed, and the zone in which it was said.
  at INTEGER NOT NULL,
  zone TEXT NOT NULL,
  number TEXT NOT NULL,
  phone_type TEXT NOT NULL,
  -- Personal: whose; null: any agent's.
  agent TEXT,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'cancelled', 'expired')),
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  -- The call in which it was agreed, and the one that kept it.
  set_in TEXT,
  kept_in TEXT,
  ended_at INTEGER,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX callbacks_record ON callbacks (record, id);
CREATE INDEX callbacks_pending ON callbacks (campaign, at) WHERE state = 'pending';
CREATE INDEX callbacks_at ON callbacks (at);

CREATE TABLE callback_steps (
  id INTEGER PRIMARY KEY,
  callback INTEGER NOT NULL REFERENCES callbacks (id),
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX callback_steps_callback ON callback_steps (callback, id);

-- The callback that is still to be kept, when it is tried next, and whose it is (null: any agent's).
ALTER TABLE records ADD COLUMN callback INTEGER;
ALTER TABLE records ADD COLUMN callback_at INTEGER;
ALTER TABLE records ADD COLUMN callback_agent TEXT;
-- It rests until then because an agent said "do not call back".
ALTER TABLE records ADD COLUMN held_until INTEGER;
-- Numbers dialed instead of the contact's own, JSON by the phone's place.
ALTER TABLE records ADD COLUMN number_changes TEXT;
CREATE INDEX records_personal ON records (campaign, callback_agent, callback_at)
  WHERE state = 'waiting' AND callback_agent IS NOT NULL;

-- What the agent said besides the disposition.
ALTER TABLE attempts ADD COLUMN reason TEXT;

-- Calls that people made to one of our numbers. Beside the attempts, so that no figure of outbound calls counts them.
CREATE TABLE inbound_calls (
  call TEXT PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  -- The caller's record and contact, when the number is known.
  record INTEGER,
  contact INTEGER,
  called TEXT NOT NULL,
  caller TEXT NOT NULL,
  arrived_at INTEGER NOT NULL,
  answered_at INTEGER,
  bridged_at INTEGER,
  ended_at INTEGER,
  result TEXT,
  ended_by TEXT,
  -- The caller pressed the key that asks to be called back.
  wished_at INTEGER,
  agent TEXT,
  session TEXT,
  disposition TEXT,
  disposed_at INTEGER,
  reason TEXT,
  -- The call-again rule that decided what next for the record.
  rule INTEGER,
  -- A disposition given before the end of the call: what it makes of the record, JSON.
  held_next TEXT,
  -- How the record stood before the call, JSON; it goes back to that when nobody took the call.
  before TEXT,
  CHECK ((result IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_calls_open ON inbound_calls (arrived_at) WHERE result IS NULL;
CREATE INDEX inbound_calls_arrived ON inbound_calls (arrived_at);
CREATE INDEX inbound_calls_record ON inbound_calls (record, arrived_at);
CREATE INDEX inbound_calls_caller ON inbound_calls (caller, arrived_at);
