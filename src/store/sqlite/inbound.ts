// Calls that people made to one of our numbers: found, noted, ended, disposed; the same life as an attempt's. While a call
// is open its caller's record is taken; when nobody took the call the record goes back to what it was.

import { OperationalError } from '../../base/errors.ts';
import type { ShownBy } from '../../campaign/inbound.ts';
import type { CloseAttempt, DisposeAttempt, UnfinishedAttempt } from '../../engine/store-attempts.ts';
import type { CallerMatch, InboundRow, InboundStore } from '../../engine/store-inbound.ts';
import type { RecordNext } from '../../list/record.ts';
import { stranger } from '../../list/stranger.ts';
import type { RecordState, Result } from '../../terms.ts';
import { phonePlace } from '../nouns/contact-phones.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { recordDecision } from './record-decision.ts';
import { recordSource } from './record-facts.ts';
import type { Handlers } from './requests.ts';
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

export function inboundHandlers(db: Connection, ids: CampaignIds): Handlers<InboundStore> {
  const stateOf = callStates(db);
  const note = db.prepare(`
    UPDATE inbound_calls SET answered_at = coalesce(:answeredAt, answered_at),
      bridged_at = coalesce(:bridgedAt, bridged_at), agent = coalesce(:agent, agent),
      session = coalesce(:session, session) WHERE call = :attempt`);
  const progress: Handlers<InboundStore>['progress'] = ({ attempt, answeredAt, bridgedAt, agent, session }) => {
    stateOf(attempt);
    note.run({
      ...{ attempt, answeredAt: answeredAt ?? null, bridgedAt: bridgedAt ?? null },
      ...{ agent: agent ?? null, session: session ?? null },
    });
  };
  const notCalledBack = db.prepare('UPDATE inbound_calls SET no_callback = ? WHERE call = ?');
  const wish = db.prepare('UPDATE inbound_calls SET wished_at = ? WHERE call = ?');
  return {
    findCaller: callerSearch(db),
    shown: shownSearch(db),
    open: callOpening(db, ids),
    progress,
    ...callEnds(db, stateOf, progress),
    wish(call, at) {
      wish.run(at, call);
    },
    notCalledBack(call, why) {
      notCalledBack.run(why, call);
    },
    unfinished: unfinishedCalls(db),
    list: callList(db),
  };
}

function callStates(db: Connection): (call: string) => CallState {
  const find = db.prepare<[string], CallState>(`
    SELECT record, contact, result, rule, held_next AS heldNext, before, ended_at AS endedAt
    FROM inbound_calls WHERE call = ?`);
  return (call) => {
    const state = find.get(call);
    if (state) return state;
    const hint = 'Only calls that the store has opened can be noted, closed or disposed.';
    throw new OperationalError('attempt-unknown', `There is no call ${call}.`, { hint, httpCode: 404 });
  };
}

// ---- who calls

function callerSearch(db: Connection): Handlers<InboundStore>['findCaller'] {
  const find = db.prepare<[string, string], CallerMatch>(`
    SELECT DISTINCT p.name AS campaign, r.id AS record, r.contact, r.state, r.last_attempt_at AS lastAttemptAt
    FROM phones n JOIN records r ON r.contact = n.contact JOIN campaigns p ON p.id = r.campaign
    WHERE n.number = ? AND p.name IN (SELECT value FROM json_each(?)) AND r.state <> 'removed'
    ORDER BY r.last_attempt_at IS NULL, r.last_attempt_at DESC, r.id`);
  return (caller, campaigns) => find.all(caller, JSON.stringify(campaigns));
}

/** By the index on caller ID and time, and by that on the number: neither goes through the calls of the time. */
function shownSearch(db: Connection): Handlers<InboundStore>['shown'] {
  const toCaller = db.prepare<Record<string, unknown>, ShownBy>(`
    SELECT c.name AS campaign, max(a.dialed_at) AS at
    FROM attempts a INDEXED BY attempts_number JOIN campaigns c ON c.id = a.campaign
    WHERE a.number = :caller AND a.dialed_at >= :sinceAt AND a.caller_id = :called
      AND c.name IN (SELECT value FROM json_each(:names)) GROUP BY c.name ORDER BY at DESC`);
  const last = db.prepare<Record<string, unknown>, ShownBy>(`
    SELECT (SELECT name FROM campaigns WHERE id = a.campaign) AS campaign, a.dialed_at AS at
    FROM attempts a INDEXED BY attempts_caller_id
    WHERE a.caller_id = :called AND a.dialed_at >= :sinceAt
      AND a.campaign IN (SELECT id FROM campaigns WHERE name IN (SELECT value FROM json_each(:names)))
    ORDER BY a.dialed_at DESC LIMIT 1`);
  return ({ called, caller, campaigns, sinceAt }) => {
    const names = JSON.stringify(campaigns);
    const found = last.get({ called, sinceAt, names });
    return {
      toCaller: caller === '' ? [] : toCaller.all({ called, caller, sinceAt, names }),
      ...(found === undefined ? {} : { last: found }),
    };
  };
}

