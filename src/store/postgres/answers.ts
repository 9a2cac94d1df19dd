// Live answers by slots of time, for the abandonment windows; what has become of a day's attempts.

import type { AnswerSlot } from '../../campaign/answer-ledger.ts';
import type { AnswerStore } from '../../engine/store-answers.ts';
import { dayCounts, type ResultRow } from '../day-counts.ts';
import { sql } from './database.ts';
import type { Lanes } from './lanes.ts';

const FIRST = sql<{ at: number }>(`
  SELECT a.dialed_at AS at FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE c.name = $1 ORDER BY a.dialed_at LIMIT 1`);
const SLOTS = sql<AnswerSlot>(`
  SELECT a.dialed_at / $3::bigint * $3::bigint AS at,
    count(*) FILTER (WHERE a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned')) AS "liveAnswers",
    count(*) FILTER (WHERE a.result = 'abandoned') AS abandoned,
    count(*) FILTER (WHERE a.result = 'machine' AND a.bridged_at IS NULL) AS machines
  FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE c.name = $1 AND a.dialed_at >= $2
    AND a.result IS NOT NULL AND (a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned', 'machine'))
  GROUP BY 1 ORDER BY 1`);

const OF_CAMPAIGN = `FROM attempts a
  WHERE a.campaign = (SELECT id FROM campaigns WHERE name = $1) AND a.dialed_at >= $2 AND a.dialed_at < $3`;
const BY_RESULT = sql<ResultRow>(`
  SELECT a.result, count(*) FILTER (WHERE a.attempt <> ALL ($4::text[])) AS attempts,
    count(*) FILTER (WHERE (a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned'))
      AND a.attempt <> ALL ($4::text[])) AS "liveAnswers",
    count(a.bridged_at - a.answered_at) FILTER (WHERE a.waited = 1) AS waited,
    max(a.bridged_at - a.answered_at) FILTER (WHERE a.waited = 1) AS "maxMs"
  ${OF_CAMPAIGN} GROUP BY a.result`);
const DELAYS = sql<{ ms: number }>(`
  SELECT greatest(0, a.bridged_at - a.answered_at) AS ms ${OF_CAMPAIGN}
    AND a.waited = 0 AND a.bridged_at IS NOT NULL AND a.answered_at IS NOT NULL
  ORDER BY a.dialed_at DESC LIMIT $4`);

export function answerStore({ read }: Lanes): AnswerStore {
  return {
    counts: async ({ campaign, fromAt, slotMs }) => {
      const [first, slots] = await Promise.all([
        read.first(FIRST, [campaign]),
        read.all(SLOTS, [campaign, fromAt, Math.trunc(slotMs)]),
      ]);
      return { firstAt: first?.at ?? null, slots };
    },
    ofDay: async ({ campaign, fromAt, toAt, except, delays }) => {
      const [rows, latest] = await Promise.all([
        read.all(BY_RESULT, [campaign, fromAt, toAt, except]),
        read.all(DELAYS, [campaign, fromAt, toAt, delays]),
      ]);
      return dayCounts(
        rows,
        latest.map(({ ms }) => ms),
      );
    },
  };
}
