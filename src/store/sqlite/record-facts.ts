// Reads a record as the eligibility rules see it: its own row, its contact and phones, and the attempts of the contact and
// to its numbers over all campaigns.

import type { CallbackFacts, PastAttempt, RecordFacts } from '../../list/record.ts';
import type { Phone, RecordState, Result } from '../../terms.ts';
import type { Connection } from './database.ts';

export interface RecordSource {
  /**
   * The record's facts; its history has attempts dialed at `sinceAt` or later, but not the one that is being dialed for
   * this very record. Undefined when there is no such record.
   */
  facts(record: number, sinceAt: number): RecordFacts | undefined;
  phones(contact: number): readonly Phone[];
}

interface FactsRow {
  readonly record: number;
  readonly campaign: string;
  readonly contact: number;
  readonly list: string | null;
  readonly name: string;
  readonly fields: string;
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly phoneIndex: number;
  readonly priority: number;
  readonly attempts: number;
  readonly ruleUses: string;
  readonly lastResult: Result | null;
  readonly heldUntil: number | null;
  readonly callback: number | null;
  readonly numberChanges: string | null;
}

type HistoryRow = Omit<PastAttempt, 'talked' | 'counts'> & { readonly talked: number; readonly counts: number };

export function recordSource(db: Connection): RecordSource {
  const row = db.prepare<[number], FactsRow>(`
    SELECT r.id AS record, p.name AS campaign, r.contact, l.name AS list, c.name, c.fields, r.state, r.due_at AS dueAt,
      r.phone_index AS phoneIndex, r.priority, r.attempts, r.rule_uses AS ruleUses, r.last_result AS lastResult,
      r.held_until AS heldUntil, r.callback, r.number_changes AS numberChanges
    FROM records r JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign
    LEFT JOIN record_queues q ON q.id = r.queue LEFT JOIN lists l ON l.id = q.list AND l.removed_at IS NULL
    WHERE r.id = ?`);
  const callback = callbackSource(db);
  const phones = db.prepare<[number], Phone>('SELECT number, type FROM phones WHERE contact = ? ORDER BY position');
  const history = historyQuery(db);
  return {
    phones: (contact) => phones.all(contact),
    facts(record, sinceAt) {
      const found = row.get(record);
      if (!found) return undefined;
      const { numberChanges, ...rest } = found;
      const dialed = changedPhones(phones.all(found.contact), numberChanges);
      return {
        ...rest,
        callback: found.callback === null ? null : callback(record),
        fields: parseObject<unknown>(found.fields),
        ruleUses: parseObject<number>(found.ruleUses),
        phones: dialed,
        history: history({ record, contact: found.contact, phones: dialed, sinceAt }),
      };
    },
  };
}

/** The callback that the record still has to keep; `at` is when it is tried next. */
function callbackSource(db: Connection): (record: number) => CallbackFacts | null {
  const pending = db.prepare<[number], CallbackFacts>(`
    SELECT k.id AS callback, r.callback_at AS at, k.agent, k.zone, k.number, k.set_by AS "by", k.set_at AS setAt
    FROM records r JOIN callbacks k ON k.id = r.callback WHERE r.id = ?`);
  return (record) => pending.get(record) ?? null;
}

/** The contact's phones with what rules have changed in their numbers for one record. */
function changedPhones(phones: readonly Phone[], changes: string | null): readonly Phone[] {
  if (changes === null) return phones;
  const changed = parseObject<string>(changes);
  return phones.map((phone, place) => {
    const number = changed[place];
    return number === undefined ? phone : { ...phone, number, was: phone.number };
  });
}

interface HistoryQuestion {
  readonly record: number;
  readonly contact: number;
  readonly phones: readonly Phone[];
  readonly sinceAt: number;
}

/** Attempts of a contact, and those to one of its numbers for other contacts; each a look into an index of its own. */
function historyQuery(db: Connection): (question: HistoryQuestion) => readonly PastAttempt[] {
  const columns = `a.attempt, p.name AS campaign, a.record, a.contact, a.number, a.dialed_at AS dialedAt,
    a.ended_at AS endedAt, a.result, a.bridged_at IS NOT NULL AS talked, a.counts, a.disposition
    FROM attempts a JOIN campaigns p ON p.id = a.campaign`;
  const ofContact = db.prepare<[number, number, number], HistoryRow>(`
    SELECT ${columns} WHERE a.contact = ? AND a.dialed_at >= ? AND (a.result IS NOT NULL OR a.record <> ?)`);
  const toNumber = db.prepare<[string, number, number], HistoryRow>(`
    SELECT ${columns} WHERE a.number = ? AND a.dialed_at >= ? AND a.contact <> ?`);
  return ({ record, contact, phones, sinceAt }) => {
    const rows = ofContact.all(contact, sinceAt, record);
    for (const { number } of phones) rows.push(...toNumber.all(number, sinceAt, contact));
    if (rows.length === 0) return NO_HISTORY;
    rows.sort((a, b) => a.dialedAt - b.dialedAt || (a.attempt < b.attempt ? -1 : 1));
    return rows.map((row) => ({ ...row, talked: row.talked === 1, counts: row.counts === 1 }));
  };
}

const NO_HISTORY: readonly PastAttempt[] = [];

/** A JSON column that we wrote as an object of such values. */
export function parseObject<Value>(json: string): Readonly<Record<string, Value>> {
  return JSON.parse(json) as Readonly<Record<string, Value>>;
}
