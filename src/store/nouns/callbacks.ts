// Agreed callbacks: set, moved, taken back, looked at; each step kept. When a callback is kept or given up with a call is
// written where records are decided. Whether a time may be agreed on was decided before.

import { recordUnknown } from '../../engine/store/refusals.ts';
import { OperationalError } from '../../base/errors.ts';
import type {
  CallbackQuery,
  CallbackRow,
  CallbackStep,
  CallbackStore,
  CancelCallback,
  HandOver,
  PersonalDue,
  SetCallback,
} from '../../engine/store/callbacks.ts';
import { locked } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { all, changes, first, long, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';
import { phonePlace } from './contact-phones.ts';
import { addMissedPerson, dropMissedPerson } from './missed-people.ts';

export const callbacks: Noun<CallbackStore> = {
  set: write(function* (wanted) {
    const row = yield* show(yield* setCallback(wanted), wanted.now);
    if (!row) throw new Error('a callback that was just set is gone');
    return row;
  }),
  cancel: write(function* (cancelling) {
    return (yield* cancel(cancelling)) ? yield* show(cancelling.id, cancelling.now) : undefined;
  }),
  handOver: write((handing) => handOver(handing)),
  show: quick((id, now) => show(id, now)),
  list: long((query) => list(query)),
  steps: quick((id) => all(STEPS, { id })),
  personal: quick(({ campaign, agent }) => all(PERSONAL, { campaign, agent })),
  addMissed: write((missed) => addMissedPerson(missed)),
  dropMissed: write((reached) => dropMissedPerson(reached)),
};

const STEPS = sql<CallbackStep>`SELECT what, at, by, detail FROM callback_steps WHERE callback = :id ORDER BY id`;
const NOTE = sql`
  INSERT INTO callback_steps (callback, what, at, by, detail) VALUES (:callback, :what, :at, :by, :detail)`;

function note(callback: number, step: CallbackStep): Work<void> {
  return run(NOTE, { callback, ...step });
}

// ---- setting and moving

interface Standing {
  readonly campaign: number;
  readonly contact: number;
  readonly state: string;
  readonly callback: number | null;
  readonly lastAttemptAt: number | null;
  /** When the pending callback was set; null when there is none. */
  readonly pendingSetAt: number | null;
}

const STANDING = sql<Standing>`
  SELECT r.campaign, r.contact, r.state, r.callback, r.last_attempt_at AS "lastAttemptAt", k.set_at AS "pendingSetAt"
  FROM records r LEFT JOIN callbacks k ON k.id = r.callback AND k.state = 'pending'
  WHERE r.id = :record ${locked('r')}`;
const KEPT = sql`UPDATE callbacks SET state = 'done', ended_at = :now, kept_in = :call WHERE id = :callback`;
const INSERT = sql<{ id: number }>`
  INSERT INTO callbacks (campaign, record, contact, at, zone, number, phone_type, agent, set_by, set_at, set_in, note)
  VALUES (:campaign, :record, :contact, :at, :zone, :number, :type, :agent, :by, :now, :call, :note) RETURNING id`;
const MOVE = sql`
  UPDATE callbacks SET at = :at, zone = :zone, number = :number, phone_type = :type, agent = :agent,
    note = CASE WHEN :note = '' THEN note ELSE :note END WHERE id = :callback`;
const KEEP = sql`
  UPDATE records SET callback = :callback, callback_at = :at, callback_agent = :agent WHERE id = :record`;
/** In a call the record stays with the call, else it waits for the callback from now on. */
const WAIT = sql`
  UPDATE records SET state = 'waiting', due_at = :dueAt, phone_index = :phoneIndex, why = :why, first = 1,
    held_until = NULL WHERE id = :record AND state <> 'dialing'`;

/** The id of the record's callback. */
function* setCallback(wanted: SetCallback): Work<number> {
  const { record, now, at, zone, by, call, agent, dueAt, why, note: words = '' } = wanted;
  const { number, type } = wanted.phone;
  const known = yield* first(STANDING, { record });
  if (!known) throw recordUnknown(record);
  const { state, campaign, contact, callback: old, pendingSetAt, lastAttemptAt } = known;
  if (state === 'removed') throw recordRemoved(record);
  const phoneIndex = yield* phonePlace(contact, wanted.phone);
  const isPending = old !== null && pendingSetAt !== null;
  const isBeingKept = isPending && state === 'dialing' && pendingSetAt < (lastAttemptAt ?? 0);
  if (isBeingKept) {
    yield* run(KEPT, { callback: old, now, call });
    yield* note(old, { what: 'done', at: now, by: 'outdial', detail: call ?? '' });
  }
  const moves = isPending && !isBeingKept ? old : null;
  const agreed = { at, zone, number, type, agent, note: words };
  if (moves !== null) yield* run(MOVE, { callback: moves, ...agreed });
  const made = moves ?? (yield* first(INSERT, { campaign, record, contact, ...agreed, by, now, call }))?.id;
  const callback = made ?? 0;
  const detail = JSON.stringify({ at, zone, agent, number });
  yield* note(callback, { what: moves === null ? 'set' : 'moved', at: now, by, detail });
  yield* run(KEEP, { record, callback, at, agent });
  yield* run(WAIT, { record, dueAt, phoneIndex, why });
  return callback;
}

function recordRemoved(record: number): OperationalError {
  const hint = 'It is no longer called in this campaign.';
  return new OperationalError('callback-record-removed', `Record ${record} has been removed from its campaign.`, {
    hint,
    httpCode: 409,
  });
}

// ---- taking back

const FIND = sql<{ record: number; state: string }>`
  SELECT k.record, k.state FROM callbacks k WHERE k.id = :id ${locked('k')}`;
const END = sql`UPDATE callbacks SET state = 'cancelled', ended_at = :now WHERE id = :id`;
const FORGET = sql`
  UPDATE records SET callback = NULL, callback_at = NULL, callback_agent = NULL WHERE id = :record AND callback = :id`;
const FREE = sql`
  UPDATE records SET state = :state, due_at = :dueAt, first = 0, why = :why WHERE id = :record AND state = 'waiting'`;

/** False when there is no such callback. */
function* cancel({ id, by, now, again }: CancelCallback): Work<boolean> {
  const known = yield* first(FIND, { id });
  if (known?.state !== 'pending') return known !== undefined;
  const { record } = known;
  yield* run(END, { id, now });
  yield* note(id, { what: 'cancelled', at: now, by, detail: again ? 'again' : '' });
  if ((yield* changes(FORGET, { record, id })) > 0) {
    const next = again ? { state: 'waiting', dueAt: now } : { state: 'finished', dueAt: null };
    yield* run(FREE, { record, ...next, why: `The callback was cancelled by ${by}.` });
  }
  return true;
}

// ---- handing over

const OWED_BY = part`
  SELECT r.id AS record, r.callback FROM records r JOIN callbacks k ON k.id = r.callback AND k.state = 'pending'
  WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND r.callback_agent = :agent AND r.state =`;
const OWED = sql<{ record: number; callback: number }>`${OWED_BY} 'waiting' UNION ALL ${OWED_BY} 'dialing'`;
const FREE_CALLBACK = sql`UPDATE callbacks SET agent = NULL WHERE id = :callback`;
const FREE_RECORD = sql`
  UPDATE records SET callback_agent = NULL, why = :why,
    due_at = CASE WHEN state = 'waiting' THEN callback_at ELSE due_at END WHERE id = :record`;

function* handOver({ campaign, agent, by, now, why }: HandOver): Work<number> {
  const owed = yield* all(OWED, { campaign, agent });
  const detail = JSON.stringify({ from: agent, agent: null });
  for (const { record, callback } of owed) {
    yield* run(FREE_CALLBACK, { callback });
    yield* run(FREE_RECORD, { record, why });
    yield* note(callback, { what: 'handed-over', at: now, by, detail });
  }
  return owed.length;
}

// ---- looking

// A record that was finished or removed by other means has no callback to keep.
const STATE = `CASE WHEN k.state <> 'pending' THEN k.state
  WHEN r.callback IS DISTINCT FROM k.id OR r.state IN ('finished', 'removed') THEN 'expired'
  WHEN k.at <= :now THEN 'due' ELSE 'pending' END`;
const COLUMNS = part`k.id, p.name AS campaign, k.record, k.contact, coalesce(c.name, '') AS name, k.at, k.zone, k.number,
  k.phone_type AS "phoneType", k.agent, ${STATE} AS state, k.set_by AS "setBy", k.set_at AS "setAt",
  k.set_in AS "setIn", k.kept_in AS "keptIn", k.ended_at AS "endedAt", k.note
  FROM callbacks k JOIN campaigns p ON p.id = k.campaign LEFT JOIN records r ON r.id = k.record
  LEFT JOIN contacts c ON c.id = k.contact`;
const SHOW = sql<CallbackRow>`SELECT ${COLUMNS} WHERE k.id = :id`;
const LIST = sql<CallbackRow>`
  SELECT * FROM (SELECT ${COLUMNS} WHERE (:campaign::text IS NULL OR p.name = :campaign)
    AND (:agent::text IS NULL OR k.agent = :agent) AND (:record::bigint IS NULL OR k.record = :record)
    AND k.at >= :fromAt AND k.at < :toAt AND (:isOpen = 0 OR k.state = 'pending')) one
  WHERE (:state::text IS NULL OR state = :state OR (:state = 'open' AND state IN ('pending', 'due')))
  ORDER BY at, id LIMIT :limit`;
const PERSONAL = sql<PersonalDue>`
  SELECT p.name AS campaign, r.callback_agent AS agent, min(r.callback_at) AS at
  FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.state = 'waiting' AND r.callback_agent IS NOT NULL AND (:campaign::text IS NULL OR p.name = :campaign)
    AND (:agent::text IS NULL OR r.callback_agent = :agent)
  GROUP BY p.name, r.callback_agent ORDER BY p.name, r.callback_agent`;

function show(id: number, now: number): Work<CallbackRow | undefined> {
  return first(SHOW, { id, now });
}

function list(query: CallbackQuery): Work<readonly CallbackRow[]> {
  const { campaign, agent, record, fromAt = 0, toAt = Number.MAX_SAFE_INTEGER, limit, now } = query;
  const wanted = query.state ?? 'open';
  const isOpen = ['open', 'pending', 'due'].includes(wanted);
  const state = wanted === 'all' ? null : wanted;
  return all(LIST, { campaign, agent, record, fromAt, toAt, isOpen, state, limit, now });
}
