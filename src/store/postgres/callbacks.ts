// Agreed callbacks: set, moved, taken back, looked at; each step kept. When a callback is kept or given up with a call is
// written in attempt-changes.ts. Whether a time may be agreed on was decided before.

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
} from '../../engine/store-callbacks.ts';
import { phonePlace } from './contacts.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';
import type { Lanes } from './lanes.ts';
import { addMissedPerson, dropMissedPerson } from './missed-people.ts';

interface Standing {
  readonly campaign: number;
  readonly contact: number;
  readonly state: string;
  readonly callback: number | null;
  readonly lastAttemptAt: number | null;
  /** When the pending callback was set; null when there is none. */
  readonly pendingSetAt: number | null;
}

export function callbackStore({ read, write }: Lanes): CallbackStore {
  return {
    set: (wanted) =>
      write.do(async (db) => {
        const row = await show(db, await setCallback(db, wanted), wanted.now);
        if (!row) throw new Error('a callback that was just set is gone');
        return row;
      }),
    cancel: (cancelling) =>
      write.do(async (db) => ((await cancel(db, cancelling)) ? show(db, cancelling.id, cancelling.now) : undefined)),
    handOver: (handing) => write.do((db) => handOver(db, handing)),
    show: (id, now) => show(read, id, now),
    list: (query) => list(read, query),
    steps: (id) => read.all(STEPS, [id]),
    personal: ({ campaign, agent }) => read.all(PERSONAL, [campaign ?? null, agent ?? null]),
    addMissed: (missed) => write.do((db) => addMissedPerson(db, missed)),
    dropMissed: (reached) => write.do((db) => dropMissedPerson(db, reached)),
  };
}

const STEPS = sql<CallbackStep>('SELECT what, at, by, detail FROM callback_steps WHERE callback = $1 ORDER BY id');
const NOTE = sql('INSERT INTO callback_steps (callback, what, at, by, detail) VALUES ($1, $2, $3, $4, $5)');

async function note(db: Db, callback: number, { what, at, by, detail }: CallbackStep): Promise<void> {
  await db.run(NOTE, [callback, what, at, by, detail]);
}

// ---- setting and moving

const STANDING = sql<Standing>(`
  SELECT r.campaign, r.contact, r.state, r.callback, r.last_attempt_at AS "lastAttemptAt", k.set_at AS "pendingSetAt"
  FROM records r LEFT JOIN callbacks k ON k.id = r.callback AND k.state = 'pending' WHERE r.id = $1 FOR UPDATE OF r`);
const KEPT = sql(`UPDATE callbacks SET state = 'done', ended_at = $2, kept_in = $3 WHERE id = $1`);
const INSERT = sql<{ id: number }>(`
  INSERT INTO callbacks (campaign, record, contact, at, zone, number, phone_type, agent, set_by, set_at, set_in, note)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`);
const MOVE = sql(`
  UPDATE callbacks SET at = $2, zone = $3, number = $4, phone_type = $5, agent = $6,
    note = CASE WHEN $7 = '' THEN note ELSE $7 END WHERE id = $1`);
const KEEP = sql('UPDATE records SET callback = $2, callback_at = $3, callback_agent = $4 WHERE id = $1');
const WAIT = sql(`
  UPDATE records SET state = 'waiting', due_at = $2, phone_index = $3, why = $4, first = 1, held_until = NULL
  WHERE id = $1 AND state <> 'dialing'`);

/** The id of the record's callback. */
async function setCallback(db: Db, wanted: SetCallback): Promise<number> {
  const { record, now, at, by, call, agent } = wanted;
  const known = await db.first(STANDING, [record]);
  if (!known) throw recordUnknown(record);
  if (known.state === 'removed') throw recordRemoved(record);
  const phoneIndex = await phonePlace(db, known.contact, wanted.phone);
  const { callback: old, pendingSetAt } = known;
  const isPending = old !== null && pendingSetAt !== null;
  const isBeingKept = isPending && known.state === 'dialing' && pendingSetAt < (known.lastAttemptAt ?? 0);
  if (isBeingKept) {
    await db.run(KEPT, [old, now, call ?? null]);
    await note(db, old, { what: 'done', at: now, by: 'outdial', detail: call ?? '' });
  }
  const moves = isPending && !isBeingKept ? old : null;
  const id = moves ?? (await insert(db, wanted, known));
  if (moves !== null) await db.run(MOVE, [moves, ...agreed(wanted), wanted.note ?? '']);
  await note(db, id, { what: moves === null ? 'set' : 'moved', at: now, by, detail: detailOf(wanted) });
  await db.run(KEEP, [record, id, at, agent]);
  await db.run(WAIT, [record, wanted.dueAt, phoneIndex, wanted.why]);
  return id;
}

const agreed = ({ at, zone, phone, agent }: SetCallback): readonly unknown[] => [
  ...[at, zone, phone.number, phone.type, agent],
];

async function insert(db: Db, wanted: SetCallback, { campaign, contact }: Standing): Promise<number> {
  const { record, by, now, call } = wanted;
  const values = [campaign, record, contact, ...agreed(wanted), by, now, call ?? null, wanted.note ?? ''];
  return (await db.first(INSERT, values))?.id ?? 0;
}

const detailOf = ({ at, zone, agent, phone }: SetCallback): string =>
  JSON.stringify({ at, zone, agent, number: phone.number });

function recordUnknown(record: number): OperationalError {
  const hint = 'outdial record find searches by name and number.';
  return new OperationalError('record-unknown', `There is no record ${record}.`, { hint, httpCode: 404 });
}

