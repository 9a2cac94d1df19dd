// Live answers by slots of time, for the abandonment windows; what has become of a day's attempts.

import type { AnswerSlot } from '../../campaign/answer-ledger.ts';
import type { AnswerStore } from '../../engine/store-answers.ts';
import { dayCounts, type ResultRow } from '../day-counts.ts';
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
    ofDay: ofDay(db),
  };
}

/** Reads the attempts of the period alone, by when they were dialed. */
function ofDay(db: Connection): Handlers<AnswerStore>['ofDay'] {
  const ofCampaign = `FROM attempts a INDEXED BY attempts_dialed
    WHERE a.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND a.dialed_at >= :fromAt AND a.dialed_at < :toAt`;
  const byResult = db.prepare<Record<string, unknown>, ResultRow>(`
    SELECT a.result, sum(a.attempt NOT IN (SELECT value FROM json_each(:except))) AS attempts,
      sum((a.live_at IS NOT NULL OR coalesce(a.result IN ('connected', 'abandoned'), 0))
        AND a.attempt NOT IN (SELECT value FROM json_each(:except))) AS liveAnswers,
      count(iif(a.waited = 1, a.bridged_at - a.answered_at, NULL)) AS waited,
      max(iif(a.waited = 1, a.bridged_at - a.answered_at, NULL)) AS maxMs
    ${ofCampaign} GROUP BY a.result`);
  const delays = db
    .prepare<Record<string, unknown>, number>(
      `SELECT max(0, a.bridged_at - a.answered_at) ${ofCampaign}
       AND a.waited = 0 AND a.bridged_at IS NOT NULL AND a.answered_at IS NOT NULL
       ORDER BY a.dialed_at DESC LIMIT :delays`,
    )
    .pluck();
  return ({ campaign, fromAt, toAt, except, delays: most }) => {
    const day = { campaign, fromAt, toAt };
    return dayCounts(byResult.all({ ...day, except: JSON.stringify(except) }), delays.all({ ...day, delays: most }));
  };
}
