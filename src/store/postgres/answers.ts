// Live answers by slots of time, for the abandonment windows.

import type { AnswerSlot } from '../../campaign/answer-ledger.ts';
import type { AnswerStore } from '../../engine/store-answers.ts';
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

export function answerStore({ read }: Lanes): AnswerStore {
  return {
    counts: async ({ campaign, fromAt, slotMs }) => {
      const [first, slots] = await Promise.all([
        read.first(FIRST, [campaign]),
        read.all(SLOTS, [campaign, fromAt, Math.trunc(slotMs)]),
      ]);
      return { firstAt: first?.at ?? null, slots };
    },
  };
}
