// The sample of machine verdicts: drawn among those that have a recording, judged one by one.

import { drawSample, type Judgement } from '../../campaign/detector-check.ts';
import type { DetectionPeriod, DetectionSample, DetectionStore } from '../../engine/store/detection.ts';
import { byParts } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, changes, first, long, run, write } from '../work.ts';
import type { Noun } from '../work.ts';

export const detection: Noun<DetectionStore> = {
  draw: write(function* ({ period, size, seed, by, at }) {
    const candidates = (yield* all(CANDIDATES(period), { ...period })).map(({ attempt }) => attempt);
    const drawn = drawSample(candidates, size, seed);
    for (const attempt of drawn) yield* run(PUT, { attempt, by, at });
    return drawn;
  }),
  judge: write(function* (attempt, judged) {
    return (yield* changes(JUDGE, { attempt, ...judged })) > 0;
  }),
  samples: long((period) => all(SAMPLES(period), { ...period })),
  counts: long(function* (period) {
    const samples = yield* all(SAMPLES(period), { ...period });
    const judged = (is: Judgement): number => samples.filter(({ judgement }) => judgement === is).length;
    return {
      machines: (yield* first(COUNT(period), { ...period }))?.machines ?? 0,
      drawn: samples.length,
      judged: { human: judged('human'), machine: judged('machine'), unclear: judged('unclear') },
    };
  }),
};

/** The newest that a sample is drawn from. */
const MOST_CANDIDATES = 50_000;

const PERIOD: Readonly<Record<keyof DetectionPeriod, string>> = {
  campaign: 'c.name = :campaign',
  fromAt: 'a.dialed_at >= :fromAt',
  toAt: 'a.dialed_at < :toAt',
};
const MACHINES = part`FROM attempts a JOIN campaigns c ON c.id = a.campaign WHERE a.verdict = 'machine'`;

const COUNT = byParts(
  PERIOD,
  (within) => sql<{ machines: number }>`
  SELECT count(*) AS machines ${MACHINES} AND ${within}`,
);
const CANDIDATES = byParts(
  PERIOD,
  (within) => sql<{ attempt: string }>`
  SELECT a.attempt ${MACHINES} AND ${within}
    AND EXISTS (SELECT 1 FROM recordings r WHERE r.attempt = a.attempt AND r.deleted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM detection_samples s WHERE s.attempt = a.attempt)
  ORDER BY a.dialed_at DESC, a.attempt LIMIT ${MOST_CANDIDATES}`,
);
const SAMPLES = byParts(
  PERIOD,
  (within) => sql<DetectionSample>`
  SELECT s.attempt, c.name AS campaign, a.dialed_at AS "dialedAt", a.verdict_cause AS "verdictCause",
    s.drawn_at AS "drawnAt", s.drawn_by AS "drawnBy", s.judgement, s.judged_at AS "judgedAt", s.judged_by AS "judgedBy"
  FROM detection_samples s JOIN attempts a ON a.attempt = s.attempt JOIN campaigns c ON c.id = a.campaign
  WHERE ${within} ORDER BY a.dialed_at, s.attempt`,
);
const PUT = sql`INSERT INTO detection_samples (attempt, drawn_at, drawn_by) VALUES (:attempt, :at, :by)`;
const JUDGE = sql`
  UPDATE detection_samples SET judgement = :is, judged_at = :at, judged_by = :by WHERE attempt = :attempt`;
