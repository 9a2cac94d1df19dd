-- The table of records: a campaign's in the order that was asked for, and the few that an agent or a disposition has.
CREATE INDEX records_campaign ON records (campaign, id);
CREATE INDEX records_last ON records (campaign, coalesce(last_attempt_at, 0), id);
CREATE INDEX records_next ON records (campaign, coalesce(due_at, 9007199254740991), id);
CREATE INDEX records_disposition ON records (last_disposition, campaign) WHERE last_disposition IS NOT NULL;
CREATE INDEX records_agent ON records (last_agent, campaign) WHERE last_agent IS NOT NULL;
