// Reads records as the eligibility rules see them: their own rows, contacts and phones, and the attempts of the contacts
// and to their numbers over all campaigns; in one statement for however many records.

import type { CallbackFacts, PastAttempt, RecordFacts } from '../../list/record.ts';
import type { Phone } from '../../terms.ts';
import { inTime, ownAttempts } from '../past-attempts.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** The phones of the contact that an expression names, in their order, as JSON. */
export function phonesOf(contact: string): string {
  return `coalesce((SELECT json_agg(json_build_object('number', n.number, 'type', n.type) ORDER BY n.position)
    FROM phones n WHERE n.contact = ${contact}), '[]')`;
}

/** A record's facts as the statements below give them. */
export interface FactsRow extends Omit<RecordFacts, 'phones' | 'history' | 'callback'> {
  readonly ownPhones: readonly Phone[];
  readonly numberChanges: Readonly<Record<string, string>> | null;
  readonly callback: CallbackFacts | null;
  readonly attemptsOf: readonly PastAttempt[] | null;
  readonly attemptsTo: readonly PastAttempt[] | null;
  readonly longUnderWay: readonly PastAttempt[] | null;
}

/** The numbers of the record `r`, also those that are dialed instead of the contact's own. */
export const NUMBERS_OF_RECORD = `
  SELECT n.number FROM phones n WHERE n.contact = r.contact
  UNION SELECT x.value FROM jsonb_each_text(r.number_changes) x`;

const PAST = `json_build_object('attempt', h.attempt, 'campaign', hc.name, 'record', h.record, 'contact', h.contact,
  'number', h.number, 'dialedAt', h.dialed_at, 'endedAt', h.ended_at, 'result', h.result,
  'talked', h.bridged_at IS NOT NULL, 'counts', h.counts = 1, 'disposition', h.disposition)`;

/** The tables of a record's facts; `r` may be named before them. */
export const FACT_TABLES = `
  JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign
  LEFT JOIN record_queues rq ON rq.id = r.queue LEFT JOIN lists rl ON rl.id = rq.list AND rl.removed_at IS NULL`;

/** The columns of a record's facts; `since` says from when on attempts are wanted that are not under way. */
export function factColumns(since: string): string {
  return `r.id AS record, p.name AS campaign, r.contact, rl.name AS list, c.name, c.fields, r.state,
    r.due_at AS "dueAt", r.phone_index AS "phoneIndex", r.priority, r.attempts, r.rule_uses AS "ruleUses",
    r.last_result AS "lastResult", r.held_until AS "heldUntil", r.number_changes AS "numberChanges",
    ${phonesOf('r.contact')} AS "ownPhones",
    (SELECT json_build_object('callback', k.id, 'at', r.callback_at, 'agent', k.agent, 'zone', k.zone,
      'number', k.number, 'by', k.set_by, 'setAt', k.set_at) FROM callbacks k WHERE k.id = r.callback) AS callback,
    (SELECT json_agg(${PAST}) FROM attempts h JOIN campaigns hc ON hc.id = h.campaign
      WHERE h.contact = r.contact AND h.dialed_at >= ${since} AND (h.result IS NOT NULL OR h.record <> r.id)
    ) AS "attemptsOf",
    (SELECT json_agg(${PAST}) FROM attempts h JOIN campaigns hc ON hc.id = h.campaign
      WHERE h.number IN (${NUMBERS_OF_RECORD}) AND h.dialed_at >= ${since} AND h.contact <> r.contact
    ) AS "attemptsTo",
    (SELECT json_agg(${PAST}) FROM attempts h JOIN campaigns hc ON hc.id = h.campaign
      WHERE h.result IS NULL AND h.dialed_at < ${since} AND h.record <> r.id
        AND (h.contact = r.contact OR h.number IN (${NUMBERS_OF_RECORD}))
    ) AS "longUnderWay"`;
}

/** The facts out of a row of those columns. */
export function factsIn(row: FactsRow): RecordFacts {
  const { ownPhones, numberChanges, attemptsOf, attemptsTo, longUnderWay, ...rest } = row;
  const phones = ownPhones.map((phone, place) => {
    const number = numberChanges?.[place];
    return number === undefined ? phone : { ...phone, number, was: phone.number };
  });
  const past = [...(attemptsOf ?? []), ...(attemptsTo ?? []), ...(longUnderWay ?? [])];
  const { record, contact } = rest;
  return { ...rest, phones, history: inTime(ownAttempts({ record, contact, phones }, past)) };
}

const FACTS = sql<FactsRow>(`SELECT ${factColumns('$2')} FROM records r ${FACT_TABLES} WHERE r.id = $1`);

/** The record's facts; its history is that from `sinceAt` on, and what is under way. Undefined when there is no such record. */
export async function factsOf(db: Db, record: number, sinceAt: number): Promise<RecordFacts | undefined> {
  const row = await db.first(FACTS, [record, sinceAt]);
  return row && factsIn(row);
}
