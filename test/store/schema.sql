CREATE TABLE agents (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  groups TEXT NOT NULL,
  account TEXT NOT NULL,
  pin_hash TEXT NOT NULL,
  sip_digest TEXT NOT NULL, sip_realm TEXT NOT NULL DEFAULT 'asterisk') STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  ends_at INTEGER,
  revoked_at INTEGER,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TRIGGER outbox_attempt_disposed AFTER UPDATE OF disposition ON attempts
WHEN NEW.disposition IS NOT NULL AND (OLD.disposed_at IS DISTINCT FROM NEW.disposed_at)
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.disposed_at, 'record:' || NEW.record, NEW.attempt, json_object(
    'attempt', NEW.attempt, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'disposition', NEW.disposition, 'before', OLD.disposition,
    'agent', NEW.agent, 'at', NEW.disposed_at)
  FROM webhook_events w WHERE w.event = 'disposition.given';
END;

CREATE TRIGGER outbox_attempt_ended AFTER UPDATE OF result ON attempts
WHEN OLD.result IS NULL AND NEW.result IS NOT NULL
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.ended_at, 'record:' || NEW.record, NEW.attempt, json_object(
    'attempt', NEW.attempt, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'trunk', NEW.trunk, 'callerId', NEW.caller_id,
    'dialedAt', NEW.dialed_at, 'ringingAt', NEW.ringing_at, 'answeredAt', NEW.answered_at,
    'bridgedAt', NEW.bridged_at, 'endedAt', NEW.ended_at, 'result', NEW.result, 'sipCode', NEW.sip_code,
    'cause', NEW.cause, 'verdict', NEW.verdict, 'endedBy', NEW.ended_by, 'agent', NEW.agent)
  FROM webhook_events w WHERE w.event = 'attempt.ended';
