// Reads a record as the eligibility rules see it: its own row, its contact, its phones, its attempts that count.

import type { PastAttempt, RecordFacts } from '../../list/record.ts';
import type { Phone, RecordState, Result } from '../../terms.ts';
import type { Connection } from './database.ts';

export interface RecordSource {
  /** The record's facts; its attempts are those dialed at `sinceAt` or later. Undefined when there is no such record. */
  facts(record: number, sinceAt: number): RecordFacts | undefined;
  phones(contact: number): readonly Phone[];
}

interface FactsRow {
  readonly record: number;
  readonly campaign: string;
  readonly contact: number;
  readonly name: string;
  readonly fields: string;
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly phoneIndex: number;
  readonly priority: number;
  readonly attempts: number;
  readonly ruleUses: string;
  readonly lastResult: Result | null;
}

type HistoryRow = Omit<PastAttempt, 'talked' | 'counts'> & { readonly talked: number; readonly counts: number };

export function recordSource(db: Connection): RecordSource {
  const row = db.prepare<[number], FactsRow>(`
    SELECT r.id AS record, p.name AS campaign, r.contact, c.name, c.fields, r.state, r.due_at AS dueAt,
      r.phone_index AS phoneIndex, r.priority, r.attempts, r.rule_uses AS ruleUses, r.last_result AS lastResult
    FROM records r JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign
    WHERE r.id = ?`);
  const phones = db.prepare<[number], Phone>('SELECT number, type FROM phones WHERE contact = ? ORDER BY position');
  const history = db.prepare<[number, number], HistoryRow>(`
    SELECT a.attempt, p.name AS campaign, a.record, a.contact, a.number, a.dialed_at AS dialedAt, a.ended_at AS endedAt,
      a.result, a.bridged_at IS NOT NULL AS talked, a.counts, a.disposition
    FROM attempts a JOIN campaigns p ON p.id = a.campaign
    WHERE a.record = ? AND a.dialed_at >= ? AND a.result IS NOT NULL ORDER BY a.dialed_at`);
  return {
    phones: (contact) => phones.all(contact),
    facts(record, sinceAt) {
      const found = row.get(record);
      if (!found) return undefined;
      return {
        ...found,
        fields: parseObject<unknown>(found.fields),
        ruleUses: parseObject<number>(found.ruleUses),
        phones: phones.all(found.contact),
        history: history.all(record, sinceAt).map(pastAttempt),
      };
    },
  };
}

function pastAttempt(row: HistoryRow): PastAttempt {
  return { ...row, talked: row.talked === 1, counts: row.counts === 1 };
}

/** A JSON column that we wrote as an object of such values. */
export function parseObject<Value>(json: string): Readonly<Record<string, Value>> {
  return JSON.parse(json) as Readonly<Record<string, Value>>;
}
