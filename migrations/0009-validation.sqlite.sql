-- What validation services have said of numbers, for as long as it counts.
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

-- What validation made of the dialing: 'blocked-next-used', 'unavailable-next-used'.
ALTER TABLE attempts ADD COLUMN validation TEXT;
