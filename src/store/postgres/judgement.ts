// What becomes of candidates: their facts are read and locked many at a time, and ruleOn decides on each. An attempt that
// was opened a moment ago in the same request is part of the history of those judged after it.

import { defined } from '../../base/defined.ts';
import { afterCall } from '../../trunks/hourly.ts';
import type { AbroadQuota } from '../../trunks/hourly.ts';
import type { OpenAttempts } from '../../engine/store/attempts.ts';
import { historyMs } from '../../rules/history.ts';
import { honouredLists } from '../../records/do-not-call.ts';
import type { PastAttempt, RecordFacts } from '../../records/record.ts';
import type { EligibilityInput } from '../../eligibility/eligibility.ts';
import type { ValidationCheck } from '../../rules/ruling.ts';
import { kindOf } from '../../numbers/kinds.ts';
import { withAttempts } from '../past-attempts.ts';
import { ruleOn } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { forgottenNumbers, partsWithForgotten } from './forgotten.ts';
import { FACT_COLUMNS, FACT_TABLES, NUMBERS_OF_RECORDS, PAST_ATTEMPTS, eachOnce, factsIn } from './record-facts.ts';
import type { FactsRow } from './record-facts.ts';
import { VALIDATIONS } from './validation-lookups.ts';

/** A part of a do-not-call list that counts. */
interface LivePart {
  readonly id: number;
  readonly list: string;
  readonly importedAt: number | null;
  readonly numbers: number;
}

const LIVE_PARTS = sql<LivePart>(`
  SELECT p.id, l.name AS list, p.imported_at AS "importedAt", p.numbers
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.state = 'live' ORDER BY l.name`);

const OF_RECORDS = `SELECT ${FACT_COLUMNS} FROM records r ${FACT_TABLES} WHERE r.id = ANY ($1::bigint[])`;
const FACTS = `${OF_RECORDS} AND r.state IN ('fresh', 'waiting')`;
const LOOK = sql<FactsRow>(FACTS);
/** Records that somebody else is just taking are left out. */
const TAKE = sql<FactsRow>(`${FACTS} FOR UPDATE OF r SKIP LOCKED`);
const TAKE_RESERVED = sql<FactsRow>(`${OF_RECORDS} AND r.state = 'dialing' FOR UPDATE OF r`);

interface HeldNumber {
  readonly number: string;
  readonly part: number;
}

/** The numbers of the records `$1` that the parts `$2` of do-not-call lists hold. */
const BLOCKED = sql<HeldNumber>(`
  SELECT '+' || d.number AS number, d.part FROM do_not_call_numbers d WHERE d.part = ANY ($2::bigint[])
    AND d.number = ANY (ARRAY(SELECT substr(m.number, 2)::bigint FROM (${NUMBERS_OF_RECORDS}) m))`);

/** What a record is judged by. */
export interface Judged {
  readonly facts: RecordFacts;
  readonly input: EligibilityInput;
}

interface Ruled extends Judged {
  readonly ruling: Ruling;
}

/** Whether the records that are looked at are locked, for the transaction that runs; and in which state they are wanted. */
type How = 'take' | 'look-only' | 'take-reserved';

const STATEMENTS: Readonly<Record<How, Statement<FactsRow>>> = {
  take: TAKE,
  'look-only': LOOK,
  'take-reserved': TAKE_RESERVED,
};

interface Evidence {
  readonly facts: RecordFacts;
  readonly blocked: Map<string, readonly string[]>;
}

/** Judges the candidates of one request. */
export class Judge {
  readonly #db: Db;
  readonly #request: Pick<OpenAttempts, 'campaign' | 'now' | 'agent' | 'quotas'>;
  readonly #statement: Statement<FactsRow>;
  readonly #evidence = new Map<number, Evidence>();
  /** Attempts that this request has opened. */
  readonly #opened: PastAttempt[] = [];
  /** What the campaign's validation service has said, by number. */
  readonly #checks = new Map<string, ValidationCheck>();
  /** What is left of calls abroad. */
  #quotas: readonly AbroadQuota[];
  #parts: Promise<readonly LivePart[]> | undefined;
  #forgotten: Promise<Pseudonyms | undefined> | undefined;

  constructor(db: Db, request: Pick<OpenAttempts, 'campaign' | 'now' | 'agent' | 'quotas'>, how: How) {
    this.#db = db;
    this.#request = request;
    this.#quotas = request.quotas ?? [];
    this.#statement = STATEMENTS[how];
  }

