-- What is still to be told to the outside: events for webhooks and reports by mail, a row for each receiver. Written by
-- triggers in the transaction of the event itself, for the receivers in webhook_events alone; deleted once it was taken.
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

-- Which webhook wants which events, as the settings say.
CREATE TABLE webhook_events (
  hook TEXT NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (event, hook)
) STRICT, WITHOUT ROWID;

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

CREATE TRIGGER outbox_callback_step AFTER INSERT ON callback_steps
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.at, 'record:' || k.record, k.set_in, json_object(
    'callback', k.id, 'what', NEW.what, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = k.campaign),
    'record', k.record, 'contact', k.contact, 'at', k.at, 'zone', k.zone, 'agent', k.agent, 'by', NEW.by)
  FROM webhook_events w JOIN callbacks k ON k.id = NEW.callback WHERE w.event = 'callback.changed';
END;

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

CREATE TRIGGER outbox_campaign_step AFTER INSERT ON campaign_steps
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.at, 'campaign:' || NEW.campaign, NULL, json_object(
    'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign), 'from', NEW.from_state,
    'to', NEW.to_state, 'by', NEW.by, 'reason', NEW.reason, 'at', NEW.at)
  FROM webhook_events w WHERE w.event = 'campaign.changed';
END;

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
