-- Calls that come in are reported to the outside, too: when the call comes in, when it ends, and what the agent says it was.
CREATE FUNCTION outbox_inbound_began() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.arrived_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_build_object(
    'call', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'called', NEW.called,
    'arrivedAt', NEW.arrived_at)::text
  FROM webhook_events w WHERE w.event = 'inbound.began';
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_inbound_began AFTER INSERT ON inbound_calls
  FOR EACH ROW EXECUTE FUNCTION outbox_inbound_began();

CREATE FUNCTION outbox_inbound_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.ended_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_build_object(
    'call', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'called', NEW.called,
    'arrivedAt', NEW.arrived_at, 'answeredAt', NEW.answered_at, 'bridgedAt', NEW.bridged_at,
    'endedAt', NEW.ended_at, 'result', NEW.result, 'endedBy', NEW.ended_by, 'agent', NEW.agent)::text
  FROM webhook_events w WHERE w.event = 'inbound.ended';
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_inbound_ended AFTER UPDATE OF result ON inbound_calls
  FOR EACH ROW WHEN (OLD.result IS NULL AND NEW.result IS NOT NULL) EXECUTE FUNCTION outbox_inbound_ended();

CREATE FUNCTION outbox_inbound_disposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (hook, event, at, key, attempt, data)
  SELECT w.hook, w.event, NEW.disposed_at, coalesce('record:' || NEW.record, 'call:' || NEW.call), NEW.call, json_build_object(
    'attempt', NEW.call, 'campaign', (SELECT c.name FROM campaigns c WHERE c.id = NEW.campaign),
    'record', NEW.record, 'contact', NEW.contact, 'disposition', NEW.disposition, 'before', OLD.disposition,
    'agent', NEW.agent, 'at', NEW.disposed_at)::text
  FROM webhook_events w WHERE w.event = 'disposition.given';
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_inbound_disposed AFTER UPDATE OF disposition ON inbound_calls
  FOR EACH ROW WHEN (NEW.disposition IS NOT NULL AND (OLD.disposed_at IS DISTINCT FROM NEW.disposed_at)) EXECUTE FUNCTION outbox_inbound_disposed();
