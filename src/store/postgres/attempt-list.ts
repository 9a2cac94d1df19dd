// Attempts for reports, audits and the history of a record or a number.

import { endingWords } from '../../call/ending-words.ts';
import type { AttemptQuery, AttemptRow } from '../../engine/store-attempts.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';

type StoredRow = Omit<AttemptRow, 'why'>;
type Part = Exclude<keyof AttemptQuery, 'limit'>;

/** One condition for each part of a query that is present. */
const CONDITIONS: Readonly<Record<Part, (value: string) => string>> = {
  attempt: (value) => `a.attempt = ${value}`,
  campaign: (value) => `c.name = ${value}`,
  record: (value) => `a.record = ${value} AND a.contact = (SELECT contact FROM records WHERE id = ${value})`,
  number: (value) => `a.number = ${value}`,
  fromAt: (value) => `a.dialed_at >= ${value}`,
  toAt: (value) => `a.dialed_at < ${value}`,
};
const PARTS = Object.keys(CONDITIONS) as readonly Part[];

/** One statement for each set of parts that was ever asked for. */
const statements = new Map<string, Statement<StoredRow>>();

function statementFor(asked: readonly Part[]): Statement<StoredRow> {
  const key = asked.join(' ');
  const known = statements.get(key);
  if (known) return known;
  const where = ['TRUE', ...asked.map((part, index) => CONDITIONS[part](`$${index + 2}`))].join(' AND ');
  const made = sql<StoredRow>(`
    SELECT a.attempt, c.name AS campaign, a.record, a.contact, a.number, a.trunk, a.caller_id AS "callerId",
      a.validation,
      a.dialed_at AS "dialedAt", a.ringing_at AS "ringingAt", a.answered_at AS "answeredAt", a.live_at AS "liveAt",
      a.bridged_at AS "bridgedAt", a.ended_at AS "endedAt", a.result, a.sip_code AS "sipCode", a.cause, a.verdict,
      a.verdict_cause AS "verdictCause", a.message_left = 1 AS "messageLeft", a.waited = 1 AS waited, a.ended_by AS "endedBy", a.agent, a.disposition, a.reason,
      a.counts = 1 AS counts, a.rule
    FROM attempts a JOIN campaigns c ON c.id = a.campaign
    WHERE ${where} ORDER BY a.dialed_at, a.attempt LIMIT $1`);
  statements.set(key, made);
  return made;
}

/** Attempts that fit all parts of the query, oldest first; of more than `limit` the oldest. */
export async function listAttempts(db: Db, query: AttemptQuery): Promise<readonly AttemptRow[]> {
  const asked = PARTS.filter((part) => query[part] !== undefined);
  const rows = await db.all(statementFor(asked), [query.limit ?? null, ...asked.map((part) => query[part])]);
  return rows.map((row) => ({ ...row, why: endingWords(row) }));
}
