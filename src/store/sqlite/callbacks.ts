// Agreed callbacks: set, moved, taken back, looked at; each step kept. When a callback is kept or given up with a call is
// written in record-decision.ts. Whether a time may be agreed on was decided before.

import { OperationalError } from '../../base/errors.ts';
import type {
  CallbackQuery,
  CallbackRow,
  CallbackStep,
  CallbackStore,
  CancelCallback,
  PersonalDue,
  SetCallback,
} from '../../engine/store-callbacks.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import { missedDropping, missedPeople } from './missed-people.ts';
import type { Handlers } from './requests.ts';

interface Standing {
  readonly campaign: number;
  readonly contact: number;
  readonly state: string;
  readonly callback: number | null;
  readonly lastAttemptAt: number | null;
}

type Note = (callback: number, step: CallbackStep) => void;

export function callbackHandlers(db: Connection, ids: CampaignIds): Handlers<CallbackStore> {
  const steps = db.prepare<[number], CallbackStep>(
    'SELECT what, at, by, detail FROM callback_steps WHERE callback = ? ORDER BY id',
  );
  const note = stepNote(db);
  const look = callbackQueries(db);
  const set = callbackSetting(db, note);
  const cancel = callbackCancelling(db, note);
  return {
    set(wanted) {
      return look.one(set(wanted), wanted.now);
    },
    cancel(cancelling) {
      return cancel(cancelling) ? look.one(cancelling.id, cancelling.now) : undefined;
    },
    handOver: callbackHandOver(db, note),
    show: (id, now) => look.find(id, now),
    list: (query) => look.list(query),
    steps: (id) => steps.all(id),
    personal: personalQuery(db),
    addMissed: missedPeople(db, ids),
    dropMissed: missedDropping(db),
  };
}

function stepNote(db: Connection): Note {
  const add = db.prepare('INSERT INTO callback_steps (callback, what, at, by, detail) VALUES (?, ?, ?, ?, ?)');
  return (callback, { what, at, by, detail }) => {
    add.run(callback, what, at, by, detail);
  };
}

// ---- setting and moving

function callbackSetting(db: Connection, note: Note): (wanted: SetCallback) => number {
  const standing = db.prepare<[number], Standing>(
    'SELECT campaign, contact, state, callback, last_attempt_at AS lastAttemptAt FROM records WHERE id = ?',
  );
  const pending = db.prepare<[number], { setAt: number }>(
    `SELECT set_at AS setAt FROM callbacks WHERE id = ? AND state = 'pending'`,
  );
  const kept = db.prepare(`UPDATE callbacks SET state = 'done', ended_at = ?, kept_in = ? WHERE id = ?`);
  const write = callbackWrites(db);
  const placePhone = phonePlace(db);
  const atRecord = recordCallback(db);
  return (wanted) => {
    const { record, now, at, by, call } = wanted;
    const known = standing.get(record);
    if (!known) throw recordUnknown(record);
    if (known.state === 'removed') throw recordRemoved(record);
    const phoneIndex = placePhone(known.contact, wanted.phone);
    const old = known.callback === null ? undefined : pending.get(known.callback);
    const isBeingKept = old !== undefined && known.state === 'dialing' && old.setAt < (known.lastAttemptAt ?? 0);
    if (isBeingKept && known.callback !== null) {
      kept.run(now, call ?? null, known.callback);
      note(known.callback, { what: 'done', at: now, by: 'outdial', detail: call ?? '' });
    }
    const moves = old !== undefined && !isBeingKept ? known.callback : null;
    const id = moves ?? write.insert(wanted, known);
    if (moves !== null) write.move(moves, wanted);
    note(id, { what: moves === null ? 'set' : 'moved', at: now, by, detail: detailOf(wanted) });
    atRecord({ ...wanted, id, phoneIndex, at });
    return id;
  };
}

const detailOf = ({ at, zone, agent, phone }: SetCallback): string =>
  JSON.stringify({ at, zone, agent, number: phone.number });

interface CallbackWrites {
  insert(wanted: SetCallback, record: Standing): number;
  move(id: number, wanted: SetCallback): void;
}