function callOpening(db: Connection, ids: CampaignIds): Handlers<InboundStore>['open'] {
  const source = recordSource(db);
  const contactOf = db
    .prepare<[string], number>(
      `SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
       JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = ? ORDER BY p.contact LIMIT 1`,
    )
    .pluck();
  const standing = db.prepare<[number], Before>(
    'SELECT state, due_at AS dueAt, why, last_attempt AS lastAttempt FROM records WHERE id = ?',
  );
  const take = db.prepare(`UPDATE records SET state = 'dialing', due_at = NULL, last_attempt = ? WHERE id = ?`);
  const add = db.prepare(`
    INSERT INTO inbound_calls (call, campaign, record, contact, called, caller, arrived_at, before)
    VALUES (:call, :campaign, :record, :contact, :called, :caller, :at, :before)`);
  return ({ call, campaign, called, caller, record, at }) => {
    const before = record === undefined ? undefined : standing.get(record);
    const isFree = before !== undefined && before.state !== 'dialing' && before.state !== 'removed';
    const facts = record === undefined ? undefined : source.facts(record, at - FACTS_SPAN_MS);
    add.run({
      ...{ call, campaign: ids.of(campaign, at), called, caller, at },
      record: isFree ? (record ?? null) : null,
      contact: facts?.contact ?? contactOf.get(caller) ?? null,
      before: isFree ? JSON.stringify(before) : null,
    });
    if (!isFree || record === undefined || !facts) return {};
    take.run(call, record);
    return { record: { ...facts, state: 'dialing', dueAt: null } };
  };
}

// ---- how it ends, and what that makes of the record

function callEnds(
  db: Connection,
  stateOf: (call: string) => CallState,
  progress: Handlers<InboundStore>['progress'],
): Pick<Handlers<InboundStore>, 'close' | 'dispose' | 'settle'> {
  const end = db.prepare('UPDATE inbound_calls SET result = ?, ended_at = ?, ended_by = ? WHERE call = ?');
  const dispose = dispositionNote(db);
  const decide = callDecision(db);
  const giveBack = givingBack(db);
  return {
    close(closing: CloseAttempt) {
      const state = stateOf(closing.attempt);
      if (state.result !== null) {
        decide(closing.attempt, state, closing.next, 'undecided-only');
        return;
      }
      progress(closing);
      end.run(closing.result, closing.endedAt, closing.endedBy ?? null, closing.attempt);
      if (closing.result !== 'connected') {
        giveBack(closing.attempt, state);
        return;
      }
      const held = state.heldNext === null ? undefined : (JSON.parse(state.heldNext) as RecordNext);
      const next = closing.next.state === 'dialing' && held ? held : closing.next;
      decide(closing.attempt, { ...state, result: closing.result, endedAt: closing.endedAt }, next, 'undecided-only');
    },
    dispose(disposing: DisposeAttempt) {
      const state = stateOf(disposing.attempt);
      const isOpen = state.result === null;
      dispose(disposing, state, isOpen);
      if (!isOpen) decide(disposing.attempt, state, disposing.next, 'again');
    },
    settle(call, next) {
      const state = stateOf(call);
      if (state.result !== null) decide(call, state, next, 'undecided-only');
    },
  };
}

function dispositionNote(db: Connection): (disposing: DisposeAttempt, state: CallState, hold: boolean) => void {
  const update = db.prepare(`
    UPDATE inbound_calls SET disposition = ?, disposed_at = ?, agent = coalesce(agent, ?), held_next = ?, reason = ?
    WHERE call = ?`);
  const remember = db.prepare(
    'UPDATE records SET last_disposition = ?, last_agent = ? WHERE id = ? AND last_attempt = ?',
  );
  return ({ attempt, disposition, agent, at, next, reason, phone }, { record, contact }, hold) => {
    update.run(disposition, at, agent, hold ? JSON.stringify(next) : null, reason ?? null, attempt);
    if (record !== null) remember.run(disposition, agent, record, attempt);
    if (phone !== undefined && contact !== null) runOn(db, phonePlace(contact, phone));
  };
}

