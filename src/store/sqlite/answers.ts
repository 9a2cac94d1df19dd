// Live answers by slots of time, for the abandonment windows.

import type { AnswerSlot } from '../../campaign/answer-ledger.ts';
import type { AnswerStore } from '../../engine/store-answers.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

export function answerHandlers(db: Connection): Handlers<AnswerStore> {
  const first = db
    .prepare<[string], number | null>(
      `SELECT a.dialed_at FROM attempts a JOIN campaigns c ON c.id = a.campaign
       WHERE c.name = ? ORDER BY a.dialed_at LIMIT 1`,
    )
    .pluck();
  const slots = db.prepare<Record<string, unknown>, AnswerSlot>(`
    SELECT CAST(a.dialed_at / :slotMs AS INTEGER) * CAST(:slotMs AS INTEGER) AS at,
      sum(a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned')) AS liveAnswers,
      sum(a.result = 'abandoned') AS abandoned, sum(a.result = 'machine' AND a.bridged_at IS NULL) AS machines
    FROM attempts a JOIN campaigns c ON c.id = a.campaign
    WHERE c.name = :campaign AND a.dialed_at >= :fromAt
      AND a.result IS NOT NULL AND (a.live_at IS NOT NULL OR a.result IN ('connected', 'abandoned', 'machine'))
    GROUP BY 1 ORDER BY 1`);
  return {
    counts: ({ campaign, fromAt, slotMs }) => ({
      firstAt: first.get(campaign) ?? null,
      slots: slots.all({ campaign, fromAt, slotMs }),
    }),
  };
}
