-- Calls that come in are reported to the outside, too: when the call comes in, when it ends, and what the agent says it was.
CREATE TRIGGER outbox_inbound_began AFTER INSERT ON inbound_calls
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.arrived_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_object(
    'call', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'called', NEW.called,
    'arrivedAt', NEW.arrived_at)
  FROM webhook_events w WHERE w.event = 'inbound.began';
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
