-- Who is called next: queues of records, those that come before all others, do-not-call lists by name, saved filters,
-- and the attempts of a person over all campaigns.

-- The records of a campaign that come from one list and whose hours are the same (cohort; '' while that is not known):
-- a list that is paused, or a cohort whose hours are over, is left out of the choice as a whole.
CREATE TABLE record_queues (
  id INTEGER PRIMARY KEY,
  campaign INTEGER NOT NULL REFERENCES campaigns (id),
  -- 0: a list that is there no more.
  list INTEGER NOT NULL,
  cohort TEXT NOT NULL DEFAULT '',
  UNIQUE (campaign, list, cohort)
) STRICT;

ALTER TABLE records ADD COLUMN queue INTEGER NOT NULL DEFAULT 0;
-- 1: when it is due it comes before all others: an agreed callback, or a record that an agent gave back.
ALTER TABLE records ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
-- Why a removed record may come back: its list or its fields are not those of the campaign at present.
ALTER TABLE records ADD COLUMN aside TEXT CHECK (aside IN ('list', 'filter'));
-- What the campaign's records were last brought in line with, JSON; empty when that must be done anew.
ALTER TABLE campaigns ADD COLUMN synced TEXT NOT NULL DEFAULT '';

INSERT INTO record_queues (campaign, list)
  SELECT u.campaign, l.id FROM campaign_lists u JOIN lists l ON l.name = u.list AND l.removed_at IS NULL
  UNION SELECT id, 0 FROM campaigns;
UPDATE records SET queue = (
  SELECT q.id FROM record_queues q
  LEFT JOIN list_contacts m ON m.list = q.list AND m.contact = records.contact
  WHERE q.campaign = records.campaign AND (q.list = 0 OR m.contact IS NOT NULL)
  ORDER BY q.list = 0, q.list LIMIT 1);

DROP INDEX records_fresh;
DROP INDEX records_waiting;
DROP INDEX records_due;
CREATE INDEX records_fresh ON records (queue, priority DESC, sort_key, id) WHERE state = 'fresh';
CREATE INDEX records_waiting ON records (queue, priority DESC, (attempts > 0), due_at, id)
  WHERE state = 'waiting' AND first = 0;
CREATE INDEX records_first ON records (queue, due_at, id) WHERE state = 'waiting' AND first = 1;
CREATE INDEX records_due ON records (queue, due_at) WHERE state = 'waiting';

CREATE INDEX attempts_contact ON attempts (contact, dialed_at);

CREATE TABLE filters (
  name TEXT PRIMARY KEY,
  expression TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE do_not_call_lists (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- A list is made of parts: one for the numbers that were added by themselves, one for each import. What an import has
-- brought counts from the moment its part is 'live'; a part that is 'gone' is being deleted.
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

-- Numbers without the plus sign. Those of an import have its time, user and source.
CREATE TABLE do_not_call_numbers (
  part INTEGER NOT NULL,
  number INTEGER NOT NULL,
  added_at INTEGER,
  by TEXT,
  reason TEXT,
  PRIMARY KEY (part, number)
) STRICT, WITHOUT ROWID;

INSERT INTO do_not_call_lists (id, name) VALUES (1, 'global');
INSERT INTO do_not_call_parts (id, list, state, numbers) SELECT 1, 1, 'live', count(*) FROM do_not_call;
INSERT INTO do_not_call_numbers (part, number, added_at, by, reason)
  SELECT 1, CAST(substr(number, 2) AS INTEGER), added_at, by, reason FROM do_not_call;
DROP TABLE do_not_call;
