// The sample of machine verdicts: drawn among those that have a recording, judged one by one.

import { drawSample, type Judgement } from '../../campaign/detector-check.ts';
import type { DetectionPeriod, DetectionSample, DetectionStore } from '../../engine/store-detection.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';

/** The newest that a sample is drawn from. */
const MOST_CANDIDATES = 50_000;

/** Of the period, whose absent parts are NULL. */
const WITHIN = `($1::text IS NULL OR c.name = $1) AND ($2::bigint IS NULL OR a.dialed_at >= $2)
  AND ($3::bigint IS NULL OR a.dialed_at < $3)`;
const MACHINES = `FROM attempts a JOIN campaigns c ON c.id = a.campaign WHERE a.verdict = 'machine' AND ${WITHIN}`;
const CANDIDATES = sql<{ attempt: string }>(`
  SELECT a.attempt ${MACHINES}
    AND EXISTS (SELECT 1 FROM recordings r WHERE r.attempt = a.attempt AND r.deleted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM detection_samples s WHERE s.attempt = a.attempt)
  ORDER BY a.dialed_at DESC, a.attempt LIMIT ${MOST_CANDIDATES}`);
const PUT = sql(`
  INSERT INTO detection_samples (attempt, drawn_at, drawn_by) SELECT attempt, $2, $3 FROM unnest($1::text[]) AS attempt`);
const JUDGE = sql('UPDATE detection_samples SET judgement = $2, judged_at = $3, judged_by = $4 WHERE attempt = $1');
const SAMPLES = sql<DetectionSample>(`
  SELECT s.attempt, c.name AS campaign, a.dialed_at AS "dialedAt", a.verdict_cause AS "verdictCause",
    s.drawn_at AS "drawnAt", s.drawn_by AS "drawnBy", s.judgement, s.judged_at AS "judgedAt", s.judged_by AS "judgedBy"
  FROM detection_samples s JOIN attempts a ON a.attempt = s.attempt JOIN campaigns c ON c.id = a.campaign
  WHERE ${WITHIN} ORDER BY a.dialed_at, s.attempt`);
const COUNT = sql<{ machines: number }>(`SELECT count(*) AS machines ${MACHINES}`);

export function detectionStore({ read, write }: Lanes): DetectionStore {
  return {
    draw: ({ period, size, seed, by, at }) =>
      write.do(async (db) => {
        const candidates = (await db.all(CANDIDATES, partsOf(period))).map(({ attempt }) => attempt);
        const drawn = drawSample(candidates, size, seed);
        await db.run(PUT, [drawn, at, by]);
        return drawn;
      }),
    judge: (attempt, { is, by, at }) => write.do(async (db) => (await db.run(JUDGE, [attempt, is, at, by])) > 0),
    samples: (period) => samplesOf(read, period),
    counts: async (period) => {
      const samples = await samplesOf(read, period);
      const judged = (is: Judgement): number => samples.filter(({ judgement }) => judgement === is).length;
      return {
        machines: (await read.first(COUNT, partsOf(period)))?.machines ?? 0,
        drawn: samples.length,
        judged: { human: judged('human'), machine: judged('machine'), unclear: judged('unclear') },
      };
    },
  };
}

function samplesOf(db: Db, period: DetectionPeriod): Promise<readonly DetectionSample[]> {
  return db.all(SAMPLES, partsOf(period));
}

function partsOf({ campaign, fromAt, toAt }: DetectionPeriod): readonly unknown[] {
  return [campaign ?? null, fromAt ?? null, toAt ?? null];
}