function callbackWrites(db: Connection): CallbackWrites {
  const add = db.prepare(`
    INSERT INTO callbacks (campaign, record, contact, at, zone, number, phone_type, agent, set_by, set_at, set_in, note)
    VALUES (:campaign, :record, :contact, :at, :zone, :number, :type, :agent, :by, :now, :call, :note)`);
  const change = db.prepare(`
    UPDATE callbacks SET at = :at, zone = :zone, number = :number, phone_type = :type, agent = :agent,
      note = CASE WHEN :note = '' THEN note ELSE :note END WHERE id = :id`);
  const values = ({ at, zone, phone, agent, note }: SetCallback) => ({
    ...{ at, zone, number: phone.number, type: phone.type, agent, note: note ?? '' },
  });
  return {
    insert(wanted, { campaign, contact }) {
      const { record, by, now, call } = wanted;
      const row = { ...values(wanted), campaign, contact, record, by, now, call: call ?? null };
      return Number(add.run(row).lastInsertRowid);
    },
    move(id, wanted) {
      change.run({ ...values(wanted), id });
    },
  };
}

/** The place of a number among a contact's phones; one that is not there becomes the last. */
export function phonePlace(db: Connection): (contact: number, phone: SetCallback['phone']) => number {
  const numbers = db.prepare<[number], string>('SELECT number FROM phones WHERE contact = ? ORDER BY position').pluck();
  const add = db.prepare(`
    INSERT INTO phones (contact, position, number, type)
    SELECT :contact, coalesce(max(position) + 1, 0), :number, :type FROM phones WHERE contact = :contact`);
  return (contact, { number, type }) => {
    const known = numbers.all(contact);
    const place = known.indexOf(number);
    if (place >= 0) return place;
    add.run({ contact, number, type });
    return known.length;
  };
}

/** The record keeps the callback in mind; in a call it stays with the call, else it waits for the callback from now on. */
function recordCallback(
  db: Connection,
): (wanted: SetCallback & { readonly id: number; readonly phoneIndex: number }) => void {
  const keep = db.prepare('UPDATE records SET callback = ?, callback_at = ?, callback_agent = ? WHERE id = ?');
  const wait = db.prepare(`
    UPDATE records SET state = 'waiting', due_at = ?, phone_index = ?, why = ?, first = 1, held_until = NULL
    WHERE id = ? AND state <> 'dialing'`);
  return ({ id, record, at, agent, dueAt, phoneIndex, why }) => {
    keep.run(id, at, agent, record);
    wait.run(dueAt, phoneIndex, why, record);
  };
}

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

function callbackCancelling(db: Connection, note: Note): (cancelling: CancelCallback) => boolean {
  const find = db.prepare<[number], { record: number; state: string }>(
    'SELECT record, state FROM callbacks WHERE id = ?',
  );
  const end = db.prepare(`UPDATE callbacks SET state = 'cancelled', ended_at = ? WHERE id = ?`);
  const forget = db.prepare(
    'UPDATE records SET callback = NULL, callback_at = NULL, callback_agent = NULL WHERE id = ? AND callback = ?',
  );
  const free = db.prepare(`
    UPDATE records SET state = :state, due_at = :dueAt, first = 0, why = :why WHERE id = :record AND state = 'waiting'`);
  return ({ id, by, now, again }) => {
    const known = find.get(id);
    if (!known) return false;
    if (known.state !== 'pending') return true;
    end.run(now, id);
    note(id, { what: 'cancelled', at: now, by, detail: again ? 'again' : '' });
    const why = `The callback was cancelled by ${by}.`;
    const { record } = known;
    if (forget.run(record, id).changes > 0) {
      free.run({ record, why, state: again ? 'waiting' : 'finished', dueAt: again ? now : null });
    }
    return true;
  };
}

// ---- handing over

