// What becomes of candidates: their facts are read and locked many at a time, and ruleOn decides on each. An attempt that
// was opened a moment ago in the same request is part of the history of those judged after it.

import type { OpenAttempts } from '../../engine/store-attempts.ts';
import { historyMs } from '../../list/history.ts';
import { askedNumbers, honouredLists } from '../../list/do-not-call.ts';
import type { PastAttempt, RecordFacts } from '../../list/record.ts';
import type { EligibilityInput } from '../../list/eligibility.ts';
import type { ValidationVerdict } from '../../list/validation.ts';
import { withAttempts } from '../past-attempts.ts';
import { ruleOn } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import { sql } from './database.ts';
import type { Db, Statement } from './database.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { forgottenNumbers, partsWithForgotten } from './forgotten.ts';
import { FACT_TABLES, NUMBERS_OF_RECORD, factColumns, factsIn } from './record-facts.ts';
import type { FactsRow } from './record-facts.ts';
import { VERDICTS } from './verdicts.ts';

/** A part of a do-not-call list that counts. */
interface LivePart {
  readonly id: number;
  readonly list: string;
  readonly importedAt: number | null;
  readonly numbers: number;
}

interface JudgedRow extends FactsRow {
  readonly blocked: readonly { readonly number: string; readonly part: number }[] | null;
}

const LIVE_PARTS = sql<LivePart>(`
  SELECT p.id, l.name AS list, p.imported_at AS "importedAt", p.numbers
  FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list WHERE p.state = 'live' ORDER BY l.name`);

const FACTS = `
  SELECT ${factColumns('$2')},
    (SELECT json_agg(json_build_object('number', m.number, 'part', d.part)) FROM (${NUMBERS_OF_RECORD}) m
      JOIN do_not_call_numbers d ON d.part = ANY ($3::bigint[]) AND d.number = substr(m.number, 2)::bigint) AS blocked
  FROM records r ${FACT_TABLES}
  WHERE r.id = ANY ($1::bigint[]) AND r.state IN ('fresh', 'waiting')`;
const LOOK = sql<JudgedRow>(FACTS);
/** Records that somebody else is just taking are left out. */
const TAKE = sql<JudgedRow>(`${FACTS} FOR UPDATE OF r SKIP LOCKED`);

export interface Judged {
  readonly facts: RecordFacts;
  readonly ruling: Ruling;
  /** What was judged. */
  readonly input: EligibilityInput;
}

interface Evidence {
  readonly facts: RecordFacts;
  readonly blocked: Map<string, readonly string[]>;
}

/** Judges the candidates of one request. */
export class Judge {
  readonly #db: Db;
  readonly #request: Pick<OpenAttempts, 'campaign' | 'now' | 'agent'>;
  readonly #statement: Statement<JudgedRow>;
  readonly #evidence = new Map<number, Evidence>();
  /** Attempts that this request has opened. */
  readonly #opened: PastAttempt[] = [];
  /** What the campaign's validation service has said, by number. */
  readonly #verdicts = new Map<string, ValidationVerdict>();
  #parts: Promise<readonly LivePart[]> | undefined;
  #forgotten: Promise<Pseudonyms | undefined> | undefined;

  /** `take` locks the records that are looked at, for the transaction that runs. */
  constructor(db: Db, request: Pick<OpenAttempts, 'campaign' | 'now' | 'agent'>, how: 'take' | 'look-only') {
    this.#db = db;
    this.#request = request;
    this.#statement = how === 'take' ? TAKE : LOOK;
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
    for (const { blocked, ...row } of await this.#db.all(this.#statement, [
      records,
      now - historyMs(campaign),
      filled,
    ])) {
      const holders = new Map<string, string[]>();
      for (const { number, part } of blocked ?? []) {
        holders.set(number, [...new Set([...(holders.get(number) ?? []), listOf.get(part) ?? ''])].sort());
      }
      this.#evidence.set(row.record, { facts: factsIn(row), blocked: holders });
    }
    await this.#askForgotten(records, listOf);
    await this.#askVerdicts(records);
  }

  /** Numbers of forgotten people stand on the lists as hashes. */
  async #askForgotten(records: readonly number[], listOf: ReadonlyMap<number, string>): Promise<void> {
    const names = await this.#forgottenNumbers();
    if (!names) return;
    const evidence = records.flatMap((record) => this.#evidence.get(record) ?? []);
    const numbers = evidence.flatMap(({ facts }) => askedNumbers(facts.phones));
    for (const { number, part } of await partsWithForgotten(this.#db, names, numbers)) {
      const list = listOf.get(part);
      if (list === undefined) continue;
      for (const { facts, blocked } of evidence) {
        if (askedNumbers(facts.phones).includes(number)) blocked.set(number, [...(blocked.get(number) ?? []), list]);
      }
    }
  }

  async #askVerdicts(records: readonly number[]): Promise<void> {
    const { campaign, now } = this.#request;
    if (campaign.validation === undefined) return;
    const phones = records.flatMap((record) => this.#evidence.get(record)?.facts.phones ?? []);
    const numbers = phones.map(({ number }) => number);
    for (const { number, ...verdict } of await this.#db.all(VERDICTS, [campaign.validation.url, numbers, now])) {
      this.#verdicts.set(number, verdict);
    }
  }

  /** What becomes of a record that was looked at. */
  async ruling(record: number): Promise<Judged | undefined> {
    const found = this.#evidence.get(record);
    if (!found) return undefined;
    const { campaign, now, agent } = this.#request;
    const facts = withAttempts(found.facts, this.#opened);
    const listsImportedAt = importTimes(await this.#liveParts());
    const who = agent === undefined ? {} : { agent, agentHeld: true };
    const validation = campaign.validation === undefined ? {} : { validation: this.#verdicts };
    const input = { facts, campaign, blocked: found.blocked, listsImportedAt, now, ...who, ...validation };
    return { facts, ruling: ruleOn(input), input };
  }

  /** An attempt was opened: those judged from now on know of it. */
  note(attempt: PastAttempt): void {
    this.#opened.push(attempt);
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
