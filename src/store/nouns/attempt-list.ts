// Attempts for reports, audits and the history of a record or a number.

import { endingWords } from '../../call/ending-words.ts';
import type { AttemptQuery, AttemptRow } from '../../engine/store/attempts.ts';
import { byParts } from '../dialect.ts';
import { sql } from '../statement.ts';
import { all } from '../work.ts';
import type { Work } from '../work.ts';

/** Attempts that fit all parts of the query, oldest first; of more than `limit` the oldest. */
export function* listAttempts(query: AttemptQuery): Work<readonly AttemptRow[]> {
  const { limit = Number.MAX_SAFE_INTEGER } = query;
  const rows = yield* all(LIST(query), { ...query, limit });
  return rows.map((row) => ({ ...row, why: endingWords(row) }));
}

const LIST = byParts<Omit<AttemptRow, 'why'>, Exclude<keyof AttemptQuery, 'limit'>>(
  {
    attempt: 'a.attempt = :attempt',
    campaign: 'c.name = :campaign',
    record: 'a.record = :record AND a.contact = (SELECT contact FROM records WHERE id = :record)',
    number: 'a.number = :number',
    fromAt: 'a.dialed_at >= :fromAt',
    toAt: 'a.dialed_at < :toAt',
  },
  (where) => sql`
    SELECT a.attempt, c.name AS campaign, a.record, a.contact, a.number, a.trunk, a.caller_id AS "callerId", a.validation,
      a.dialed_at AS "dialedAt", a.ringing_at AS "ringingAt", a.answered_at AS "answeredAt", a.live_at AS "liveAt",
      a.bridged_at AS "bridgedAt", a.ended_at AS "endedAt", a.result, a.sip_code AS "sipCode", a.cause, a.verdict,
      a.verdict_cause AS "verdictCause", a.message_left = 1 AS "messageLeft?", a.waited = 1 AS "waited?",
      a.ended_by AS "endedBy", a.agent, a.disposition, a.reason, a.counts = 1 AS "counts?", a.rule
    FROM attempts a JOIN campaigns c ON c.id = a.campaign
    WHERE ${where} ORDER BY a.dialed_at, a.attempt LIMIT :limit`,
);