  /** Reads what is the same for all records. */
  async prepare(): Promise<void> {
    await Promise.all([this.#liveParts(), this.#forgottenNumbers()]);
  }

  /** Reads the records; those that are no candidates any more have no ruling. */
  async look(records: readonly number[]): Promise<void> {
    const { campaign, now } = this.#request;
    const parts = await this.#liveParts();
    const filled = parts.filter(({ numbers }) => numbers > 0).map(({ id }) => id);
    const listOf = new Map(parts.map(({ id, list }) => [id, list]));
    const [rows, past, held] = await Promise.all([
      this.#db.all(this.#statement, [records]),
      this.#db.all(PAST_ATTEMPTS, [records, now - historyMs(campaign)]),
      filled.length === 0 ? [] : this.#db.all(BLOCKED, [records, filled]),
    ]);
    const attempts = eachOnce(past);
    const blocked = new Map<string, readonly string[]>();
    for (const { number, part } of [...held, ...(await this.#heldForgotten(rows))]) {
      const list = listOf.get(part);
      if (list !== undefined) blocked.set(number, [...new Set([...(blocked.get(number) ?? []), list])].sort());
    }
    for (const row of rows) this.#evidence.set(row.record, { facts: factsIn(row, attempts), blocked });
    await this.#readChecks(records);
  }

  /** Numbers of forgotten people stand on the lists as hashes. */
  async #heldForgotten(rows: readonly FactsRow[]): Promise<readonly HeldNumber[]> {
    const names = await this.#forgottenNumbers();
    if (!names) return [];
    const numbers = rows.flatMap(({ ownPhones, numberChanges }) => [
      ...ownPhones.map(({ number }) => number),
      ...Object.values(numberChanges ?? {}),
    ]);
    return partsWithForgotten(this.#db, names, [...new Set(numbers)]);
  }

  async #readChecks(records: readonly number[]): Promise<void> {
    const { campaign, now } = this.#request;
    if (campaign.validation === undefined) return;
    const phones = records.flatMap((record) => this.#evidence.get(record)?.facts.phones ?? []);
    const numbers = phones.map(({ number }) => number);
    for (const { number, ...check } of await this.#db.all(VALIDATIONS, [campaign.validation.url, numbers, now])) {
      this.#checks.set(number, check);
    }
  }

  /** What becomes of a record that was looked at. */
  async ruling(record: number): Promise<Ruled | undefined> {
    const judged = await this.#judged(record);
    return judged && { ...judged, ruling: ruleOn(judged.input) };
  }

  /** A record that is reserved for the agent, as if it were due; with a place, that phone of it alone. Reads it. */
  async reserved(record: number, onlyPhone: number | undefined): Promise<Judged> {
    await this.look([record]);
    const judged = await this.#judged(record);
    if (!judged) throw new Error(`record ${record} has no contact`);
    const facts: RecordFacts = { ...judged.facts, state: 'waiting', dueAt: null };
    return { facts, input: { ...judged.input, facts, ...defined({ onlyPhone }) } };
  }

  async #judged(record: number): Promise<Judged | undefined> {
    const found = this.#evidence.get(record);
    if (!found) return undefined;
    const { campaign, now, agent } = this.#request;
    const facts = withAttempts(found.facts, this.#opened);
    const listsImportedAt = importTimes(await this.#liveParts());
    const who = agent === undefined ? {} : { agent, agentEngaged: true };
    const validation = campaign.validation === undefined ? {} : { validation: this.#checks };
    const same = { campaign, now, kindOf, quotas: this.#quotas };
    const input = { facts, ...same, blocked: found.blocked, listsImportedAt, ...who, ...validation };
    return { facts, input };
  }

  /** An attempt was opened: those judged from now on know of it. */
  note(attempt: PastAttempt): void {
    this.#opened.push(attempt);
    if (this.#quotas.length === 0) return;
    this.#quotas = afterCall(this.#quotas, kindOf(attempt.number).country, this.#request.now);
  }

  #forgottenNumbers(): Promise<Pseudonyms | undefined> {
    return (this.#forgotten ??= forgottenNumbers(this.#db));
  }

  /** The parts of the lists that the campaign honours. */
  #liveParts(): Promise<readonly LivePart[]> {
    const lists = honouredLists(this.#request.campaign);
    this.#parts ??= this.#db.all(LIVE_PARTS).then((parts) => parts.filter(({ list }) => lists.includes(list)));
    return this.#parts;
  }
}

function importTimes(parts: readonly LivePart[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { list, importedAt } of parts) {
    if (importedAt !== null) times.set(list, Math.max(importedAt, times.get(list) ?? 0));
  }
  return times;
}
