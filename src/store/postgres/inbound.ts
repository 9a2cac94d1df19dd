// Calls that people made to one of our numbers: found, noted, ended, disposed; the same life as an attempt's. While a call
// is open its caller's record is taken; when nobody took the call the record goes back to what it was.

import { OperationalError } from '../../base/errors.ts';
import type { ShownBy, ShownNumber } from '../../campaign/inbound.ts';
import type { AttemptProgress, CloseAttempt, DisposeAttempt, UnfinishedAttempt } from '../../engine/store-attempts.ts';
import type {
  CallerMatch,
  InboundQuery,
  InboundRow,
  InboundStore,
  OpenInbound,
  OpenedInbound,
  ShownQuery,
} from '../../engine/store-inbound.ts';
import type { RecordNext } from '../../list/record.ts';
import { stranger } from '../../list/stranger.ts';
import type { RecordState, Result } from '../../terms.ts';
import { campaignMade } from './campaigns.ts';
import { phonePlace } from '../nouns/contact-phones.ts';
import { json, sql } from './database.ts';
import type { Db, Transaction } from './database.ts';
import type { Lanes } from './lanes.ts';
import { RECORD_ROW, decide, writeRecords } from './record-decision.ts';
import type { EndedCallback, RecordRow } from './record-decision.ts';
import { factsOf } from './record-facts.ts';
import { runOn } from './run.ts';

/** How far back the facts of a caller's record reach. */
const FACTS_SPAN_MS = 48 * 3_600_000;

interface CallState {
  readonly record: number | null;
  readonly contact: number | null;
  readonly result: Result | null;
  readonly rule: number | null;
  readonly heldNext: string | null;
  readonly before: string | null;
  readonly endedAt: number | null;
}

/** A record before its caller's call. */
interface Before {
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly why: string | null;
  readonly lastAttempt: string | null;
}

export function inboundStore({ read, write }: Lanes): InboundStore {
  return {
    findCaller: (caller, campaigns) => read.all(FIND_CALLER, [caller, campaigns]),
    shown: (query) => shownNumber(read, query),
    open: (call) => write.do((db) => openCall(db, call)),
    progress: (progress) =>
      write.do(async (db) => {
        await stateOf(db, progress.attempt);
        await note(db, progress);
      }),
    close: (closing) => write.do((db) => closeCall(db, closing)),
    dispose: (disposing) => write.do((db) => disposeCall(db, disposing)),
    settle: (call, next) =>
      write.do(async (db) => {
        const state = await stateOf(db, call);
        if (state.result !== null) await decideRecord({ db, call, state }, next, 'undecided-only');
      }),
    notCalledBack: (call, why) => write.run(NOT_CALLED_BACK, [call, why]),
    wish: (call, at) => write.run(WISH, [call, at]),
    unfinished: () => unfinishedCalls(read),
    list: (query) => listCalls(read, query),
  };
}

const SHOWN_TO = sql<ShownBy>(`
  SELECT c.name AS campaign, max(a.dialed_at) AS at FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE a.number = $1 AND a.dialed_at >= $2 AND a.caller_id = $3 AND c.name = ANY ($4::text[])
  GROUP BY c.name ORDER BY at DESC`);
const SHOWN_LAST = sql<ShownBy>(`
  SELECT c.name AS campaign, a.dialed_at AS at FROM attempts a JOIN campaigns c ON c.id = a.campaign
  WHERE a.caller_id = $1 AND a.dialed_at >= $2 AND c.name = ANY ($3::text[]) ORDER BY a.dialed_at DESC LIMIT 1`);

async function shownNumber(db: Db, { called, caller, campaigns, sinceAt }: ShownQuery): Promise<ShownNumber> {
  const toCaller = caller === '' ? [] : await db.all(SHOWN_TO, [caller, sinceAt, called, campaigns]);
  const last = await db.first(SHOWN_LAST, [called, sinceAt, campaigns]);
  return { toCaller, ...(last === undefined ? {} : { last }) };
}

const FIND_CALLER = sql<CallerMatch>(`
  SELECT p.name AS campaign, r.id AS record, r.contact, r.state, r.last_attempt_at AS "lastAttemptAt"
  FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.contact IN (SELECT contact FROM phones WHERE number = $1) AND p.name = ANY ($2) AND r.state <> 'removed'
  ORDER BY r.last_attempt_at DESC NULLS LAST, r.id`);
const STATE = sql<CallState>(`
  SELECT record, contact, result, rule, held_next AS "heldNext", before, ended_at AS "endedAt"
  FROM inbound_calls WHERE call = $1 FOR UPDATE`);
