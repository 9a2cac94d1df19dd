// People who were missed become records of an auto-callback campaign: found among the contacts by their number, or made
// as a contact on the campaign's first list. A record that rests or is in a call is left alone.

import type { AddedMissed, CallbackStore, MissedPerson } from '../../engine/store-callbacks.ts';
import { contactIndex } from './contact-index.ts';
import type { CampaignIds } from './campaigns.ts';
import type { Connection } from './database.ts';
import type { Handlers } from './requests.ts';

/** The source of contacts and lists that no file brought. */
const SOURCE = 'missed calls';

interface Existing {
  readonly id: number;
  readonly state: string;
  readonly dueAt: number | null;
  readonly heldUntil: number | null;
}

export function missedPeople(db: Connection, ids: CampaignIds): Handlers<CallbackStore>['addMissed'] {
  const findContact = contactByNumber(db);
  const join = listJoining(db);
  const existing = db.prepare<[number, number], Existing>(
    'SELECT id, state, due_at AS dueAt, held_until AS heldUntil FROM records WHERE campaign = ? AND contact = ?',
  );
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
    const member = join(missed, contact, campaign);
    const found = existing.get(campaign, member.contact);
    const instead = found && standing(found, missed);
    if (instead) return instead;
    const record = found?.id ?? Number(add.run(campaign, member.contact, member.queue).lastInsertRowid);
    wait.run(missed.dueAt, place.get({ contact: member.contact, number: missed.number }) ?? 0, missed.why, record);
    return 'added';
  };
}

/** Why a record is left as it is; undefined: it may wait for its call. */
function standing({ state, dueAt, heldUntil }: Existing, missed: MissedPerson): AddedMissed | undefined {
  if (state === 'dialing') return 'in-call';
  if (state === 'removed') return 'removed';
  if ((heldUntil ?? 0) > missed.at) return 'rests';
  return state === 'waiting' && dueAt !== null && dueAt <= missed.dueAt ? 'waits-already' : undefined;
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
