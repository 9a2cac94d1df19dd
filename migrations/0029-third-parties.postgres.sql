-- Whom agents brought into a call or gave the person to: one row for each call of a third party, written before it is dialed.
CREATE TABLE third_party_calls (
  id text COLLATE "C" PRIMARY KEY,
  attempt text COLLATE "C" NOT NULL,
  campaign text NOT NULL,
  by_agent text NOT NULL,
  how text NOT NULL,
  kind text NOT NULL,
  who text NOT NULL,
  number text,
  trunk text,
  caller_id text,
  asked_at bigint NOT NULL,
  answered_at bigint,
  ended_at bigint,
  result text,
  sip_code bigint,
  cause bigint
);
CREATE INDEX third_party_calls_asked ON third_party_calls (asked_at);
CREATE INDEX third_party_calls_attempt ON third_party_calls (attempt);
CREATE INDEX third_party_calls_open ON third_party_calls (asked_at) WHERE ended_at IS NULL;
