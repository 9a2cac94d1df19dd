-- The data of outdial: contacts and lists, campaigns and records, attempts, agents and their sessions, do-not-call.
-- Instants are epoch ms UTC. Numbers of telephones are E.164 with the plus sign. JSON columns hold objects or arrays.

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'unapproved',
  changed_at INTEGER NOT NULL,
  -- What the pacer has learned, JSON of its own.
  learned TEXT,
  -- The order for which the records' sort keys were worked out, JSON.
  record_order TEXT NOT NULL DEFAULT '{"by":"oldest-first"}'
) STRICT;

CREATE TABLE campaign_steps (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX campaign_steps_campaign ON campaign_steps (campaign, id);

-- The lists that the campaign used when its records were last made.
CREATE TABLE campaign_lists (
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  list TEXT NOT NULL,
  PRIMARY KEY (campaign, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at INTEGER,
  -- Set while its contacts are being deleted: the list is gone for everybody.
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX lists_name ON lists (name) WHERE removed_at IS NULL;

-- One run of an import. What it brought is visible from the moment it is 'finished'.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  list INTEGER REFERENCES lists (id),
  source TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('staged', 'finishing', 'finished', 'abandoned')),
  started_at INTEGER NOT NULL,
  -- How many contacts it put on the list.
  members INTEGER NOT NULL DEFAULT 0,
  -- The first contact that it made; all others have higher ids.
  first_contact INTEGER
) STRICT;
CREATE INDEX imports_list ON imports (list);

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  -- The import that made it, without a foreign key: deleting an import must not look through all contacts.
  import INTEGER NOT NULL
) STRICT;

CREATE TABLE phones (
  contact INTEGER NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (contact, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX phones_number ON phones (number);

CREATE TABLE list_contacts (
  list INTEGER NOT NULL REFERENCES lists (id),
  contact INTEGER NOT NULL REFERENCES contacts (id),
  import INTEGER NOT NULL,
  PRIMARY KEY (list, contact)
) STRICT, WITHOUT ROWID;
CREATE INDEX list_contacts_contact ON list_contacts (contact);

-- What an import will change in contacts that were there before it; applied when it finishes.
CREATE TABLE staged_merges (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES imports (id),
  contact INTEGER NOT NULL,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  phones TEXT NOT NULL
) STRICT;
CREATE INDEX staged_merges_import ON staged_merges (import, id);

CREATE TABLE records (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  contact INTEGER NOT NULL REFERENCES contacts (id),
  state TEXT NOT NULL DEFAULT 'fresh' CHECK (state IN ('fresh', 'waiting', 'dialing', 'finished', 'removed')),
  due_at INTEGER,
  phone_index INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  -- Place among fresh records of the same priority, ascending; see the campaign's record_order.
  sort_key TEXT NOT NULL DEFAULT '',
  -- Attempts that count.
  attempts INTEGER NOT NULL DEFAULT 0,
  -- How often each call-again rule has applied, JSON by the rule's place.
  rule_uses TEXT NOT NULL DEFAULT '{}',
  last_attempt TEXT,
  last_attempt_at INTEGER,
  last_result TEXT,
  last_disposition TEXT,
  last_agent TEXT,
  -- Why it waits or is finished, in the words of the rule that decided.
  why TEXT,
  CHECK ((state = 'waiting') = (due_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX records_contact ON records (contact, campaign);
CREATE INDEX records_fresh ON records (campaign, priority DESC, sort_key, id) WHERE state = 'fresh';
CREATE INDEX records_waiting ON records (campaign, priority DESC, due_at, id) WHERE state = 'waiting';
CREATE INDEX records_due ON records (campaign, due_at) WHERE state = 'waiting';
CREATE INDEX records_dialing ON records (campaign) WHERE state = 'dialing';
CREATE INDEX records_state ON records (campaign, state, last_result, last_disposition);

CREATE TABLE attempts (
  attempt TEXT PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  record INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  phone_index INTEGER NOT NULL,
  number TEXT NOT NULL,
  trunk TEXT NOT NULL,
  caller_id TEXT NOT NULL,
  dialed_at INTEGER NOT NULL,
  ringing_at INTEGER,
  answered_at INTEGER,
  live_at INTEGER,
  bridged_at INTEGER,
  ended_at INTEGER,
  result TEXT,
  sip_code INTEGER,
  cause INTEGER,
  verdict TEXT,
  verdict_cause TEXT,
  ended_by TEXT,
  agent TEXT,
  session TEXT,
  counts INTEGER NOT NULL DEFAULT 1,
  disposition TEXT,
  disposed_at INTEGER,
  -- The call-again rule that decided what next for the record.
  rule INTEGER,
  -- A disposition given before the end of the call: what it makes of the record, JSON.
  held_next TEXT,
  CHECK ((result IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
-- Neither a record nor a number is dialed twice at the same time.
CREATE UNIQUE INDEX attempts_open_record ON attempts (record) WHERE result IS NULL;
CREATE UNIQUE INDEX attempts_open_number ON attempts (campaign, number) WHERE result IS NULL;
CREATE INDEX attempts_record ON attempts (record, dialed_at);
CREATE INDEX attempts_number ON attempts (number, dialed_at);
CREATE INDEX attempts_dialed ON attempts (dialed_at);

CREATE TABLE agents (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  groups TEXT NOT NULL,
  account TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  sip_password TEXT NOT NULL,
  wrong_pins INTEGER NOT NULL DEFAULT 0,
  last_wrong_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  session TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  phone_mode TEXT NOT NULL,
  leg TEXT,
  bridge TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  end_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_unfinished ON sessions (started_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_started ON sessions (started_at);

CREATE TABLE session_states (
  id INTEGER PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (session),
  state TEXT NOT NULL,
  reason TEXT,
  attempt TEXT,
  from_at INTEGER NOT NULL,
  to_at INTEGER
) STRICT;
CREATE INDEX session_states_session ON session_states (session, id);
CREATE INDEX session_states_to ON session_states (to_at);

CREATE TABLE do_not_call (
  number TEXT PRIMARY KEY,
  added_at INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
