// Calls that people made to one of our numbers: found, noted, ended, disposed; the same life as an attempt's. While a call
// is open its caller's record is taken; when no agent took the call the record goes back to what it was.

import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import type { ShownBy } from '../../campaign/inbound.ts';
import type { AttemptProgress, CloseAttempt, DisposeAttempt, UnfinishedAttempt } from '../../engine/store/attempts.ts';
import type {
  CallerMatch,
  InboundQuery,
  InboundRow,
  InboundStore,
  OpenedInbound,
  OpenInbound,
} from '../../engine/store/inbound.ts';
import type { RecordFacts, RecordNext } from '../../records/record.ts';
import { unknownCaller } from '../../records/unknown-caller.ts';
import type { RecordState, Result } from '../../terms.ts';
import { locked, onlySqlite } from '../dialect.ts';
import { Json, sql } from '../statement.ts';
import { all, first, long, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { makeCampaign } from './campaigns.ts';
import { phonePlace } from './contact-phones.ts';

/** How far back the facts of a caller's record reach. */
export const FACTS_SPAN_MS = 48 * 3_600_000;

/** The methods that need neither the facts of a record nor a decision on it: those are each database's own. */
export const inbound: Noun<
  Pick<InboundStore, 'findCaller' | 'shown' | 'progress' | 'notCalledBack' | 'askForCallback' | 'list'>
> = {
  findCaller: quick((caller, campaigns) => all(FIND_CALLER, { caller, campaigns })),
  shown: quick(function* ({ called, caller, campaigns, sinceAt }) {
    const asked = { called, caller, campaigns, sinceAt };
    const toCaller = caller === '' ? [] : yield* all(SHOWN_TO, asked);
    const last = yield* first(SHOWN_LAST, asked);
    return { toCaller, ...defined({ last }) };
  }),
  progress: write(function* (progress) {
    yield* callState(progress.attempt);
    yield* noteProgress(progress);
  }),
  notCalledBack: write((call, why) => run(NOT_CALLED_BACK, { call, why })),
  askForCallback: write((call, at) => run(CALLBACK_REQUESTED, { call, at })),
  list: long((query) => listCalls(query)),
};

/** A call as far as its end is concerned. */
interface CallState {
  readonly record: number | null;
  readonly contact: number | null;
  readonly result: Result | null;
  readonly rule: number | null;
  readonly heldNext: string | null;
  readonly before: string | null;
  readonly endedAt: number | null;
}

const STATE = sql<CallState>`
  SELECT i.record, i.contact, i.result, i.rule, i.held_next AS "heldNext", i.before, i.ended_at AS "endedAt"
  FROM inbound_calls i WHERE i.call = :call ${locked('i')}`;

/** Refused with `attempt-unknown`. */
function* callState(call: string): Work<CallState> {
  const state = yield* first(STATE, { call });
  if (state) return state;
  const hint = 'Only calls that the store has opened can be noted, closed or disposed.';
  throw new OperationalError('attempt-unknown', `There is no call ${call}.`, { hint, httpCode: 404 });
}

// ---- it comes in

const FIND_CALLER = sql<CallerMatch>`
  SELECT p.name AS campaign, r.id AS record, r.contact, r.state, r.last_attempt_at AS "lastAttemptAt"
  FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.contact IN (SELECT contact FROM phones WHERE number = :caller) AND p.name IN :campaigns
    AND r.state <> 'removed'
  ORDER BY r.last_attempt_at DESC NULLS LAST, r.id`;
// By the index on the number, and by that on caller ID and time: neither goes through the calls of the time.
const SHOWN_TO = sql<ShownBy>`
  SELECT c.name AS campaign, max(a.dialed_at) AS at
  FROM attempts a ${onlySqlite('INDEXED BY attempts_number')} JOIN campaigns c ON c.id = a.campaign
  WHERE a.number = :caller AND a.dialed_at >= :sinceAt AND a.caller_id = :called AND c.name IN :campaigns
  GROUP BY c.name ORDER BY at DESC`;
const SHOWN_LAST = sql<ShownBy>`
  SELECT (SELECT name FROM campaigns WHERE id = a.campaign) AS campaign, a.dialed_at AS at
  FROM attempts a ${onlySqlite('INDEXED BY attempts_caller_id')}
  WHERE a.caller_id = :called AND a.dialed_at >= :sinceAt
    AND a.campaign IN (SELECT id FROM campaigns WHERE name IN :campaigns)
  ORDER BY a.dialed_at DESC LIMIT 1`;

/** A record before its caller's call. */
interface Before {
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly why: string | null;
  readonly lastAttempt: string | null;
}

const STANDING = sql<Before>`
  SELECT r.state, r.due_at AS "dueAt", r.why, r.last_attempt AS "lastAttempt" FROM records r
  WHERE r.id = :record ${locked('r')}`;

const CONTACT = sql<{ contact: number }>`
  SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
  JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = :caller ORDER BY p.contact LIMIT 1`;
const ADD = sql`
  INSERT INTO inbound_calls (call, campaign, record, contact, called, caller, arrived_at, before)
  SELECT :call, id, :record, :contact, :called, :caller, :at, :before FROM campaigns WHERE name = :campaign`;
const TAKE = sql`UPDATE records SET state = 'dialing', due_at = NULL, last_attempt = :call WHERE id = :record`;

/** Notes the call and takes its caller's record, of which the facts were read, when that is in no call. */
export function* openCall(opening: OpenInbound, facts: RecordFacts | undefined): Work<OpenedInbound> {
  const { call, campaign, called, caller, at } = opening;
  const standing = facts && (yield* first(STANDING, { record: facts.record }));
  const before = standing && standing.state !== 'dialing' && standing.state !== 'removed' ? standing : undefined;
  const taken = before && facts ? facts.record : null;
  const contact = facts?.contact ?? (yield* first(CONTACT, { caller }))?.contact;
  const was = before ? new Json(before) : null;
  yield* makeCampaign(campaign, at);
  yield* run(ADD, { call, campaign, called, caller, at, record: taken, contact, before: was });
  if (!before || !facts) return {};
  yield* run(TAKE, { record: facts.record, call });
  return { record: { ...facts, state: 'dialing', dueAt: null } };
}

// ---- what is noted of it

const NOTE = sql`
  UPDATE inbound_calls SET answered_at = coalesce(:answeredAt, answered_at),
    bridged_at = coalesce(:bridgedAt, bridged_at), agent = coalesce(:agent, agent),
    session = coalesce(:session, session) WHERE call = :attempt`;
const NOT_CALLED_BACK = sql`UPDATE inbound_calls SET no_callback = :why WHERE call = :call`;
const CALLBACK_REQUESTED = sql`UPDATE inbound_calls SET callback_requested_at = :at WHERE call = :call`;

function noteProgress({ attempt, answeredAt, bridgedAt, agent, session }: AttemptProgress): Work<void> {
  return run(NOTE, { attempt, answeredAt, bridgedAt, agent, session });
}

// ---- how it ends

const END = sql`
  UPDATE inbound_calls SET result = :result, ended_at = :endedAt, ended_by = :endedBy WHERE call = :attempt`;
const RESTORE = sql`
  UPDATE records SET state = :state, due_at = :dueAt, why = :why, last_attempt = :lastAttempt
  WHERE id = :record AND last_attempt = :call AND state = 'dialing'`;

/** What next for the record of the call is to be decided. */
export interface ToDecide {
  readonly state: CallState;
  readonly next: RecordNext;
  readonly which: 'undecided-only' | 'again';
}

/** Ends a call with its result; what is to be decided then. */
export function* endCall(closing: CloseAttempt): Work<ToDecide | undefined> {
  const { attempt, result, endedAt, endedBy, next } = closing;
  const state = yield* callState(attempt);
  if (state.result !== null) return { state, next, which: 'undecided-only' };
  yield* noteProgress(closing);
  yield* run(END, { attempt, result, endedAt, endedBy });
  if (result !== 'connected') {
    yield* giveBack(attempt, state);
    return undefined;
  }
  const held = state.heldNext === null ? undefined : (JSON.parse(state.heldNext) as RecordNext);
  const wanted = next.state === 'dialing' && held ? held : next;
  return { state: { ...state, result, endedAt }, next: wanted, which: 'undecided-only' };
}

/** No agent took the call: the record stands as before it. */
function* giveBack(call: string, { record, before }: CallState): Work<void> {
  if (record === null || before === null) return;
  const { state, dueAt, why, lastAttempt } = JSON.parse(before) as Before;
  yield* run(RESTORE, { state, dueAt, why, lastAttempt, record, call });
}

const DISPOSE = sql`
  UPDATE inbound_calls SET disposition = :disposition, disposed_at = :at, agent = coalesce(agent, :agent),
    held_next = :held, reason = :reason WHERE call = :attempt`;
const REMEMBER = sql`
  UPDATE records SET last_disposition = :disposition, last_agent = :agent
  WHERE id = :record AND last_attempt = :attempt`;

/** Notes what the agent said of the call; what is to be decided then. */
export function* disposeOf({ next, phone, ...said }: DisposeAttempt): Work<ToDecide | undefined> {
  const { attempt, disposition, agent, at, reason } = said;
  const state = yield* callState(attempt);
  const { record, contact } = state;
  const isOpen = state.result === null;
  yield* run(DISPOSE, { attempt, disposition, agent, at, reason, held: isOpen ? new Json(next) : null });
  if (record !== null) yield* run(REMEMBER, { disposition, agent, record, attempt });
  if (phone !== undefined && contact !== null) yield* phonePlace(contact, phone);
  return isOpen ? undefined : { state, next, which: 'again' };
}

/** Wrap-up ended without a disposition; what is to be decided then. */
export function* settleCall(call: string, next: RecordNext): Work<ToDecide | undefined> {
  const state = yield* callState(call);
  return state.result === null ? undefined : { state, next, which: 'undecided-only' };
}

const SET_RULE = sql`UPDATE inbound_calls SET rule = :rule WHERE call = :call`;

/** Notes the rule that decided. */
export function noteRule(call: string, rule: number | null): Work<void> {
  return run(SET_RULE, { call, rule });
}

// ---- looking

type Stored<Row> = { readonly [K in keyof Row]: Row[K] | null };

interface UnfinishedCall extends Omit<UnfinishedAttempt, 'record' | 'trunk'> {
  readonly record: number | null;
  readonly caller: string;
}

const UNFINISHED = sql<UnfinishedCall>`
  SELECT i.call AS attempt, c.name AS campaign, i.record, i.caller, i.called AS "callerId", 0 AS "phoneIndex",
    i.arrived_at AS "dialedAt", i.answered_at AS "answeredAt", i.bridged_at AS "bridgedAt", i.agent, i.session,
    i.result, i.ended_at AS "endedAt"
  FROM (SELECT call FROM inbound_calls WHERE result IS NULL
    UNION SELECT d.last_attempt FROM records d WHERE d.state = 'dialing') open
  JOIN inbound_calls i ON i.call = open.call JOIN campaigns c ON c.id = i.campaign ORDER BY i.arrived_at, i.call`;

/** Calls without a result, and those with one whose record is still theirs; oldest first. */
export function unfinishedCalls(): Work<readonly UnfinishedCall[]> {
  return all(UNFINISHED);
}

/** The call for recovery; of a caller without a record as an unknown caller. */
export function asAttempt(
  { record: _id, caller, ...row }: UnfinishedCall,
  facts: RecordFacts | undefined,
): UnfinishedAttempt {
  const present = Object.fromEntries(Object.entries(row as Stored<typeof row>).filter(([, value]) => value !== null));
  return { ...(present as typeof row), trunk: '', record: facts ?? unknownCaller(caller, row.campaign) };
}

const LIST = sql<InboundRow>`
  SELECT i.call, c.name AS campaign, i.record, i.contact, i.called, i.caller, i.arrived_at AS "arrivedAt",
    i.answered_at AS "answeredAt", i.bridged_at AS "bridgedAt", i.ended_at AS "endedAt",
    CASE WHEN i.result IS NULL THEN NULL WHEN i.result = 'connected' THEN 'talked'
      WHEN i.callback_requested_at IS NOT NULL THEN 'callback-requested' ELSE 'missed' END AS outcome,
    i.ended_by AS "endedBy", i.agent, i.disposition, i.reason, i.no_callback AS "notCalledBack", i.rule
  FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign
  WHERE (:call::text IS NULL OR i.call = :call) AND (:campaign::text IS NULL OR c.name = :campaign)
    AND (:record::bigint IS NULL OR i.record = :record) AND (:contact::bigint IS NULL OR i.contact = :contact)
    AND (:caller::text IS NULL OR i.caller = :caller) AND i.arrived_at >= :fromAt AND i.arrived_at < :toAt
  ORDER BY i.arrived_at, i.call LIMIT :limit`;

function listCalls(query: InboundQuery): Work<readonly InboundRow[]> {
  const most = Number.MAX_SAFE_INTEGER;
  const { call, campaign, record, contact, caller, fromAt = 0, toAt = most, limit = most } = query;
  return all(LIST, { call, campaign, record, contact, caller, fromAt, toAt, limit });
}
