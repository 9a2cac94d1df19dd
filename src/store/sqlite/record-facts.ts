// Reads records as the eligibility rules see them: their own rows, contacts and phones, and the attempts of the contacts
// and to their numbers over all campaigns; in a few statements for however many records.

import type { CallbackFacts, PastAttempt, RecordFacts } from '../../records/record.ts';
import type { Phone, RecordState, Result } from '../../terms.ts';
import { inTime, ownAttempts } from '../past-attempts.ts';
import type { Connection } from './database.ts';

interface RecordSource {
  /** The facts of one record, as `factsOf` gives them; undefined when there is no such record. */
  facts(record: number, sinceAt: number): RecordFacts | undefined;
  /**
   * The facts by record; records that are not there are left out. A history has the attempts dialed at `sinceAt` or later
   * and those still under way, but not the one that is being dialed for this very record.
   */
  factsOf(records: readonly number[], sinceAt: number): ReadonlyMap<number, RecordFacts>;
}

/** A row of a record, in the order of its columns: rows as objects are many times slower to make and to read. */
type FactsRow = readonly [
  record: number,
  campaign: string,
  contact: number,
  list: string | null,
  name: string,
  fields: string,
  state: RecordState,
  dueAt: number | null,
  phoneIndex: number,
  priority: number,
  attempts: number,
  ruleUses: string,
  lastResult: Result | null,
  heldUntil: number | null,
  callback: number | null,
  numberChanges: string | null,
  uncounted: number,
  answers: string,
];

type HistoryRow = Omit<PastAttempt, 'talked' | 'counts'> & { readonly talked: number; readonly counts: number };

export function recordSource(db: Connection): RecordSource {
  const rowsOf = rowsQuery(db);
  const callback = callbackSource(db);
  const phonesOf = phonesQuery(db);
  const history = historyQuery(db);
  const factsOf: RecordSource['factsOf'] = (records, sinceAt) => {
    const rows = rowsOf(records);
    const phones = phonesOf(rows.map(([, , contact]) => contact));
    const dialed = rows.map((row) => changedPhones(phones.get(row[2]) ?? [], row[15]));
    const past = history({ contacts: [...phones.keys()], phones: dialed, sinceAt });
    const found = new Map<number, RecordFacts>();
    rows.forEach((row, place) => {
      const facts = factsIn(row, { phones: dialed[place] ?? [], callback });
      found.set(facts.record, past.length === 0 ? facts : { ...facts, history: inTime(ownAttempts(facts, past)) });
    });
    return found;
  };
  return {
    factsOf,
    facts: (record, sinceAt) => factsOf([record], sinceAt).get(record),
  };
}

function rowsQuery(db: Connection): (records: readonly number[]) => readonly FactsRow[] {
  const find = db.prepare<[string], FactsRow>(`
    SELECT r.id, p.name, r.contact, l.name, c.name, c.fields, r.state, r.due_at, r.phone_index, r.priority, r.attempts,
      r.rule_uses, r.last_result, r.held_until, r.callback, r.number_changes, r.uncounted,
      c.answers
    FROM json_each(?) wanted CROSS JOIN records r ON r.id = wanted.value
    JOIN contacts c ON c.id = r.contact JOIN campaigns p ON p.id = r.campaign
    LEFT JOIN record_queues q ON q.id = r.queue LEFT JOIN lists l ON l.id = q.list AND l.removed_at IS NULL`);
  find.raw();
  return (records) => find.all(JSON.stringify(records));
}

/** Of almost everyone: not parsed again and again. */
const NO_ANSWERS = '{}';

interface Beside {
  readonly phones: readonly Phone[];
  readonly callback: (record: number) => CallbackFacts | null;
}

/** The facts of a row, still without a history. */
function factsIn(row: FactsRow, { phones, callback }: Beside): RecordFacts {
  return {
    record: row[0],
    campaign: row[1],
    contact: row[2],
    list: row[3],
    name: row[4],
    fields: parseObject<unknown>(row[5]),
    ...(row[17] === NO_ANSWERS ? {} : { answers: parseObject<string | number>(row[17]) }),
    phones,
    state: row[6],
    dueAt: row[7],
    phoneIndex: row[8],
    priority: row[9],
    attempts: row[10],
    uncounted: row[16],
    history: NO_HISTORY,
    ruleUses: parseObject<number>(row[11]),
    lastResult: row[12],
    callback: row[14] === null ? null : callback(row[0]),
    heldUntil: row[13],
  };
}

/** The phones of contacts in their order; contacts without any are left out. */
function phonesQuery(db: Connection): (contacts: readonly number[]) => ReadonlyMap<number, readonly Phone[]> {
  const find = db.prepare<[string], readonly [contact: number, number: string, type: Phone['type']]>(`
    SELECT n.contact, n.number, n.type FROM json_each(?) wanted CROSS JOIN phones n ON n.contact = wanted.value
    ORDER BY n.contact, n.position`);
  find.raw();
  return (contacts) => {
    const found = new Map<number, Phone[]>();
    for (const [contact, number, type] of find.all(JSON.stringify(contacts))) {
      const phone = { number, type };
      const others = found.get(contact);
      if (others) others.push(phone);
      else found.set(contact, [phone]);
    }
    return found;
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
  readonly contacts: readonly number[];
  /** Of each of the records. */
  readonly phones: readonly (readonly Phone[])[];
  readonly sinceAt: number;
}

/** Attempts of the contacts and to their numbers, and all that are under way for longer; each once, in no order. */
function historyQuery(db: Connection): (question: HistoryQuestion) => readonly PastAttempt[] {
  const columns = `a.attempt, p.name AS campaign, a.record, a.contact, a.number, a.dialed_at AS dialedAt,
    a.ended_at AS endedAt, a.result, a.bridged_at IS NOT NULL AS talked, a.counts, a.disposition`;
  const ofContacts = db.prepare<[string, number], HistoryRow>(`
    SELECT ${columns} FROM json_each(?) wanted CROSS JOIN attempts a ON a.contact = wanted.value AND a.dialed_at >= +?
    JOIN campaigns p ON p.id = a.campaign`);
  const toNumbers = db.prepare<[string, number], HistoryRow>(`
    SELECT ${columns} FROM json_each(?) wanted CROSS JOIN attempts a ON a.number = wanted.value AND a.dialed_at >= +?
    JOIN campaigns p ON p.id = a.campaign`);
  const underWay = db.prepare<[number], HistoryRow>(`
    SELECT ${columns} FROM attempts a INDEXED BY attempts_open_dialed CROSS JOIN campaigns p ON p.id = a.campaign
    WHERE a.result IS NULL AND a.dialed_at < +?`);
  return ({ contacts, phones, sinceAt }) => {
    const numbers = [...new Set(phones.flat().map(({ number }) => number))];
    const rows = [
      ...ofContacts.all(JSON.stringify(contacts), sinceAt),
      ...toNumbers.all(JSON.stringify(numbers), sinceAt),
      ...underWay.all(sinceAt),
    ];
    if (rows.length === 0) return NO_HISTORY;
    const once = new Map(rows.map((row) => [row.attempt, row]));
    return [...once.values()].map((row) => ({ ...row, talked: row.talked === 1, counts: row.counts === 1 }));
  };
}

const NO_HISTORY: readonly PastAttempt[] = [];

/** A JSON column that we wrote as an object of such values. */
export function parseObject<Value>(json: string): Readonly<Record<string, Value>> {
  return JSON.parse(json) as Readonly<Record<string, Value>>;
}
