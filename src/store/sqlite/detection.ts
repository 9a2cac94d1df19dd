// The sample of machine verdicts: drawn among those that have a recording, judged one by one.

import { drawSample, type Judgement } from '../../campaign/detector-check.ts';
import type { DetectionPeriod, DetectionSample, DetectionStore } from '../../engine/store-detection.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** One condition for each part of a period that is present. */
const CONDITIONS: Readonly<Record<keyof DetectionPeriod, string>> = {
  campaign: 'c.name = :campaign',
  fromAt: 'a.dialed_at >= :fromAt',
  toAt: 'a.dialed_at < :toAt',
};

const MACHINES = `FROM attempts a JOIN campaigns c ON c.id = a.campaign WHERE a.verdict = 'machine'`;
/** The newest that a sample is drawn from. */
const MOST_CANDIDATES = 50_000;

export function detectionHandlers(db: Connection): Handlers<DetectionStore> {
  const put = db.prepare('INSERT INTO detection_samples (attempt, drawn_at, drawn_by) VALUES (?, ?, ?)');
  const judge = db.prepare(
    'UPDATE detection_samples SET judgement = ?, judged_at = ?, judged_by = ? WHERE attempt = ?',
  );
  return {
    draw({ period, size, seed, by, at }) {
      const candidates = db
        .prepare<Record<string, unknown>, string>(
          `SELECT a.attempt ${MACHINES} AND ${within(period)}
             AND EXISTS (SELECT 1 FROM recordings r WHERE r.attempt = a.attempt AND r.deleted_at IS NULL)
             AND NOT EXISTS (SELECT 1 FROM detection_samples s WHERE s.attempt = a.attempt)
           ORDER BY a.dialed_at DESC LIMIT ${MOST_CANDIDATES}`,
        )
        .pluck()
        .all({ ...period });
      const drawn = drawSample(candidates, size, seed);
      for (const attempt of drawn) put.run(attempt, at, by);
      return drawn;
    },
    judge: (attempt, { is, by, at }) => judge.run(is, at, by, attempt).changes > 0,
    samples: (period) => samplesOf(db, period),
    counts(period) {
      const count = db
        .prepare<Record<string, unknown>, number>(`SELECT count(*) ${MACHINES} AND ${within(period)}`)
        .pluck();
      const samples = samplesOf(db, period);
      const judged = (is: Judgement): number => samples.filter(({ judgement }) => judgement === is).length;
      return {
        machines: count.get({ ...period }) ?? 0,
        drawn: samples.length,
        judged: { human: judged('human'), machine: judged('machine'), unclear: judged('unclear') },
      };
    },
  };
}

function samplesOf(db: Connection, period: DetectionPeriod): readonly DetectionSample[] {
  return db
    .prepare<Record<string, unknown>, DetectionSample>(
      `SELECT s.attempt, c.name AS campaign, a.dialed_at AS dialedAt, a.verdict_cause AS verdictCause,
         s.drawn_at AS drawnAt, s.drawn_by AS drawnBy, s.judgement, s.judged_at AS judgedAt, s.judged_by AS judgedBy
       FROM detection_samples s JOIN attempts a ON a.attempt = s.attempt JOIN campaigns c ON c.id = a.campaign
       WHERE ${within(period)} ORDER BY a.dialed_at, s.attempt`,
    )
    .all({ ...period });
}

function within(period: DetectionPeriod): string {
  const parts = Object.keys(period) as readonly (keyof DetectionPeriod)[];
  return ['TRUE', ...parts.map((part) => CONDITIONS[part])].join(' AND ');
}
