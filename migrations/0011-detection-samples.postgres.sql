-- Machine verdicts drawn by lot, and what somebody who listened has heard.
CREATE TABLE detection_samples (
  attempt text COLLATE "C" PRIMARY KEY,
  drawn_at bigint NOT NULL,
  drawn_by text NOT NULL,
  judgement text CHECK (judgement IN ('human', 'machine', 'unclear')),
  judged_at bigint,
  judged_by text
);
