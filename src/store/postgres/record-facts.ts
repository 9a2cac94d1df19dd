// Reads records as the eligibility rules see them: their own rows, contacts, phones and attempts, in one statement for
// however many records.

import type { PastAttempt, RecordFacts } from '../../list/record.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** The phones of the contact that an expression names, in their order, as JSON. */
export function phonesOf(contact: string): string {
  return `coalesce((SELECT json_agg(json_build_object('number', n.number, 'type', n.type) ORDER BY n.position)
    FROM phones n WHERE n.contact = ${contact}), '[]')`;
}

/** The columns of a record's facts; `since` names the instant from which on attempts are wanted. */
export function factColumns(since: string): string {
  return `r.id AS record, p.name AS campaign, r.contact, c.name, c.fields, r.state, r.due_at AS "dueAt",
    r.phone_index AS "phoneIndex", r.priority, r.attempts, r.rule_uses AS "ruleUses", r.last_result AS "lastResult",
    ${phonesOf('r.contact')} AS phones, ${historyOf('r', since)} AS history`;
}

function historyOf(record: string, since: string): string {
  return `coalesce((
    SELECT json_agg(json_build_object('attempt', h.attempt, 'campaign', q.name, 'record', h.record,
      'contact', h.contact, 'number', h.number, 'dialedAt', h.dialed_at, 'endedAt', h.ended_at, 'result', h.result,
      'talked', h.bridged_at IS NOT NULL, 'counts', h.counts = 1, 'disposition', h.disposition) ORDER BY h.dialed_at)
    FROM attempts h JOIN campaigns q ON q.id = h.campaign
    WHERE h.record = ${record}.id AND h.dialed_at >= ${since} AND h.result IS NOT NULL), '[]')`;
}

const FACTS = sql<RecordFacts & { readonly history: readonly PastAttempt[] }>(`
  SELECT ${factColumns('$2')}
  FROM records r JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign WHERE r.id = $1`);

/** The record's facts; its attempts are those dialed at `sinceAt` or later. Undefined when there is no such record. */
export function factsOf(db: Db, record: number, sinceAt: number): Promise<RecordFacts | undefined> {
  return db.first(FACTS, [record, sinceAt]);
}
