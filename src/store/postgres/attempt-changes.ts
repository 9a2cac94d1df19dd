// The changes of attempts and what they make of their records, many at a time: rows are read and locked together, the
// changes applied to them one after the other, and what has changed is written together. What next is decided elsewhere
// and only carried out here.

import type { AttemptProgress, CloseAttempt, DisposeAttempt } from '../../engine/store/attempts.ts';
import type { RecordNext } from '../../records/record.ts';
import type { OperationalError } from '../../base/errors.ts';
import { phonePlace } from '../nouns/contact-phones.ts';
import type { AttemptChange } from './attempt-change.ts';
import { json, sql } from './database.ts';
import type { Db, Transaction } from './database.ts';
import { RECORD_ROW, decide, writeBack, writeRecords } from './record-decision.ts';
import type { EndedCallback, RecordInCall, RecordRow } from './record-decision.ts';
import { runOn } from './run.ts';
import { attemptUnknown } from '../../engine/store/refusals.ts';

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
  waited: number | null;
  reason: string | null;
}

/** Columns with their types, in the order of the statements below. */
const ATTEMPT_COLUMNS = {
  ringing_at: 'bigint',
  answered_at: 'bigint',
  live_at: 'bigint',
  bridged_at: 'bigint',
  ended_at: 'bigint',
  result: 'text',
  sip_code: 'bigint',
  cause: 'bigint',
  verdict: 'text',
  verdict_cause: 'text',
  ended_by: 'text',
  agent: 'text',
  session: 'text',
  counts: 'bigint',
  disposition: 'text',
  disposed_at: 'bigint',
  rule: 'bigint',
  held_next: 'text',
  message_left: 'bigint',
  waited: 'bigint',
  reason: 'text',
} as const satisfies Record<Exclude<keyof AttemptRow, 'attempt' | 'record'>, string>;

interface Standing extends RecordInCall {
  readonly attempt: AttemptRow;
}

/** Every list of statements locks in this order, so that no one waits for each other. */
const READ = sql<Omit<Standing, 'ended'> & { readonly contact: number }>(`
  SELECT to_jsonb(a) - '{campaign,contact,phone_index,number,trunk,caller_id,dialed_at}'::text[] AS attempt,
    ${RECORD_ROW} AS record, r.contact
  FROM attempts a JOIN records r ON r.id = a.record WHERE a.attempt = ANY ($1) ORDER BY r.id, a.attempt FOR UPDATE OF a, r`);

const WRITE = writeBack('attempts', 'attempt text', ATTEMPT_COLUMNS);
/** Applies the changes in their order, inside a transaction; for each the refusal, or undefined when it was done. */
export async function applyChanges(
  db: Transaction,
  changes: readonly AttemptChange[],
): Promise<readonly (OperationalError | undefined)[]> {
  const ids = [...new Set(changes.map(attemptOf))];
  const attempts = new Map<string, AttemptRow>();
  const records = new Map<number, RecordRow>();
  const contacts = new Map<string, number>();
  for (const { attempt, record, contact } of await db.all(READ, [ids])) {
    attempts.set(attempt.attempt, attempt);
    contacts.set(attempt.attempt, contact);
    // Two attempts of one record must see each other's changes.
    if (!records.has(record.id)) records.set(record.id, record);
  }
  const ended: EndedCallback[] = [];
  const changed = new Set<RecordRow>();
  const refusals = changes.map((change) => {
    const attempt = attempts.get(attemptOf(change));
    const record = attempt && records.get(attempt.record);
    if (!attempt || !record) return attemptUnknown(attemptOf(change));
    apply(change, { attempt, record, ended });
    if (change.kind !== 'progress') changed.add(record);
    return undefined;
  });
  if (attempts.size > 0) {
    db.send(WRITE, [json([...attempts.values()])]);
    writeRecords(db, [...changed], ended);
  }
  await addPhones(db, changes, contacts);
  return refusals;
}

/** Phones that agents have heard of become one more of the contact's. */
async function addPhones(
  db: Db,
  changes: readonly AttemptChange[],
  contacts: ReadonlyMap<string, number>,
): Promise<void> {
  for (const change of changes) {
    const contact = contacts.get(attemptOf(change));
    const phone = change.kind === 'dispose' ? change.disposing.phone : undefined;
    if (phone !== undefined && contact !== undefined) await runOn(db, phonePlace(contact, phone));
  }
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
      if (on.attempt.result !== null) settle(on, change.next, 'undecided-only');
  }
}

/** What next for the record, noted with the attempt. */
function settle(on: Standing, next: RecordNext, which: 'undecided-only' | 'again'): void {
  const { attempt, rule, result, ended_at: endedAt } = on.attempt;
  const call = { call: attempt, rule, connected: result === 'connected', at: endedAt ?? 0 };
  const decided = decide(on, call, next, which);
  if (decided) on.attempt.rule = decided.rule;
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
  if (progress.waited !== undefined) row.waited = progress.waited ? 1 : 0;
}

function close(closing: CloseAttempt, on: Standing): void {
  const { attempt, record } = on;
  if (attempt.result !== null) {
    settle(on, closing.next, 'undecided-only');
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
  record.uncounted = closing.counts ? 0 : record.uncounted + 1;
  record.last_result = closing.result;
  record.last_agent = closing.agent ?? record.last_agent;
  const held = attempt.held_next === null ? undefined : (JSON.parse(attempt.held_next) as RecordNext);
  const next = closing.next.state === 'dialing' && held ? held : closing.next;
  settle(on, next, 'undecided-only');
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
  if (!isOpen) settle(on, next, 'again');
}
