// Carries out what becomes of records after calls: their state, when and how they are dialed next, what of their callbacks.
// Works on rows that were read and locked, and writes them back together. Decides nothing: that is records/call-again.ts.

import type { RecordNext, WaitingNext } from '../../records/record.ts';
import { json, sql } from './database.ts';
import type { Statement, Transaction } from './database.ts';

/** What of a record a call may change. */
export interface RecordRow {
  readonly id: number;
  readonly last_attempt: string | null;
  state: string;
  due_at: number | null;
  phone_index: number;
  attempts: number;
  uncounted: number;
  rule_uses: Readonly<Record<string, number>>;
  last_result: string | null;
  last_disposition: string | null;
  last_agent: string | null;
  why: string | null;
  priority: number;
  first: number;
  held_until: number | null;
  number_changes: Readonly<Record<string, string>> | null;
  callback: number | null;
  callback_at: number | null;
  callback_agent: string | null;
}

const RECORD_COLUMNS = {
  state: 'text',
  due_at: 'bigint',
  phone_index: 'bigint',
  attempts: 'bigint',
  uncounted: 'bigint',
  rule_uses: 'jsonb',
  last_result: 'text',
  last_disposition: 'text',
  last_agent: 'text',
  why: 'text',
  priority: 'bigint',
  first: 'bigint',
  held_until: 'bigint',
  number_changes: 'jsonb',
  callback: 'bigint',
  callback_at: 'bigint',
  callback_agent: 'text',
} as const satisfies Record<Exclude<keyof RecordRow, 'id' | 'last_attempt'>, string>;

/** The columns of such a row, out of the table `r`. */
export const RECORD_ROW = `to_jsonb(r) - '{campaign,contact,sort_key,last_attempt_at,queue,aside}'::text[]`;

export interface DecidedCall {
  /** The attempt, or the call that came in. */
  readonly call: string;
  /** The call-again rule that decided before, by its place. */
  readonly rule: number | null;
  /** A person and an agent were in conversation: a callback that was to be kept is. */
  readonly connected: boolean;
  readonly at: number;
}

export interface EndedCallback {
  readonly callback: number;
  readonly state: 'done' | 'expired' | 'cancelled';
  readonly at: number;
  readonly call: string;
}

/** A pending callback is over with a call: taken back, kept when it came to a conversation, else given up. */
const END_CALLBACKS = sql(`
  WITH x AS (SELECT * FROM json_to_recordset($1) AS x (callback bigint, state text, at bigint, call text)),
  ended AS (
    UPDATE callbacks k SET state = x.state, ended_at = x.at, kept_in = CASE WHEN x.state = 'done' THEN x.call END
    FROM x WHERE k.id = x.callback AND k.state = 'pending' RETURNING x.callback, x.state, x.at, x.call)
  INSERT INTO callback_steps (callback, what, at, by, detail)
  SELECT callback, state, at, 'outdial', call FROM ended ORDER BY callback`);

/** A statement that writes rows given as JSON over those with the same key. */
export function writeBack(table: string, key: string, columns: Readonly<Record<string, string>>): Statement<never> {
  const [name = ''] = key.split(' ');
  const set = Object.keys(columns).map((column) => `${column} = x.${column}`);
  const types = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return sql(`
    UPDATE ${table} t SET ${set.join(', ')}
    FROM json_to_recordset($1) AS x (${[key, ...types].join(', ')}) WHERE t.${name} = x.${name}`);
}

const WRITE = writeBack('records', 'id bigint', RECORD_COLUMNS);

/** Writes the records as they are now, and the callbacks that are over. */
export function writeRecords(db: Transaction, records: readonly RecordRow[], ended: readonly EndedCallback[]): void {
  if (records.length > 0) db.send(WRITE, [json(records)]);
  if (ended.length > 0) db.send(END_CALLBACKS, [json(ended)]);
}

/** A record in a call, and where callbacks go that are over with it. */
export interface RecordInCall {
  readonly record: RecordRow;
  readonly ended: EndedCallback[];
}

/**
 * Carries out what next for the record of a call; the rule that decided, or undefined when it was left alone.
 * `undecided-only` leaves a decided record alone, `again` decides again; both leave it alone when it has been dialed again
 * since or was removed.
 */
export function decide(
  { record, ended }: RecordInCall,
  call: DecidedCall,
  next: RecordNext,
  which: 'undecided-only' | 'again',
): { readonly rule: number | null } | undefined {
  if (next.state === 'dialing' || record.last_attempt !== call.call || record.state === 'removed') return undefined;
  if (which === 'undecided-only' && record.state !== 'dialing') return undefined;
  record.rule_uses = moveRuleUse(record.rule_uses, call.rule, next.rule);
  if (record.callback !== null && !(next.state === 'waiting' && next.callbackAt !== undefined)) {
    const state = next.takesBack === true ? 'cancelled' : call.connected ? 'done' : 'expired';
    ended.push({ callback: record.callback, state, at: call.at, call: call.call });
  }
  record.state = next.state;
  record.why = next.why;
  record.priority = next.priority ?? record.priority;
  if (next.state === 'waiting') waitFor(next, record);
  else {
    const over = { due_at: null, first: 0, held_until: null, callback: null, callback_at: null, callback_agent: null };
    Object.assign(record, over);
  }
  return { rule: next.rule ?? null };
}

function waitFor(next: WaitingNext, record: RecordRow): void {
  const { dueAt, phoneIndex, first, heldUntil, number, callbackAt } = next;
  record.due_at = dueAt;
  record.phone_index = phoneIndex;
  record.first = first === true ? 1 : 0;
  record.held_until = heldUntil ?? null;
  if (number !== undefined) record.number_changes = { ...record.number_changes, [phoneIndex]: number };
  record.callback_at = callbackAt ?? null;
  if (callbackAt === undefined) Object.assign(record, { callback: null, callback_agent: null });
}

/** The uses of the call-again rules after one attempt's decision goes from rule `from` to rule `to`. */
function moveRuleUse(
  before: Readonly<Record<string, number>>,
  from: number | null,
  to: number | undefined,
): Readonly<Record<string, number>> {
  const uses = { ...before };
  if (from !== null) uses[from] = Math.max(0, (uses[from] ?? 0) - 1);
  if (to !== undefined) uses[to] = (uses[to] ?? 0) + 1;
  return uses;
}