function recordRemoved(record: number): OperationalError {
  const hint = 'Nobody calls it in this campaign any more.';
  return new OperationalError('callback-record-removed', `Record ${record} has been removed from its campaign.`, {
    ...{ hint, httpCode: 409 },
  });
}

// ---- taking back

const FIND = sql<{ record: number; state: string }>('SELECT record, state FROM callbacks WHERE id = $1 FOR UPDATE');
const END = sql(`UPDATE callbacks SET state = 'cancelled', ended_at = $2 WHERE id = $1`);
const FORGET = sql(`
  UPDATE records SET callback = NULL, callback_at = NULL, callback_agent = NULL WHERE id = $1 AND callback = $2`);
const FREE = sql(`
  UPDATE records SET state = $2, due_at = $3, first = 0, why = $4 WHERE id = $1 AND state = 'waiting'`);

/** False when there is no such callback. */
async function cancel(db: Db, { id, by, now, again }: CancelCallback): Promise<boolean> {
  const known = await db.first(FIND, [id]);
  if (known?.state !== 'pending') return known !== undefined;
  await db.run(END, [id, now]);
  await note(db, id, { what: 'cancelled', at: now, by, detail: again ? 'again' : '' });
  if ((await db.run(FORGET, [known.record, id])) > 0) {
    const next = again ? ['waiting', now] : ['finished', null];
    await db.run(FREE, [known.record, ...next, `The callback was cancelled by ${by}.`]);
  }
  return true;
}

// ---- handing over

const HAND_OVER = sql<{ callback: number }>(`
  WITH owed AS (
    SELECT r.id AS record, r.callback FROM records r JOIN callbacks k ON k.id = r.callback AND k.state = 'pending'
    WHERE r.campaign = (SELECT id FROM campaigns WHERE name = $1) AND r.callback_agent = $2
      AND r.state IN ('waiting', 'dialing') ORDER BY r.id FOR UPDATE OF r),
  freed AS (UPDATE callbacks k SET agent = NULL FROM owed WHERE k.id = owed.callback)
  UPDATE records r SET callback_agent = NULL, why = $3,
    due_at = CASE WHEN r.state = 'waiting' THEN r.callback_at ELSE r.due_at END
  FROM owed WHERE r.id = owed.record RETURNING owed.callback`);

async function handOver(db: Db, { campaign, agent, by, now, why }: HandOver): Promise<number> {
  const owed = await db.all(HAND_OVER, [campaign, agent, why]);
  const detail = JSON.stringify({ from: agent, agent: null });
  for (const { callback } of owed) await note(db, callback, { what: 'handed-over', at: now, by, detail });
  return owed.length;
}

// ---- looking

// A record that was finished or removed by other means has no callback to keep.
const STATE = `CASE WHEN k.state <> 'pending' THEN k.state
  WHEN r.callback IS DISTINCT FROM k.id OR r.state IN ('finished', 'removed') THEN 'expired'
  WHEN k.at <= $1 THEN 'due' ELSE 'pending' END`;
const COLUMNS = `k.id, p.name AS campaign, k.record, k.contact, coalesce(c.name, '') AS name, k.at, k.zone, k.number,
  k.phone_type AS "phoneType", k.agent, ${STATE} AS state, k.set_by AS "setBy", k.set_at AS "setAt",
  k.set_in AS "setIn", k.kept_in AS "keptIn", k.ended_at AS "endedAt", k.note
  FROM callbacks k JOIN campaigns p ON p.id = k.campaign LEFT JOIN records r ON r.id = k.record
  LEFT JOIN contacts c ON c.id = k.contact`;
const SHOW = sql<CallbackRow>(`SELECT ${COLUMNS} WHERE k.id = $2`);
const LIST = sql<CallbackRow>(`
  SELECT * FROM (SELECT ${COLUMNS} WHERE ($2::text IS NULL OR p.name = $2)
    AND ($3::text IS NULL OR k.agent = $3) AND ($4::bigint IS NULL OR k.record = $4)
    AND k.at >= $5 AND k.at < $6 AND (NOT $7::boolean OR k.state = 'pending')) one
  WHERE ($8::text IS NULL OR state = $8 OR ($8 = 'open' AND state IN ('pending', 'due')))
  ORDER BY at, id LIMIT $9`);
const PERSONAL = sql<PersonalDue>(`
  SELECT p.name AS campaign, r.callback_agent AS agent, min(r.callback_at) AS at
  FROM records r JOIN campaigns p ON p.id = r.campaign
  WHERE r.state = 'waiting' AND r.callback_agent IS NOT NULL AND ($1::text IS NULL OR p.name = $1)
    AND ($2::text IS NULL OR r.callback_agent = $2)
  GROUP BY p.name, r.callback_agent ORDER BY p.name, r.callback_agent`);

function show(db: Db, id: number, now: number): Promise<CallbackRow | undefined> {
  return db.first(SHOW, [now, id]);
}

function list(db: Db, query: CallbackQuery): Promise<readonly CallbackRow[]> {
  const { campaign, agent, record, fromAt = 0, toAt = Number.MAX_SAFE_INTEGER, limit, now } = query;
  const wanted = query.state ?? 'open';
  const isOpen = ['open', 'pending', 'due'].includes(wanted);
  const state = wanted === 'all' ? null : wanted;
  return db.all(LIST, [now, campaign ?? null, agent ?? null, record ?? null, fromAt, toAt, isOpen, state, limit]);
}
