-- What validation services have said of numbers, for as long as it counts.
CREATE TABLE validations (
  service text COLLATE "C" NOT NULL,
  number text COLLATE "C" NOT NULL,
  answer text NOT NULL CHECK (answer IN ('allowed', 'blocked', 'unavailable')),
  reason text NOT NULL,
  asked_at bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (service, number)
);
CREATE INDEX validations_until ON validations (until);

-- What validation made of the dialing: 'blocked-next-used', 'unavailable-next-used'.
ALTER TABLE attempts ADD COLUMN validation text;
