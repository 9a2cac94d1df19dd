-- Whom agents brought into a call or gave the person to: one row for each call of a third party, written before it is dialed.
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