const NOTE = sql(`
  UPDATE inbound_calls SET answered_at = coalesce($2, answered_at), bridged_at = coalesce($3, bridged_at),
    agent = coalesce($4, agent), session = coalesce($5, session) WHERE call = $1`);
const NOT_CALLED_BACK = sql('UPDATE inbound_calls SET no_callback = $2 WHERE call = $1');
const WISH = sql('UPDATE inbound_calls SET wished_at = $2 WHERE call = $1');

async function stateOf(db: Db, call: string): Promise<CallState> {
  const state = await db.first(STATE, [call]);
  if (state) return state;
  const hint = 'Only calls that the store has opened can be noted, closed or disposed.';
  throw new OperationalError('attempt-unknown', `There is no call ${call}.`, { hint, httpCode: 404 });
}

async function note(db: Db, { attempt, answeredAt, bridgedAt, agent, session }: AttemptProgress): Promise<void> {
  await db.run(NOTE, [attempt, answeredAt ?? null, bridgedAt ?? null, agent ?? null, session ?? null]);
}

// ---- it comes in

const STANDING = sql<Before>(`
  SELECT state, due_at AS "dueAt", why, last_attempt AS "lastAttempt" FROM records WHERE id = $1 FOR UPDATE`);
const CONTACT = sql<{ contact: number }>(`
  SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
  JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = $1 ORDER BY p.contact LIMIT 1`);
const TAKE = sql(`UPDATE records SET state = 'dialing', due_at = NULL, last_attempt = $2 WHERE id = $1`);
const ADD = sql(`
  WITH made AS (${campaignMade('$2', '$7')})
  INSERT INTO inbound_calls (call, campaign, record, contact, called, caller, arrived_at, before)
  SELECT $1, id, $3, $4, $5, $6, $7, $8 FROM made`);

async function openCall(db: Db, { call, campaign, called, caller, record, at }: OpenInbound): Promise<OpenedInbound> {
  const before = record === undefined ? undefined : await db.first(STANDING, [record]);
  const isFree = before !== undefined && before.state !== 'dialing' && before.state !== 'removed';
  const facts = record === undefined ? undefined : await factsOf(db, record, at - FACTS_SPAN_MS);
  const contact = facts?.contact ?? (await db.first(CONTACT, [caller]))?.contact ?? null;
  const taken = isFree ? [record, contact] : [null, contact];
  await db.run(ADD, [call, campaign, ...taken, called, caller, at, isFree ? json(before) : null]);
  if (!isFree || record === undefined || !facts) return {};
  await db.run(TAKE, [record, call]);
  return { record: { ...facts, state: 'dialing', dueAt: null } };
}

// ---- how it ends, and what that makes of the record

const END = sql('UPDATE inbound_calls SET result = $2, ended_at = $3, ended_by = $4 WHERE call = $1');
const DISPOSE = sql(`
  UPDATE inbound_calls SET disposition = $2, disposed_at = $3, agent = coalesce(agent, $4), held_next = $5, reason = $6
  WHERE call = $1`);
const REMEMBER = sql('UPDATE records SET last_disposition = $2, last_agent = $3 WHERE id = $1 AND last_attempt = $4');
const SET_RULE = sql('UPDATE inbound_calls SET rule = $2 WHERE call = $1');
const RECORD = sql<{ record: RecordRow }>(`SELECT ${RECORD_ROW} AS record FROM records r WHERE r.id = $1 FOR UPDATE`);
const RESTORE = sql(`
  UPDATE records SET state = $3, due_at = $4, why = $5, last_attempt = $6
  WHERE id = $1 AND last_attempt = $2 AND state = 'dialing'`);

interface Ending {
  readonly db: Transaction;
  readonly call: string;
  readonly state: CallState;
}

async function closeCall(db: Transaction, closing: CloseAttempt): Promise<void> {
  const { attempt: call, result, endedAt } = closing;
  const state = await stateOf(db, call);
  if (state.result !== null) {
    await decideRecord({ db, call, state }, closing.next, 'undecided-only');
    return;
  }
  await note(db, closing);
  await db.run(END, [call, result, endedAt, closing.endedBy ?? null]);
  if (result !== 'connected') {
    await giveBack({ db, call, state });
    return;
  }
  const held = state.heldNext === null ? undefined : (JSON.parse(state.heldNext) as RecordNext);
  const next = closing.next.state === 'dialing' && held ? held : closing.next;
  await decideRecord({ db, call, state: { ...state, result, endedAt } }, next, 'undecided-only');
}

