// The writes of a choice: attempts with their records being dialed, and what refused candidates become; gathered and
// written together.

import { defined } from '../../base/defined.ts';
import type { OpenAttempts, OpenedAttempt, OpenLine } from '../../engine/store/attempts.ts';
import { ANY_ENGAGED_AGENT } from '../../engine/store/callbacks.ts';
import type { RecordFacts } from '../../records/record.ts';
import type { ValidationOutcome } from '../../rules/validation.ts';
import type { Ruling } from '../ruling.ts';
import { json, sql } from './database.ts';
import type { Transaction } from './database.ts';
import { queueBeside } from './queues.ts';

/** A record that cannot be put into its cohort is looked at again after this. */
const AGAIN_MS = 60_000;

interface Refusal {
  readonly record: number;
  /** The record's queue; 0 when it was not taken from one. */
  readonly queue: number;
  readonly ruling: Exclude<Ruling, { kind: 'dial' | 'validate' }>;
}

/** What becomes of a record: null leaves a column as it is, but `due_at` and `why`. */
interface RecordChange {
  readonly id: number;
  readonly state: string;
  readonly due_at?: number;
  readonly why?: string;
  readonly aside?: 'filter';
  readonly phone_index?: number;
  readonly last_attempt?: string;
}

const INSERT = sql(`
  INSERT INTO attempts (attempt, campaign, record, contact, phone_index, number, trunk, caller_id, validation, dialed_at)
  SELECT x.attempt, (SELECT id FROM campaigns WHERE name = $2), x.record, x.contact, x.phone_index, x.number, x.trunk,
    x.caller_id, x.validation, $3
  FROM json_to_recordset($1) AS x (attempt text, record bigint, contact bigint, phone_index bigint, number text,
    trunk text, caller_id text, validation text)`);
const CHANGE = sql(`
  UPDATE records r SET state = x.state, due_at = x.due_at, why = x.why, aside = coalesce(x.aside, r.aside),
    first = CASE WHEN x.state = 'dialing' THEN 0 ELSE r.first END,
    callback = CASE WHEN x.state IN ('finished', 'removed') THEN NULL ELSE r.callback END,
    callback_at = CASE WHEN x.state IN ('finished', 'removed') THEN NULL ELSE r.callback_at END,
    callback_agent = CASE WHEN x.state IN ('finished', 'removed') THEN NULL ELSE r.callback_agent END,
    phone_index = coalesce(x.phone_index, r.phone_index), last_attempt = coalesce(x.last_attempt, r.last_attempt),
    last_attempt_at = CASE WHEN x.last_attempt IS NULL THEN r.last_attempt_at ELSE $2 END
  FROM json_to_recordset($1) AS x (id bigint, state text, due_at bigint, why text, aside text, phone_index bigint,
    last_attempt text) WHERE r.id = x.id`);
const GIVE_UP = sql(`
  UPDATE callbacks SET state = 'expired', ended_at = $2
  WHERE id IN (SELECT callback FROM records WHERE id = ANY ($1::bigint[])) AND state = 'pending'`);
const PUT_OFF_PERSONAL = sql(`
  UPDATE records SET callback_at = $2, due_at = greatest(due_at, $2), why = $3 WHERE id = $1`);
const WAIT_FOR_AGENT = sql(`
  UPDATE records SET state = 'waiting', due_at = $2, callback_at = $3, callback_agent = '${ANY_ENGAGED_AGENT}', why = $4
  WHERE id = $1`);
const MOVE = sql('UPDATE records SET queue = $2 WHERE id = $1');

export class ChoiceWrites {
  readonly #db: Transaction;
  readonly #request: Pick<OpenAttempts, 'campaign' | 'now'>;
  #attempts: Readonly<Record<string, unknown>>[] = [];
  #changes: RecordChange[] = [];

  constructor(db: Transaction, request: Pick<OpenAttempts, 'campaign' | 'now'>) {
    this.#db = db;
    this.#request = request;
  }

  /** Notes an attempt for the record. */
  attempt(parts: {
    readonly facts: RecordFacts;
    readonly line: OpenLine;
    readonly callerId: string;
    readonly phoneIndex: number;
    readonly validation: ValidationOutcome | undefined;
  }): OpenedAttempt {
    const { facts, line, callerId, phoneIndex, validation } = parts;
    const { attempt, trunk } = line;
    const number = facts.phones[phoneIndex]?.number;
    const { record: id, contact } = facts;
    this.#attempts.push({
      attempt,
      record: id,
      contact,
      phone_index: phoneIndex,
      number,
      trunk,
      caller_id: callerId,
      validation,
    });
    this.#changes.push({ id, state: 'dialing', phone_index: phoneIndex, last_attempt: attempt });
    const record: RecordFacts = { ...facts, state: 'dialing', dueAt: null, phoneIndex };
    const outcome = defined({ validation });
    return { attempt, trunk, callerId, record, phoneIndex, ...outcome };
  }

  async refusal({ record: id, queue, ruling }: Refusal): Promise<void> {
    switch (ruling.kind) {
      case 'put-off':
        if (queue === 0) this.#db.send(PUT_OFF_PERSONAL, [id, ruling.dueAt, ruling.why]);
        else this.#changes.push({ id, state: 'waiting', due_at: ruling.dueAt, why: ruling.why });
        return;
      case 'for-agent':
        this.#db.send(WAIT_FOR_AGENT, [id, ruling.dueAt, this.#request.now, ruling.why]);
        return;
      case 'to-cohort': {
        const closed = queue === 0 ? 0 : await queueBeside(this.#db, queue, ruling.cohort);
        const dueAt = this.#request.now + AGAIN_MS;
        if (queue === 0) this.#db.send(PUT_OFF_PERSONAL, [id, dueAt, 'Its hours are closed.']);
        else if (closed !== queue) this.#db.send(MOVE, [id, closed]);
        else this.#changes.push({ id, state: 'waiting', due_at: dueAt, why: 'Its hours are closed.' });
        return;
      }
      case 'set-aside':
        this.#changes.push({ id, state: 'removed', aside: 'filter', why: ruling.why });
        return;
      case 'finish':
        this.#changes.push({ id, state: 'finished', why: ruling.why });
    }
  }

  /** Writes what was noted; whatever is asked next finds it written. */
  flush(): void {
    const { campaign, now } = this.#request;
    const over = this.#changes.filter(({ state }) => state === 'finished' || state === 'removed').map(({ id }) => id);
    if (this.#attempts.length > 0) this.#db.send(INSERT, [json(this.#attempts), campaign.name, now]);
    if (over.length > 0) this.#db.send(GIVE_UP, [over, now]);
    if (this.#changes.length > 0) this.#db.send(CHANGE, [json(this.#changes), now]);
    this.#attempts = [];
    this.#changes = [];
  }
}
