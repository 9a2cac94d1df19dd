// Attempts for reports, audits and the history of a record or a number.

import { endingWords } from '../../call/ending-words.ts';
import type { AttemptQuery, AttemptRow } from '../../engine/store-attempts.ts';
import type { Connection } from './database.ts';

type StoredRow = Omit<AttemptRow, 'counts' | 'messageLeft' | 'waited' | 'why'> & {
  readonly counts: number;
  readonly messageLeft: number;
  readonly waited: number | null;
};

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Exclude<keyof AttemptQuery, 'limit'>, string>> = {
  attempt: 'a.attempt = :attempt',
  campaign: 'c.name = :campaign',
  record: 'a.record = :record AND a.contact = (SELECT contact FROM records WHERE id = :record)',
  number: 'a.number = :number',
  fromAt: 'a.dialed_at >= :fromAt',
  toAt: 'a.dialed_at < :toAt',
};

/** Attempts that fit all parts of the query, oldest first; of more than `limit` the oldest. */
export function attemptList(db: Connection): (query: AttemptQuery) => readonly AttemptRow[] {
  return (query) => {
    const asked = Object.entries(CONDITIONS).filter(([part]) => query[part as keyof AttemptQuery] !== undefined);
    const where = ['TRUE', ...asked.map(([, condition]) => condition)].join(' AND ');
    const find = db.prepare<Record<string, unknown>, StoredRow>(`
      SELECT a.attempt, c.name AS campaign, a.record, a.contact, a.number, a.trunk, a.caller_id AS callerId, a.validation,
        a.dialed_at AS dialedAt, a.ringing_at AS ringingAt, a.answered_at AS answeredAt, a.live_at AS liveAt,
        a.bridged_at AS bridgedAt, a.ended_at AS endedAt, a.result, a.sip_code AS sipCode, a.cause, a.verdict,
        a.verdict_cause AS verdictCause, a.message_left AS messageLeft, a.waited, a.ended_by AS endedBy, a.agent, a.disposition,
        a.reason, a.counts, a.rule
      FROM attempts a JOIN campaigns c ON c.id = a.campaign
      WHERE ${where} ORDER BY a.dialed_at, a.attempt LIMIT :limit`);
    const rows = find.all({ ...query, limit: query.limit ?? -1 });
    return rows.map((stored) => {
      const row = {
        ...stored,
        counts: stored.counts === 1,
        messageLeft: stored.messageLeft === 1,
        waited: stored.waited === null ? null : stored.waited === 1,
      };
      return { ...row, why: endingWords(row) };
    });
  };
}
