// Live answers by slots of time, for the abandonment windows; what has become of a day's attempts.

import type { AnswerSlot } from '../../rules/answer-slots.ts';
import type { AnswerStore } from '../../engine/store/answers.ts';
import { dayCounts, type ResultRow } from '../day-counts.ts';
import { GREATEST, onlySqlite } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, first, long } from '../work.ts';
import type { Noun } from '../work.ts';

export const answers: Noun<AnswerStore> = {
  counts: long(function* ({ campaign, fromAt, slotMs }) {
    const earliest = yield* first(FIRST, { campaign });
    return { firstAt: earliest?.at ?? null, slots: yield* all(SLOTS, { campaign, fromAt, slotMs }) };
  }),
  ofDay: long(function* ({ except, delays: most, ...day }) {
    const results = yield* all(BY_RESULT, { ...day, except });
    const delays = yield* all(DELAYS, { ...day, most });
    return dayCounts(
      results,
      delays.map(({ ms }) => ms),
    );
  }),
};

const FIRST = sql<{ at: number }>`
  SELECT a.dialed_at AS at FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE c.name = :campaign ORDER BY a.dialed_at LIMIT 1`;
const SLOTS = sql<AnswerSlot>`
  SELECT a.dialed_at / CAST(:slotMs AS bigint) * CAST(:slotMs AS bigint) AS at,
    count(*) FILTER (WHERE a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned')) AS "liveAnswers",
    count(*) FILTER (WHERE a.result = 'abandoned') AS abandoned,
    count(*) FILTER (WHERE a.result = 'machine' AND a.bridged_at IS NULL) AS machines
  FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE c.name = :campaign AND a.dialed_at >= :fromAt
    AND a.result IS NOT NULL AND (a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned', 'machine'))
  GROUP BY 1 ORDER BY 1`;

/** Reads the attempts of the period alone, by when they were dialed. */
const OF_DAY = part`FROM attempts a ${onlySqlite('INDEXED BY attempts_dialed')}
  WHERE a.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND a.dialed_at >= :fromAt AND a.dialed_at < :toAt`;
const BY_RESULT = sql<ResultRow>`
  SELECT a.result, count(*) FILTER (WHERE a.attempt NOT IN :except) AS attempts,
    count(*) FILTER (WHERE (a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned'))
      AND a.attempt NOT IN :except) AS "liveAnswers",
    count(a.bridged_at - a.answered_at) FILTER (WHERE a.waited = 1) AS waited,
    max(a.bridged_at - a.answered_at) FILTER (WHERE a.waited = 1) AS "maxMs"
  ${OF_DAY} GROUP BY a.result`;
const DELAYS = sql<{ ms: number }>`
  SELECT ${GREATEST}(0, a.bridged_at - a.answered_at) AS ms ${OF_DAY}
    AND a.waited = 0 AND a.bridged_at IS NOT NULL AND a.answered_at IS NOT NULL
  ORDER BY a.dialed_at DESC LIMIT :most`;
