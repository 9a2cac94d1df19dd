// Reads records as the eligibility rules see them: their own rows, contacts and phones, and the attempts of the contacts
// and to their numbers over all campaigns; in a few statements, asked together, for however many records.

import type { CallbackFacts, PastAttempt, RecordFacts } from '../../records/record.ts';
import type { Phone } from '../../terms.ts';
import { inTime, ownAttempts } from '../past-attempts.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** The phones of the contact that an expression names, in their order, as JSON. */
export function phonesOf(contact: string): string {
  return `coalesce((SELECT json_agg(json_build_object('number', n.number, 'type', n.type) ORDER BY n.position)
    FROM phones n WHERE n.contact = ${contact}), '[]')`;
}

/** A record's facts as the columns below give them. */
export interface FactsRow extends Omit<RecordFacts, 'phones' | 'history' | 'callback'> {
  readonly ownPhones: readonly Phone[];
  readonly numberChanges: Readonly<Record<string, string>> | null;
  readonly callback: CallbackFacts | null;
}

/** The columns of a record's facts, but its history, out of the tables below. */
export const FACT_COLUMNS = `r.id AS record, p.name AS campaign, r.contact, rl.name AS list, c.name, c.fields, c.answers, r.state,
  r.due_at AS "dueAt", r.phone_index AS "phoneIndex", r.priority, r.attempts, r.uncounted,
  r.rule_uses AS "ruleUses",
  r.last_result AS "lastResult", r.held_until AS "heldUntil", r.number_changes AS "numberChanges",
  ${phonesOf('r.contact')} AS "ownPhones",
  (SELECT json_build_object('callback', k.id, 'at', r.callback_at, 'agent', k.agent, 'zone', k.zone,
    'number', k.number, 'by', k.set_by, 'setAt', k.set_at) FROM callbacks k WHERE k.id = r.callback) AS callback`;

/** The tables of a record's facts; `r` may be named before them. */
export const FACT_TABLES = `
  JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign
  LEFT JOIN record_queues rq ON rq.id = r.queue LEFT JOIN lists rl ON rl.id = rq.list AND rl.removed_at IS NULL`;

/** The numbers of the records `$1`, also those that are dialed instead of the contacts' own. */
export const NUMBERS_OF_RECORDS = `
  SELECT n.number FROM records r JOIN phones n ON n.contact = r.contact WHERE r.id = ANY ($1::bigint[])
  UNION SELECT x.value FROM records r CROSS JOIN LATERAL jsonb_each_text(r.number_changes) x
  WHERE r.id = ANY ($1::bigint[])`;

/** More than anybody is ever called; makes the plan one for few rows. */
const MOST_PAST = 10_000;

const PAST = `SELECT h.attempt, hc.name AS campaign, h.record, h.contact, h.number, h.dialed_at AS "dialedAt",
  h.ended_at AS "endedAt", h.result, h.bridged_at IS NOT NULL AS talked, h.counts = 1 AS counts, h.disposition`;

/** Attempts since `$2` with one of the keys, a look into the column's own index for each: only that fits the comparison. */
function pastBy(column: 'contact' | 'number', keys: string): string {
  return `${PAST} FROM unnest(ARRAY(${keys})) AS k (key) CROSS JOIN LATERAL (
    SELECT * FROM attempts a WHERE (a.${column}, a.dialed_at) >= (k.key, $2) AND a.${column} <= k.key
    ORDER BY a.${column}, a.dialed_at LIMIT ${MOST_PAST}) h JOIN campaigns hc ON hc.id = h.campaign`;
}

/**
 * For the records `$1`: the attempts of their contacts and to their numbers that were dialed at `$2` or later, and all
 * that are under way for longer; some of them twice.
 */
export const PAST_ATTEMPTS = sql<PastAttempt>(`
  ${pastBy('contact', 'SELECT r.contact FROM records r WHERE r.id = ANY ($1::bigint[])')}
  UNION ALL ${pastBy('number', NUMBERS_OF_RECORDS)}
  UNION ALL (${PAST} FROM attempts h JOIN campaigns hc ON hc.id = h.campaign
    WHERE h.result IS NULL AND h.dialed_at < $2 ORDER BY h.dialed_at)`);

/** The facts out of a row of those columns, and of attempts among which its own are. */
export function factsIn(
  { ownPhones, numberChanges, answers = {}, ...row }: FactsRow,
  past: readonly PastAttempt[],
): RecordFacts {
  const phones = ownPhones.map((phone, place) => {
    const number = numberChanges?.[place];
    return number === undefined ? phone : { ...phone, number, was: phone.number };
  });
  const { record, contact } = row;
  const answered = Object.keys(answers).length === 0 ? {} : { answers };
  return {
    ...row,
    ...answered,
    phones,
    history: past.length === 0 ? past : inTime(ownAttempts({ record, contact, phones }, past)),
  };
}

/** The attempts, each once. */
export function eachOnce(past: readonly PastAttempt[]): readonly PastAttempt[] {
  return [...new Map(past.map((one) => [one.attempt, one])).values()];
}

const FACTS = sql<FactsRow>(`SELECT ${FACT_COLUMNS} FROM records r ${FACT_TABLES} WHERE r.id = ANY ($1::bigint[])`);

/** The record's facts; its history is that from `sinceAt` on, and what is under way. Undefined when there is no such record. */
export async function factsOf(db: Db, record: number, sinceAt: number): Promise<RecordFacts | undefined> {
  const [[row], past] = await Promise.all([db.all(FACTS, [[record]]), db.all(PAST_ATTEMPTS, [[record], sinceAt])]);
  return row && factsIn(row, eachOnce(past));
}