function callbackHandOver(db: Connection, note: Note): Handlers<CallbackStore>['handOver'] {
  const owed = `SELECT r.id AS record, r.callback FROM records r JOIN callbacks k ON k.id = r.callback AND k.state = 'pending'
    WHERE r.campaign = (SELECT id FROM campaigns WHERE name = :campaign) AND r.callback_agent = :agent AND r.state =`;
  const find = db.prepare<Record<string, unknown>, { record: number; callback: number }>(
    `${owed} 'waiting' UNION ALL ${owed} 'dialing'`,
  );
  const free = db.prepare('UPDATE callbacks SET agent = NULL WHERE id = ?');
  const wait = db.prepare(`
    UPDATE records SET callback_agent = NULL, due_at = iif(state = 'waiting', callback_at, due_at), why = ? WHERE id = ?`);
  return ({ campaign, agent, by, now, why }) => {
    const found = find.all({ campaign, agent });
    for (const { record, callback } of found) {
      free.run(callback);
      wait.run(why, record);
      note(callback, { what: 'handed-over', at: now, by, detail: JSON.stringify({ from: agent, agent: null }) });
    }
    return found.length;
  };
}

// ---- looking

interface Queries {
  one(id: number, now: number): CallbackRow;
  find(id: number, now: number): CallbackRow | undefined;
  list(query: CallbackQuery): readonly CallbackRow[];
}

function callbackQueries(db: Connection): Queries {
  // A record that was finished or removed by other means has no callback to keep.
  const state = `CASE WHEN k.state <> 'pending' THEN k.state
    WHEN r.callback IS NOT k.id OR r.state IN ('finished', 'removed') THEN 'expired'
    WHEN k.at <= :now THEN 'due' ELSE 'pending' END`;
  const columns = `k.id, p.name AS campaign, k.record, k.contact, coalesce(c.name, '') AS name, k.at, k.zone, k.number,
    k.phone_type AS phoneType, k.agent, ${state} AS state, k.set_by AS setBy, k.set_at AS setAt, k.set_in AS setIn,
    k.kept_in AS keptIn, k.ended_at AS endedAt, k.note
    FROM callbacks k JOIN campaigns p ON p.id = k.campaign LEFT JOIN records r ON r.id = k.record
    LEFT JOIN contacts c ON c.id = k.contact`;
  const find = db.prepare<Record<string, unknown>, CallbackRow>(`SELECT ${columns} WHERE k.id = :id`);
  const list = db.prepare<Record<string, unknown>, CallbackRow>(`
    SELECT * FROM (SELECT ${columns} WHERE (:campaign IS NULL OR p.name = :campaign)
      AND (:agent IS NULL OR k.agent = :agent) AND (:record IS NULL OR k.record = :record)
      AND k.at >= :fromAt AND k.at < :toAt AND (:open = 0 OR k.state = 'pending'))
    WHERE (:state IS NULL OR state = :state OR (:state = 'open' AND state IN ('pending', 'due')))
    ORDER BY at, id LIMIT :limit`);
  return {
    find: (id, now) => find.get({ id, now }),
    one(id, now) {
      const row = find.get({ id, now });
      if (!row) throw new Error(`callback ${id} is gone`);
      return row;
    },
    list({ campaign, agent, record, state: wanted = 'open', fromAt, toAt, limit, now }: OpenQuery) {
      return list.all({
        ...{ campaign: campaign ?? null, agent: agent ?? null, record: record ?? null, limit, now },
        ...{ fromAt: fromAt ?? 0, toAt: toAt ?? Number.MAX_SAFE_INTEGER },
        ...{ state: wanted === 'all' ? null : wanted, open: ['open', 'pending', 'due'].includes(wanted) ? 1 : 0 },
      });
    },
  };
}

type OpenQuery = Omit<CallbackQuery, 'state'> & { readonly state?: CallbackQuery['state'] | 'open' };

function personalQuery(db: Connection): Handlers<CallbackStore>['personal'] {
  const waiting = db.prepare<Record<string, unknown>, PersonalDue>(`
    SELECT p.name AS campaign, r.callback_agent AS agent, min(r.callback_at) AS at
    FROM records r JOIN campaigns p ON p.id = r.campaign
    WHERE r.state = 'waiting' AND r.callback_agent IS NOT NULL AND (:campaign IS NULL OR p.name = :campaign)
      AND (:agent IS NULL OR r.callback_agent = :agent)
    GROUP BY p.name, r.callback_agent`);
  return ({ campaign, agent }) => waiting.all({ campaign: campaign ?? null, agent: agent ?? null });
}
