// People who were missed become records of an auto-callback campaign: found among the contacts by their number, or made
// as a contact on the campaign's first list. A record that rests or is in a call is left alone.

import type { CallbackStore, MissedPerson } from '../../engine/store-callbacks.ts';
import { ALL_HOUR_MS, lookedAfter, NUMBER_DAY_MS, strangerRefusal } from '../../list/missed.ts';
import type { GrantedCallbacks, MissedRecord } from '../../list/missed.ts';
import { contactIndex } from './contact-index.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** The source of contacts and lists that no file brought. */
const SOURCE = 'missed calls';

interface Existing extends MissedRecord {
  readonly id: number;
}

export function missedPeople(db: Connection, ids: CampaignIds): Handlers<CallbackStore>['addMissed'] {
  const findContact = contactByNumber(db);
  const join = listJoining(db);
  const existing = recordSearch(db);
  const isGranted = strangerCheck(db);
  const add = db.prepare('INSERT INTO records (campaign, contact, queue) VALUES (?, ?, ?)');
  const place = db
    .prepare<{ readonly contact: number; readonly number: string }, number>(
      `SELECT count(*) FROM phones WHERE contact = :contact AND position < coalesce(
         (SELECT min(position) FROM phones WHERE contact = :contact AND number = :number), 0)`,
    )
    .pluck();
  const wait = db.prepare(`
    UPDATE records SET state = 'waiting', due_at = ?, phone_index = ?, why = ?, held_until = NULL WHERE id = ?`);
  return (missed) => {
    const campaign = ids.of(missed.campaign, missed.at);
    const contact = missed.contact ?? findContact(missed.number);
    const found = contact === undefined ? undefined : existing(campaign, contact, missed);
    const instead = found && lookedAfter(found, missed);
    if (!instead && !isGranted(missed, contact)) return 'limit';
    const member = join(missed, contact, campaign);
    if (instead) return instead;
    const record = found?.id ?? Number(add.run(campaign, member.contact, member.queue).lastInsertRowid);
    wait.run(missed.dueAt, place.get({ contact: member.contact, number: missed.number }) ?? 0, missed.why, record);
    return 'added';
  };
}

/**
 * Whether the person may be called back: those on a list of ours may, others within the limits. Granted, it counts from
 * now on; not granted, the call's row says why. One call counts once, however many campaigns call its caller back.
 */
function strangerCheck(db: Connection): (missed: MissedPerson, contact: number | undefined) => boolean {
  const isListed = db.prepare<[number, string], number>(`
    SELECT 1 FROM list_contacts m JOIN imports i ON i.id = m.import WHERE m.contact = ? AND i.source <> ? LIMIT 1`);
  const granted = db.prepare<Record<string, unknown>, GrantedCallbacks & { readonly own: number }>(`
    SELECT (SELECT count(*) FROM inbound_calls WHERE caller = :number AND callback_at > :at - ${NUMBER_DAY_MS}) AS ofNumber,
      (SELECT count(*) FROM inbound_calls WHERE callback_at > :at - ${ALL_HOUR_MS}) AS ofAll,
      (SELECT count(*) FROM inbound_calls WHERE call = :call AND callback_at IS NOT NULL) AS own`);
  const grant = db.prepare('UPDATE inbound_calls SET callback_at = ? WHERE call = ?');
  const refuse = db.prepare('UPDATE inbound_calls SET no_callback = ? WHERE call = ?');
  return ({ number, called, at }, contact) => {
    if (!called || (contact !== undefined && isListed.get(contact, SOURCE) !== undefined)) return true;
    const { call, limits } = called;
    const found = granted.get({ number, at, call });
    if (!found || found.own > 0) return true;
    const why = strangerRefusal(found, limits);
    if (why === undefined) grant.run(at, call);
    else refuse.run(why, call);
    return why === undefined;
  };
}