function callDecision(
  db: Connection,
): (call: string, state: CallState, next: RecordNext, which: 'undecided-only' | 'again') => void {
  const decide = recordDecision(db);
  const setRule = db.prepare('UPDATE inbound_calls SET rule = ? WHERE call = ?');
  return (call, { record, rule, result, endedAt }, next, which) => {
    if (record === null) return;
    const decided = decide({ call, record, rule, connected: result === 'connected', at: endedAt ?? 0 }, next, which);
    if (decided) setRule.run(decided.rule, call);
  };
}

/** Nobody took the call: the record stands as before it. */
function givingBack(db: Connection): (call: string, state: CallState) => void {
  const restore = db.prepare(`
    UPDATE records SET state = :state, due_at = :dueAt, why = :why, last_attempt = :lastAttempt
    WHERE id = :record AND last_attempt = :call AND state = 'dialing'`);
  return (call, { record, before }) => {
    if (record === null || before === null) return;
    const { state, dueAt, why, lastAttempt } = JSON.parse(before) as Before;
    restore.run({ state, dueAt, why, lastAttempt, record, call });
  };
}

// ---- looking

type Stored<Row> = { readonly [K in keyof Row]: Row[K] | null };

interface UnfinishedRow extends Omit<UnfinishedAttempt, 'record' | 'trunk'> {
  readonly record: number | null;
  readonly caller: string;
}

/** Calls without a result, and those with one whose record is still theirs; oldest first. */
function unfinishedCalls(db: Connection): Handlers<InboundStore>['unfinished'] {
  const source = recordSource(db);
  const find = db.prepare<[], UnfinishedRow>(`
    SELECT i.call AS attempt, c.name AS campaign, i.record, i.caller, i.called AS callerId, 0 AS phoneIndex,
      i.arrived_at AS dialedAt, i.answered_at AS answeredAt, i.bridged_at AS bridgedAt, i.agent, i.session, i.result,
      i.ended_at AS endedAt
    FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign LEFT JOIN records r ON r.id = i.record
    WHERE i.result IS NULL OR (r.state = 'dialing' AND r.last_attempt = i.call) ORDER BY i.arrived_at, i.call`);
  return () =>
    find.all().map(({ record: id, caller, ...row }) => {
      const record = id === null ? undefined : source.facts(id, row.dialedAt - FACTS_SPAN_MS);
      const present = Object.fromEntries(
        Object.entries(row as Stored<typeof row>).filter(([, value]) => value !== null),
      );
      return { ...(present as typeof row), trunk: '', record: record ?? stranger(caller, row.campaign) };
    });
}

function callList(db: Connection): Handlers<InboundStore>['list'] {
  const find = db.prepare<Record<string, unknown>, InboundRow>(`
    SELECT i.call, c.name AS campaign, i.record, i.contact, i.called, i.caller, i.arrived_at AS arrivedAt,
      i.answered_at AS answeredAt, i.bridged_at AS bridgedAt, i.ended_at AS endedAt,
      CASE WHEN i.result IS NULL THEN NULL WHEN i.result = 'connected' THEN 'talked'
        WHEN i.wished_at IS NOT NULL THEN 'wished' ELSE 'missed' END AS outcome,
      i.ended_by AS endedBy, i.agent, i.disposition, i.reason, i.no_callback AS notCalledBack, i.rule
    FROM inbound_calls i JOIN campaigns c ON c.id = i.campaign
    WHERE (:call IS NULL OR i.call = :call) AND (:campaign IS NULL OR c.name = :campaign) AND (:record IS NULL OR i.record = :record)
      AND (:contact IS NULL OR i.contact = :contact) AND (:caller IS NULL OR i.caller = :caller)
      AND i.arrived_at >= :fromAt AND i.arrived_at < :toAt ORDER BY i.arrived_at, i.call LIMIT :limit`);
  return ({ call, campaign, record, contact, caller, fromAt, toAt, limit }) =>
    find.all({
      call: call ?? null,
      ...{ campaign: campaign ?? null, record: record ?? null, contact: contact ?? null, caller: caller ?? null },
      ...{ fromAt: fromAt ?? 0, toAt: toAt ?? Number.MAX_SAFE_INTEGER, limit: limit ?? -1 },
    });
}
