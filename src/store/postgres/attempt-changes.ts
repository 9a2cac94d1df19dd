// The changes of attempts and what they make of their records, many at a time: rows are read and locked together, the
// changes applied to them one after the other, and what has changed is written together. What next is decided elsewhere
// and only carried out here.

import type { AttemptProgress, CloseAttempt, DisposeAttempt } from '../../engine/store.ts';
import type { RecordNext, WaitingNext } from '../../list/record.ts';
import { OperationalError } from '../../base/errors.ts';
import { json, sql } from './database.ts';
import type { Db, Statement } from './database.ts';

export type AttemptChange =
  | { readonly kind: 'progress'; readonly progress: AttemptProgress }
  | { readonly kind: 'close'; readonly closing: CloseAttempt }
  | { readonly kind: 'dispose'; readonly disposing: DisposeAttempt }
  | { readonly kind: 'settle'; readonly attempt: string; readonly next: RecordNext };

/** What of an attempt may change. */
interface AttemptRow {
  readonly attempt: string;
  readonly record: number;
  ringing_at: number | null;
  answered_at: number | null;
  live_at: number | null;
  bridged_at: number | null;
  ended_at: number | null;
  result: string | null;
  sip_code: number | null;
  cause: number | null;
  verdict: string | null;
  verdict_cause: string | null;
  ended_by: string | null;
  agent: string | null;
  session: string | null;
  counts: number;
  disposition: string | null;
  disposed_at: number | null;
  rule: number | null;
  held_next: string | null;
  message_left: number;
  reason: string | null;
}