async function disposeCall(db: Transaction, disposing: DisposeAttempt): Promise<void> {
  const { attempt: call, disposition, agent, at, next, reason, phone } = disposing;
  const state = await stateOf(db, call);
  const isOpen = state.result === null;
  await db.run(DISPOSE, [call, disposition, at, agent, isOpen ? json(next) : null, reason ?? null]);
  if (state.record !== null) await db.run(REMEMBER, [state.record, disposition, agent, call]);
  if (phone !== undefined && state.contact !== null) await runOn(db, phonePlace(state.contact, phone));
  if (!isOpen) await decideRecord({ db, call, state }, next, 'again');
}

async function decideRecord(
  { db, call, state }: Ending,
  next: RecordNext,
  which: 'undecided-only' | 'again',
): Promise<void> {
  const record = state.record === null ? undefined : (await db.first(RECORD, [state.record]))?.record;
  if (!record) return;
  const ended: EndedCallback[] = [];
  const decided = { call, rule: state.rule, connected: state.result === 'connected', at: state.endedAt ?? 0 };
  const outcome = decide({ record, ended }, decided, next, which);
  if (!outcome) return;
  writeRecords(db, [record], ended);
  await db.run(SET_RULE, [call, outcome.rule]);
}

/** Nobody took the call: the record stands as before it. */
async function giveBack({ db, call, state: { record, before } }: Ending): Promise<void> {
  if (record === null || before === null) return;
  const { state, dueAt, why, lastAttempt } = JSON.parse(before) as Before;
  await db.run(RESTORE, [record, call, state, dueAt, why, lastAttempt]);
}

// ---- looking

type Stored<Row> = { readonly [K in keyof Row]: Row[K] | null };

interface UnfinishedRow extends Omit<UnfinishedAttempt, 'record' | 'trunk'> {
  readonly record: number | null;
  readonly caller: string;
}

const UNFINISHED = sql<UnfinishedRow>(`
  SELECT i.call AS attempt, c.name AS campaign, i.record, i.caller, i.called AS "callerId", 0 AS "phoneIndex",
    i.arrived_at AS "dialedAt", i.answered_at AS "answeredAt", i.bridged_at AS "bridgedAt", i.agent, i.session,
    i.result, i.ended_at AS "endedAt"
  FROM (SELECT call FROM inbound_calls WHERE result IS NULL
    UNION SELECT d.last_attempt FROM records d WHERE d.state = 'dialing') open
  JOIN inbound_calls i ON i.call = open.call JOIN campaigns c ON c.id = i.campaign ORDER BY i.arrived_at, i.call`);

/** Calls without a result, and those with one whose record is still theirs; oldest first. */
async function unfinishedCalls(db: Db): Promise<readonly UnfinishedAttempt[]> {
  const calls: UnfinishedAttempt[] = [];
  for (const { record: id, caller, ...row } of await db.all(UNFINISHED)) {
    const record = id === null ? undefined : await factsOf(db, id, row.dialedAt - FACTS_SPAN_MS);
    const present = Object.fromEntries(Object.entries(row as Stored<typeof row>).filter(([, value]) => value !== null));
    calls.push({ ...(present as typeof row), trunk: '', record: record ?? stranger(caller, row.campaign) });
  }
  return calls;
}

const LIST = sql<InboundRow>(`
  SELECT i.call, c.name AS campaign, i.record, i.contact, i.called, i.caller, i.arrived_at AS "arrivedAt",
    i.answered_at AS "answeredAt", i.bridged_at AS "bridgedAt", i.ended_at AS "endedAt",
    CASE WHEN i.result IS NULL THEN NULL WHEN i.result = 'connected' THEN 'talked'
      WHEN i.wished_at IS NOT NULL THEN 'wished' ELSE 'missed' END AS outcome,
    i.ended_by AS "endedBy", i.agent, i.disposition, i.reason, i.no_callback AS "notCalledBack", i.rule
  FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign
  WHERE ($1::text IS NULL OR c.name = $1) AND ($2::bigint IS NULL OR i.record = $2)
    AND ($3::bigint IS NULL OR i.contact = $3) AND ($4::text IS NULL OR i.caller = $4)
    AND i.arrived_at >= $5 AND i.arrived_at < $6 AND ($8::text IS NULL OR i.call = $8) ORDER BY i.arrived_at, i.call LIMIT $7`);

function listCalls(db: Db, query: InboundQuery): Promise<readonly InboundRow[]> {
  const { call, campaign, record, contact, caller, fromAt = 0, toAt = Number.MAX_SAFE_INTEGER, limit } = query;
  const asked = [campaign, record, contact, caller].map((part) => part ?? null);
  return db.all(LIST, [...asked, fromAt, toAt, limit ?? null, call ?? null]);
}