END;

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
  held_next TEXT, reason TEXT, message_left INTEGER NOT NULL DEFAULT 0, validation TEXT, waited INTEGER,
  CHECK ((result IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_caller_id ON attempts (caller_id, dialed_at);

CREATE INDEX attempts_contact ON attempts (contact, dialed_at);

CREATE INDEX attempts_dialed ON attempts (dialed_at);

CREATE INDEX attempts_number ON attempts (number, dialed_at);

CREATE INDEX attempts_open_dialed ON attempts (dialed_at) WHERE result IS NULL;

CREATE UNIQUE INDEX attempts_open_number ON attempts (campaign, number) WHERE result IS NULL;

CREATE UNIQUE INDEX attempts_open_record ON attempts (record) WHERE result IS NULL;

CREATE TRIGGER audit_erasures_kept BEFORE DELETE ON audit_erasures
BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted'); END;

CREATE TRIGGER audit_erasures_unchanged BEFORE UPDATE ON audit_erasures
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE audit_erasures (
  entry INTEGER PRIMARY KEY REFERENCES audit_log (entry),
  by_entry INTEGER NOT NULL REFERENCES audit_log (entry)
) STRICT;

CREATE TRIGGER audit_log_at_the_end BEFORE INSERT ON audit_log
WHEN NEW.entry <> (SELECT coalesce(max(entry), 0) + 1 FROM audit_log)
BEGIN SELECT RAISE(ABORT, 'entries of the audit log are added at its end'); END;

CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never deleted'); END;

CREATE TRIGGER audit_log_unchanged BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE audit_log (
  entry INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Hash of the salted values.
  seal TEXT NOT NULL,
  -- Hash of the entry before, and of this one with it.
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_values_kept BEFORE DELETE ON audit_values
WHEN NOT EXISTS (SELECT 1 FROM audit_erasures WHERE entry = OLD.entry)
BEGIN SELECT RAISE(ABORT, 'values of the audit log go only with a forgotten person'); END;

CREATE TRIGGER audit_values_unchanged BEFORE UPDATE ON audit_values
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

CREATE TABLE audit_values (
  entry INTEGER PRIMARY KEY REFERENCES audit_log (entry),
  salt TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE call_parts (
  attempt TEXT NOT NULL,
  part TEXT NOT NULL,
  who TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (attempt, part, who, started_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_parts_open ON call_parts (started_at) WHERE ended_at IS NULL;

CREATE TRIGGER outbox_callback_step AFTER INSERT ON callback_steps
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.at, 'record:' || k.record, k.set_in, json_object(
    'callback', k.id, 'what', NEW.what, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = k.campaign),
    'record', k.record, 'contact', k.contact, 'at', k.at, 'zone', k.zone, 'agent', k.agent, 'by', NEW.by)
  FROM webhook_events w JOIN callbacks k ON k.id = NEW.callback WHERE w.event = 'callback.changed';
END;

CREATE TABLE callback_steps (
  id INTEGER PRIMARY KEY,
  callback INTEGER NOT NULL REFERENCES callbacks (id),
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX callback_steps_callback ON callback_steps (callback, id);

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

CREATE INDEX callbacks_at ON callbacks (at);

CREATE INDEX callbacks_pending ON callbacks (campaign, at) WHERE state = 'pending';

CREATE INDEX callbacks_record ON callbacks (record, id);

CREATE TABLE campaign_lists (
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  list TEXT NOT NULL,
  PRIMARY KEY (campaign, list)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER outbox_campaign_step AFTER INSERT ON campaign_steps
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.at, 'campaign:' || NEW.campaign, NULL, json_object(
    'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign), 'from', NEW.from_state,
    'to', NEW.to_state, 'by', NEW.by, 'reason', NEW.reason, 'at', NEW.at)
  FROM webhook_events w WHERE w.event = 'campaign.changed';
END;

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

CREATE TABLE campaigns (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL DEFAULT 'unapproved',
  changed_at INTEGER NOT NULL,
  -- What the pacer has learned, JSON of its own.
  learned TEXT,
  -- The order for which the records' sort keys were worked out, JSON.
  record_order TEXT NOT NULL DEFAULT '{"by":"oldest-first"}'
, synced TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE contact_events (
  id INTEGER PRIMARY KEY,
  contact INTEGER NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX contact_events_contact ON contact_events (contact, at);

CREATE TABLE contact_keys (
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  contact INTEGER NOT NULL,
  PRIMARY KEY (field, value, contact)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_keys_contact ON contact_keys (contact);

CREATE VIRTUAL TABLE contact_search USING fts5 (
  text, content = '', tokenize = 'trigram remove_diacritics 1', detail = none
);

CREATE TABLE 'contact_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'contact_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'contact_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'contact_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE VIEW contact_texts (id, text) AS
SELECT c.id, concat_ws(char(10), c.name, (SELECT group_concat(f.value, char(10)) FROM json_each(c.fields) f),
  (SELECT group_concat(p.number, char(10)) FROM (SELECT number FROM phones WHERE contact = c.id ORDER BY position) p))
FROM contacts c;

CREATE TRIGGER contact_keys_added AFTER INSERT ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  INSERT INTO contact_keys (field, value, contact)
  SELECT k.field, f.value, NEW.id FROM key_fields k JOIN json_each(NEW.fields) f ON f.key = k.field WHERE f.value <> '';
END;

CREATE TRIGGER contact_keys_changed AFTER UPDATE OF fields ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  DELETE FROM contact_keys WHERE contact = OLD.id;
  INSERT INTO contact_keys (field, value, contact)
  SELECT k.field, f.value, NEW.id FROM key_fields k JOIN json_each(NEW.fields) f ON f.key = k.field WHERE f.value <> '';
END;

CREATE TRIGGER contact_keys_removed AFTER DELETE ON contacts WHEN EXISTS (SELECT 1 FROM key_fields)
BEGIN
  DELETE FROM contact_keys WHERE contact = OLD.id;
END;

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  -- The import that made it, without a foreign key: deleting an import must not look through all contacts.
  import INTEGER NOT NULL
, answers TEXT NOT NULL DEFAULT '{}') STRICT;

CREATE TABLE desk_keys (
  agent TEXT NOT NULL,
  key TEXT NOT NULL,
  -- A digest of the command.
  what TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (agent, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE desks (
  session TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  version INTEGER NOT NULL,
  desk TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE detection_samples (
  attempt TEXT PRIMARY KEY,
  drawn_at INTEGER NOT NULL,
  drawn_by TEXT NOT NULL,
  judgement TEXT CHECK (judgement IN ('human', 'machine', 'unclear')),
  judged_at INTEGER,
  judged_by TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_call_lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER outbox_number_added AFTER INSERT ON do_not_call_numbers
WHEN NEW.added_at IS NOT NULL
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.added_at, 'number:' || NEW.number, NULL, json_object(
    'number', '+' || NEW.number,
    'list', (SELECT l.name FROM do_not_call_lists l JOIN do_not_call_parts p ON p.list = l.id WHERE p.id = NEW.part),
    'by', NEW.by, 'reason', NEW.reason, 'at', NEW.added_at)
  FROM webhook_events w WHERE w.event = 'do-not-call.added';
END;

CREATE TABLE do_not_call_numbers (
  part INTEGER NOT NULL,
  number INTEGER NOT NULL,
  added_at INTEGER,
  by TEXT,
  reason TEXT,
  PRIMARY KEY (part, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_call_parts (
  id INTEGER PRIMARY KEY,
  list INTEGER NOT NULL REFERENCES do_not_call_lists (id),
  state TEXT NOT NULL CHECK (state IN ('staged', 'live', 'gone')),
  -- The run of the import; null: numbers that were added by themselves.
  import TEXT UNIQUE,
  -- 1: when it counts, the parts before it no longer do.
  replaces INTEGER NOT NULL DEFAULT 0,
  source TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL DEFAULT '',
  imported_at INTEGER,
  numbers INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX do_not_call_parts_list ON do_not_call_parts (list);

CREATE TABLE emergencies (
  id INTEGER PRIMARY KEY,
  pack TEXT NOT NULL,
  -- It lapses then by itself.
  until_at INTEGER NOT NULL,
  declared_at INTEGER NOT NULL,
  declared_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  ended_at INTEGER,
  ended_by TEXT
) STRICT;

CREATE TABLE filters (
  name TEXT PRIMARY KEY,
  expression TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE forgotten_numbers (digits INTEGER PRIMARY KEY) STRICT;

CREATE TABLE forms (
  interaction TEXT NOT NULL,
  form TEXT NOT NULL,
  agent TEXT NOT NULL,
  -- Null: the campaign has none of the person.
  contact INTEGER,
  -- What stands in its inputs, by their names; JSON. Null: it was saved or given up.
  inputs TEXT,
  -- Counts the changes.
  version INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  PRIMARY KEY (interaction, form)
) STRICT, WITHOUT ROWID;

CREATE INDEX forms_contact ON forms (contact);

CREATE TABLE import_fields (
  import INTEGER NOT NULL REFERENCES imports (id),
  field TEXT NOT NULL,
  PRIMARY KEY (import, field)
) STRICT, WITHOUT ROWID;

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
, fingerprint TEXT, mark TEXT, done_line INTEGER NOT NULL DEFAULT 0, added INTEGER NOT NULL DEFAULT 0, merged INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0, interrupted_at INTEGER, files TEXT) STRICT;

CREATE INDEX imports_list ON imports (list);

CREATE TRIGGER outbox_inbound_began AFTER INSERT ON inbound_calls
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.arrived_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_object(
    'call', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'called', NEW.called,
    'arrivedAt', NEW.arrived_at)
  FROM webhook_events w WHERE w.event = 'inbound.began';
END;

CREATE TRIGGER outbox_inbound_disposed AFTER UPDATE OF disposition ON inbound_calls
WHEN NEW.disposition IS NOT NULL AND (OLD.disposed_at IS DISTINCT FROM NEW.disposed_at)
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.disposed_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_object(
    'attempt', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'disposition', NEW.disposition, 'before', OLD.disposition,
    'agent', NEW.agent, 'at', NEW.disposed_at)
  FROM webhook_events w WHERE w.event = 'disposition.given';
END;

CREATE TRIGGER outbox_inbound_ended AFTER UPDATE OF result ON inbound_calls
WHEN OLD.result IS NULL AND NEW.result IS NOT NULL
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.ended_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_object(
    'call', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'called', NEW.called,
    'arrivedAt', NEW.arrived_at, 'answeredAt', NEW.answered_at, 'bridgedAt', NEW.bridged_at,
    'endedAt', NEW.ended_at, 'result', NEW.result, 'endedBy', NEW.ended_by, 'agent', NEW.agent)
  FROM webhook_events w WHERE w.event = 'inbound.ended';
END;

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
  callback_requested_at INTEGER,
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
  before TEXT, callback_at INTEGER, no_callback TEXT,
  CHECK ((result IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX inbound_calls_arrived ON inbound_calls (arrived_at);

CREATE INDEX inbound_calls_callback ON inbound_calls (callback_at) WHERE callback_at IS NOT NULL;

CREATE INDEX inbound_calls_caller ON inbound_calls (caller, arrived_at);

CREATE INDEX inbound_calls_open ON inbound_calls (arrived_at) WHERE result IS NULL;

CREATE INDEX inbound_calls_record ON inbound_calls (record, arrived_at);

CREATE TABLE interactions (
  interaction TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  campaign INTEGER NOT NULL,
  session TEXT NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER,
  version INTEGER NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT,
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- The attempts with their results, and who or what had each dialed, and when; JSON.
  calls TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX interactions_agent ON interactions (agent, interaction);

CREATE INDEX interactions_record ON interactions (record) WHERE record IS NOT NULL;

CREATE TABLE key_fields (field TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE list_contacts (
  list INTEGER NOT NULL REFERENCES lists (id),
  contact INTEGER NOT NULL REFERENCES contacts (id),
  import INTEGER NOT NULL,
  PRIMARY KEY (list, contact)
) STRICT, WITHOUT ROWID;

CREATE INDEX list_contacts_contact ON list_contacts (contact);

CREATE TABLE lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  imported_at INTEGER,
  -- Set while its contacts are being deleted: the list is gone for everybody.
  removed_at INTEGER
) STRICT;

CREATE UNIQUE INDEX lists_name ON lists (name) WHERE removed_at IS NULL;

CREATE TABLE migrations (
      version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE notes (
  interaction TEXT PRIMARY KEY,
  agent TEXT NOT NULL,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  record INTEGER NOT NULL,
  contact INTEGER NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  begun_at INTEGER NOT NULL,
  written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX notes_contact ON notes (contact, begun_at);

CREATE TABLE outbound_turns (
  id INTEGER PRIMARY KEY,
  is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  -- A webhook of the settings, or 'mail'.
  hook TEXT NOT NULL,
  event TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- What has the same key is sent in its order.
  key TEXT NOT NULL,
  data TEXT NOT NULL,
  -- The attempt whose number may be told.
  attempt TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  -- Not tried before; null: given up.
  next_at INTEGER DEFAULT 0,
  fault TEXT
) STRICT;

CREATE INDEX outbox_order ON outbox (hook, key, id);

CREATE INDEX outbox_waiting ON outbox (hook, id) WHERE next_at IS NOT NULL;

CREATE TABLE phones (
  contact INTEGER NOT NULL REFERENCES contacts (id),
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (contact, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX phones_number ON phones (number);

CREATE TABLE privacy_key (key TEXT NOT NULL) STRICT;

CREATE TABLE record_queues (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  -- 0: a list that is there no more.
  list INTEGER NOT NULL,
  cohort TEXT NOT NULL DEFAULT '',
  UNIQUE (campaign, list, cohort)
) STRICT;

CREATE TABLE recordings (
  name TEXT PRIMARY KEY,
  attempt TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('conversation', 'greeting')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  bytes INTEGER,
  duration_ms INTEGER,
  announced INTEGER NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0,
  kept_until INTEGER NOT NULL,
  deleted_at INTEGER,
  deleted_by TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX recordings_attempt ON recordings (attempt);

CREATE INDEX recordings_kept ON recordings (kept_until) WHERE deleted_at IS NULL;

CREATE INDEX recordings_open ON recordings (started_at) WHERE ended_at IS NULL;

CREATE INDEX recordings_started ON recordings (started_at);

CREATE TRIGGER outbox_record_closed AFTER UPDATE OF state ON records
WHEN NEW.state = 'finished' AND OLD.state <> 'finished'
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, CAST(unixepoch('subsec') * 1000 AS INTEGER), 'record:' || NEW.id, NEW.last_attempt, json_object(
    'record', NEW.id, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'contact', NEW.contact, 'attempts', NEW.attempts, 'lastAttempt', NEW.last_attempt,
    'lastResult', NEW.last_result, 'lastDisposition', NEW.last_disposition, 'why', NEW.why)
  FROM webhook_events w WHERE w.event = 'record.closed';
END;

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
  why TEXT, queue INTEGER NOT NULL DEFAULT 0, first INTEGER NOT NULL DEFAULT 0, aside TEXT CHECK (aside IN ('list', 'filter')), callback INTEGER, callback_at INTEGER, callback_agent TEXT, held_until INTEGER, number_changes TEXT, uncounted INTEGER NOT NULL DEFAULT 0,
  CHECK ((state = 'waiting') = (due_at IS NOT NULL))
) STRICT;

CREATE INDEX records_agent ON records (last_agent, campaign) WHERE last_agent IS NOT NULL;

CREATE INDEX records_campaign ON records (campaign, id);

CREATE UNIQUE INDEX records_contact ON records (contact, campaign);

CREATE INDEX records_dialing ON records (campaign) WHERE state = 'dialing';

CREATE INDEX records_disposition ON records (last_disposition, campaign) WHERE last_disposition IS NOT NULL;

CREATE INDEX records_due ON records (queue, due_at) WHERE state = 'waiting';

CREATE INDEX records_first ON records (queue, due_at, id) WHERE state = 'waiting' AND first = 1;

CREATE INDEX records_fresh ON records (queue, priority DESC, sort_key, id) WHERE state = 'fresh';

CREATE INDEX records_last ON records (campaign, coalesce(last_attempt_at, 0), id);

CREATE INDEX records_next ON records (campaign, coalesce(due_at, 9007199254740991), id);

CREATE INDEX records_personal ON records (campaign, callback_agent, callback_at)
  WHERE state = 'waiting' AND callback_agent IS NOT NULL;

CREATE INDEX records_state ON records (campaign, state, last_result, last_disposition);

CREATE INDEX records_waiting ON records (queue, priority DESC, (attempts > 0), due_at, id)
  WHERE state = 'waiting' AND first = 0;

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

CREATE TABLE script_answers (
  attempt TEXT NOT NULL,
  question TEXT NOT NULL,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  -- Of numbers.
  number REAL,
  PRIMARY KEY (attempt, question, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE script_runs (
  -- The attempt, or the call that came in.
  attempt TEXT PRIMARY KEY,
  campaign INTEGER NOT NULL,
  record INTEGER,
  contact INTEGER,
  agent TEXT NOT NULL,
  script TEXT NOT NULL,
  script_version TEXT NOT NULL,
  -- Counts the changes.
  version INTEGER NOT NULL,
  -- The way so far, everything answered, the exit; JSON.
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- Counts the changes of all runs: says whether anything was answered since.
  change INTEGER NOT NULL
) STRICT;

CREATE INDEX script_runs_campaign ON script_runs (campaign, started_at);

CREATE INDEX script_runs_change ON script_runs (change);

CREATE INDEX script_runs_contact ON script_runs (contact);

CREATE TABLE script_versions (
  script TEXT NOT NULL,
  version TEXT NOT NULL,
  -- The script as its file said; JSON.
  content TEXT NOT NULL,
  PRIMARY KEY (script, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_states (
  id INTEGER PRIMARY KEY,
  session TEXT NOT NULL REFERENCES sessions (session),
  state TEXT NOT NULL,
  reason TEXT,
  attempt TEXT,
  from_at INTEGER NOT NULL,
  to_at INTEGER
) STRICT;

CREATE INDEX session_states_open ON session_states (session) WHERE to_at IS NULL;

CREATE INDEX session_states_session ON session_states (session, id);

CREATE INDEX session_states_to ON session_states (to_at);

CREATE TRIGGER outbox_session_begun AFTER INSERT ON sessions
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.started_at, 'agent:' || NEW.agent, NULL, json_object(
    'what', 'began', 'session', NEW.session, 'agent', NEW.agent,
    'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign), 'at', NEW.started_at)
  FROM webhook_events w WHERE w.event = 'agent.session';
END;

CREATE TRIGGER outbox_session_ended AFTER UPDATE OF ended_at ON sessions
WHEN OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.ended_at, 'agent:' || NEW.agent, NULL, json_object(
    'what', 'ended', 'session', NEW.session, 'agent', NEW.agent,
    'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign), 'at', NEW.ended_at,
    'reason', NEW.end_reason)
  FROM webhook_events w WHERE w.event = 'agent.session';
END;

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
, phone_kind TEXT NOT NULL DEFAULT 'account', phone_number TEXT, phone_trunk TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_agent ON sessions (agent, started_at);

CREATE INDEX sessions_started ON sessions (started_at);

CREATE INDEX sessions_unfinished ON sessions (started_at) WHERE ended_at IS NULL;

CREATE TABLE staged_merges (
  id INTEGER PRIMARY KEY,
  import INTEGER NOT NULL REFERENCES imports (id),
  contact INTEGER NOT NULL,
  name TEXT NOT NULL,
  fields TEXT NOT NULL,
  phones TEXT NOT NULL
) STRICT;

CREATE INDEX staged_merges_import ON staged_merges (import, id);

CREATE TABLE third_party_calls (
  id TEXT PRIMARY KEY,
  attempt TEXT NOT NULL,
  campaign TEXT NOT NULL,
  by_agent TEXT NOT NULL,
  how TEXT NOT NULL,
  kind TEXT NOT NULL,
  who TEXT NOT NULL,
  number TEXT,
  trunk TEXT,
  caller_id TEXT,
  asked_at INTEGER NOT NULL,
  answered_at INTEGER,
  ended_at INTEGER,
  result TEXT,
  sip_code INTEGER,
  cause INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX third_party_calls_asked ON third_party_calls (asked_at);

CREATE INDEX third_party_calls_attempt ON third_party_calls (attempt);

CREATE INDEX third_party_calls_open ON third_party_calls (asked_at) WHERE ended_at IS NULL;

CREATE TABLE users (
  name TEXT PRIMARY KEY,
  full_name TEXT NOT NULL,
  role TEXT NOT NULL,
  agent TEXT,
  password_hash TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  password_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX users_agent ON users (agent) WHERE agent IS NOT NULL;

CREATE TABLE validations (
  service TEXT NOT NULL,
  number TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('allowed', 'blocked', 'unavailable')),
  reason TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (service, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX validations_until ON validations (until);

CREATE TABLE web_devices (
  device TEXT NOT NULL,
  user_name TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (user_name, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE web_sessions (
  session TEXT PRIMARY KEY,
  user_name TEXT NOT NULL,
  address TEXT NOT NULL,
  began_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX web_sessions_user ON web_sessions (user_name, seen_at);

CREATE TABLE webhook_events (
  hook TEXT NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (event, hook)
) STRICT, WITHOUT ROWID;