/** What of a record an attempt may change. */
interface RecordRow {
  readonly id: number;
  readonly last_attempt: string | null;
  state: string;
  due_at: number | null;
  phone_index: number;
  attempts: number;
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

/** Columns with their types, in the order of the statements below. */
const ATTEMPT_COLUMNS = {
  ...{ ringing_at: 'bigint', answered_at: 'bigint', live_at: 'bigint', bridged_at: 'bigint', ended_at: 'bigint' },
  ...{ result: 'text', sip_code: 'bigint', cause: 'bigint', verdict: 'text', verdict_cause: 'text', ended_by: 'text' },
  ...{ agent: 'text', session: 'text', counts: 'bigint', disposition: 'text', disposed_at: 'bigint', rule: 'bigint' },
  ...{ held_next: 'text', message_left: 'bigint', reason: 'text' },
} as const satisfies Record<Exclude<keyof AttemptRow, 'attempt' | 'record'>, string>;

const RECORD_COLUMNS = {
  ...{ state: 'text', due_at: 'bigint', phone_index: 'bigint', attempts: 'bigint', rule_uses: 'jsonb' },
  ...{ last_result: 'text', last_disposition: 'text', last_agent: 'text', why: 'text', priority: 'bigint' },
  ...{ first: 'bigint', held_until: 'bigint', number_changes: 'jsonb', callback: 'bigint', callback_at: 'bigint' },
  callback_agent: 'text',
} as const satisfies Record<Exclude<keyof RecordRow, 'id' | 'last_attempt'>, string>;

interface Pair {
  readonly attempt: AttemptRow;
  readonly record: RecordRow;
}

interface Standing extends Pair {
  /** Where callbacks go that are over with this call. */
  readonly ended: EndedCallback[];
}

interface EndedCallback {
  readonly callback: number;
  readonly state: 'done' | 'expired';
  readonly at: number;
  readonly call: string;
}

/** A pending callback is over with a call: kept when it came to a conversation, else given up. */
const END_CALLBACKS = sql(`
  WITH x AS (SELECT * FROM json_to_recordset($1) AS x (callback bigint, state text, at bigint, call text)),
  ended AS (
    UPDATE callbacks k SET state = x.state, ended_at = x.at, kept_in = CASE WHEN x.state = 'done' THEN x.call END
    FROM x WHERE k.id = x.callback AND k.state = 'pending' RETURNING x.callback, x.state, x.at, x.call)
  INSERT INTO callback_steps (callback, what, at, by, detail)
  SELECT callback, state, at, 'outdial', call FROM ended ORDER BY callback`);

/** Every list of statements locks in this order, so that nobody waits for each other. */
const READ = sql<Pair>(`
  SELECT to_jsonb(a) - '{campaign,contact,phone_index,number,trunk,caller_id,dialed_at}'::text[] AS attempt,
    to_jsonb(r) - '{campaign,contact,sort_key,last_attempt_at,queue,aside}'::text[] AS record
  FROM attempts a JOIN records r ON r.id = a.record WHERE a.attempt = ANY ($1) ORDER BY r.id, a.attempt FOR UPDATE OF a, r`);

const WRITE_ATTEMPTS = writeBack('attempts', 'attempt text', ATTEMPT_COLUMNS);
const WRITE_RECORDS = writeBack('records', 'id bigint', RECORD_COLUMNS);

/** A statement that writes rows given as JSON over those with the same key. */
function writeBack(table: string, key: string, columns: Readonly<Record<string, string>>): Statement<never> {
  const [name = ''] = key.split(' ');
  const set = Object.keys(columns).map((column) => `${column} = x.${column}`);
  const types = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return sql(`
    UPDATE ${table} t SET ${set.join(', ')}
    FROM json_to_recordset($1) AS x (${[key, ...types].join(', ')}) WHERE t.${name} = x.${name}`);
}

/** Applies the changes in their order, inside a transaction; for each the refusal, or undefined when it was done. */
export async function applyChanges(
  db: Db,
  changes: readonly AttemptChange[],
): Promise<readonly (OperationalError | undefined)[]> {
  const ids = [...new Set(changes.map(attemptOf))];
  const attempts = new Map<string, AttemptRow>();
  const records = new Map<number, RecordRow>();
  for (const { attempt, record } of await db.all(READ, [ids])) {
    attempts.set(attempt.attempt, attempt);
    // Two attempts of one record must see each other's changes.
    if (!records.has(record.id)) records.set(record.id, record);
  }
  const ended: EndedCallback[] = [];
  const refusals = changes.map((change) => {
    const attempt = attempts.get(attemptOf(change));
    const record = attempt && records.get(attempt.record);
    if (!attempt || !record) return attemptUnknown(attemptOf(change));
    apply(change, { attempt, record, ended });
    return undefined;
  });
  if (attempts.size > 0) {
    const writes = [
      db.run(WRITE_ATTEMPTS, [json([...attempts.values()])]),
      db.run(WRITE_RECORDS, [json([...records.values()])]),
    ];
    await Promise.all(writes);
  }
  if (ended.length > 0) await db.run(END_CALLBACKS, [json(ended)]);
  return refusals;
}

function attemptOf(change: AttemptChange): string {
  switch (change.kind) {
    case 'progress':
      return change.progress.attempt;
    case 'close':
      return change.closing.attempt;
    case 'dispose':
      return change.disposing.attempt;
    case 'settle':
      return change.attempt;
  }
}

function attemptUnknown(attempt: string): OperationalError {
  const hint = 'Only attempts that the store has opened can be noted, closed or disposed.';
  return new OperationalError('attempt-unknown', `There is no attempt ${attempt}.`, { hint, httpCode: 404 });
}

function apply(change: AttemptChange, on: Standing): void {
  switch (change.kind) {
    case 'progress':
      note(change.progress, on.attempt);
      return;
    case 'close':
      close(change.closing, on);
      return;
    case 'dispose':
      dispose(change.disposing, on);
      return;
    case 'settle':
      if (on.attempt.result !== null) decide(on, change.next, 'undecided-only');
  }
}

function note(progress: AttemptProgress, row: AttemptRow): void {
  const { answeredAt, bridgedAt, agent, session, verdict, verdictCause } = progress;
  row.answered_at = answeredAt ?? row.answered_at;
  row.bridged_at = bridgedAt ?? row.bridged_at;
  row.agent = agent ?? row.agent;
  row.session = session ?? row.session;
  row.verdict = verdict ?? row.verdict;
  row.verdict_cause = verdictCause ?? row.verdict_cause;
  if (progress.messageLeft === true) row.message_left = 1;
}

function close(closing: CloseAttempt, on: Standing): void {
  const { attempt, record } = on;
  if (attempt.result !== null) {
    decide(on, closing.next, 'undecided-only');
    return;
  }
  note(closing, attempt);
  attempt.result = closing.result;
  attempt.ended_at = closing.endedAt;
  attempt.ringing_at = closing.ringingAt ?? null;
  attempt.live_at = closing.liveAt ?? null;
  attempt.sip_code = closing.sipCode ?? null;
  attempt.cause = closing.cause ?? null;
  attempt.ended_by = closing.endedBy ?? null;
  attempt.counts = closing.counts ? 1 : 0;
  record.attempts += attempt.counts;
  record.last_result = closing.result;
  record.last_agent = closing.agent ?? record.last_agent;
  const held = attempt.held_next === null ? undefined : (JSON.parse(attempt.held_next) as RecordNext);
  const next = closing.next.state === 'dialing' && held ? held : closing.next;
  decide(on, next, 'undecided-only');
}

function dispose({ disposition, agent, at, next, reason }: DisposeAttempt, on: Standing): void {
  const { attempt, record } = on;
  const isOpen = attempt.result === null;
  attempt.disposition = disposition;
  attempt.disposed_at = at;
  attempt.agent ??= agent;
  attempt.reason = reason ?? null;
  attempt.held_next = isOpen ? JSON.stringify(next) : null;
  if (record.last_attempt === attempt.attempt) {
    record.last_disposition = disposition;
    record.last_agent = agent;
  }
  if (!isOpen) decide(on, next, 'again');
}

/**
 * Carries out what next for the record of an attempt. `undecided-only` leaves a decided record alone, `again` decides
 * anew; both leave it alone when it has been dialed again since or was removed.
 */
function decide({ attempt, record, ended }: Standing, next: RecordNext, which: 'undecided-only' | 'again'): void {
  if (next.state === 'dialing' || record.last_attempt !== attempt.attempt || record.state === 'removed') return;
  if (which === 'undecided-only' && record.state !== 'dialing') return;
  record.rule_uses = moveRuleUse(record.rule_uses, attempt.rule, next.rule);
  attempt.rule = next.rule ?? null;
  if (record.callback !== null && !(next.state === 'waiting' && next.callbackAt !== undefined)) {
    const state = attempt.result === 'connected' ? 'done' : 'expired';
    ended.push({ callback: record.callback, state, at: attempt.ended_at ?? 0, call: attempt.attempt });
  }
  record.state = next.state;
  record.why = next.why;
  if (next.state === 'waiting') waitFor(next, record);
  else {
    const over = { due_at: null, first: 0, held_until: null, callback: null, callback_at: null, callback_agent: null };
    Object.assign(record, over);
  }
}

function waitFor(next: WaitingNext, record: RecordRow): void {
  const { dueAt, phoneIndex, priority, first, heldUntil, number, callbackAt } = next;
  record.due_at = dueAt;
  record.phone_index = phoneIndex;
  record.priority = priority ?? record.priority;
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