/** The record of the person in the campaign, and what became of the person since. */
function recordSearch(
  db: Connection,
): (campaign: number, contact: number, missed: MissedPerson) => Existing | undefined {
  const find = db.prepare<Record<string, unknown>, Existing>(`
    SELECT r.id, r.state, r.due_at AS dueAt, r.held_until AS heldUntil,
      (SELECT max(a.ended_at) FROM attempts a
        WHERE a.contact = r.contact AND a.record = r.id AND a.ended_at > :missedAt) AS calledAt,
      max((SELECT coalesce(max(a.ended_at), 0) FROM attempts a WHERE a.contact = r.contact AND a.record = r.id
          AND a.result = 'connected' AND a.ended_at > :missedAt),
        (SELECT coalesce(max(i.ended_at), 0) FROM inbound_calls i
          WHERE i.caller = :number AND i.result = 'connected' AND i.ended_at > :missedAt)) AS talkedAt
    FROM records r WHERE r.campaign = :campaign AND r.contact = :contact`);
  return (campaign, contact, { number, missedAt }) => {
    const found = find.get({ campaign, contact, number, missedAt });
    return found && { ...found, talkedAt: found.talkedAt === 0 ? null : found.talkedAt };
  };
}

function contactByNumber(db: Connection): (number: string) => number | undefined {
  const find = db
    .prepare<[string], number>(
      `SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
       JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = ? ORDER BY p.contact LIMIT 1`,
    )
    .pluck();
  return (number) => find.get(number);
}

interface Member {
  readonly contact: number;
  readonly queue: number;
}

/** Puts the person on the campaign's list; list, contact and the campaign's queue for the list are made when missing. */
function listJoining(db: Connection): (missed: MissedPerson, contact: number | undefined, campaign: number) => Member {
  const findList = db.prepare<[string], number>('SELECT id FROM lists WHERE name = ? AND removed_at IS NULL').pluck();
  const addList = db.prepare('INSERT INTO lists (name, source, imported_at) VALUES (?, ?, ?)');
  const findRun = db.prepare<[string], number>('SELECT id FROM imports WHERE name = ?').pluck();
  const addRun = db.prepare(
    `INSERT INTO imports (name, list, source, state, started_at) VALUES (?, ?, ?, 'finished', ?)`,
  );
  const addContact = db.prepare(`INSERT INTO contacts (name, fields, import) VALUES ('', '{}', ?)`);
  const addPhone = db.prepare(`INSERT INTO phones (contact, position, number, type) VALUES (?, 0, ?, 'other')`);
  const join = db.prepare('INSERT INTO list_contacts (list, contact, import) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const count = db.prepare('UPDATE imports SET members = members + 1 WHERE id = ?');
  const addQueue = db.prepare('INSERT INTO record_queues (campaign, list) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const findQueue = db
    .prepare<[number, number], number>('SELECT id FROM record_queues WHERE campaign = ? AND list = ? ORDER BY id')
    .pluck();
  const index = contactIndex(db);
  return ({ list: name, number, at }, known, campaign) => {
    const list = findList.get(name) ?? Number(addList.run(name, SOURCE, at).lastInsertRowid);
    const runName = `${SOURCE} ${list}`;
    const run = findRun.get(runName) ?? Number(addRun.run(runName, list, SOURCE, at).lastInsertRowid);
    const contact = known ?? Number(addContact.run(run).lastInsertRowid);
    if (known === undefined) {
      addPhone.run(contact, number);
      index.add(contact);
    }
    if (join.run(list, contact, run).changes > 0) count.run(run);
    addQueue.run(campaign, list);
    return { contact, queue: findQueue.get(campaign, list) ?? 0 };
  };
}

export function missedDropping(db: Connection): Handlers<CallbackStore>['dropMissed'] {
  const drop = db.prepare<Record<string, unknown>>(`
    UPDATE records SET state = 'finished', due_at = NULL, first = 0, why = :why
    WHERE contact IN (SELECT contact FROM phones WHERE number = :number) AND state = 'waiting' AND callback IS NULL
      AND why IN (SELECT value FROM json_each(:waitingFor))
      AND campaign IN (SELECT id FROM campaigns WHERE name IN (SELECT value FROM json_each(:campaigns)))`);
  return ({ campaigns, number, waitingFor, why }) => {
    const lists = { campaigns: JSON.stringify(campaigns), waitingFor: JSON.stringify(waitingFor) };
    return drop.run({ ...lists, number, why }).changes;
  };
}
