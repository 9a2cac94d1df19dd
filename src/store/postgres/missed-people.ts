// People who were missed become records of an auto-callback campaign: found among the contacts by their number, or made
// as a contact on the campaign's first list. A record that rests or is in a call is left alone.

import type { AddedMissed, MissedPerson, ReachedPerson } from '../../engine/store-callbacks.ts';
import { ALL_HOUR_MS, lookedAfter, NUMBER_DAY_MS, strangerRefusal } from '../../list/missed.ts';
import type { GrantedCallbacks, MissedRecord } from '../../list/missed.ts';
import { campaignMade } from './campaigns.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

/** The source of contacts and lists that no file brought. */
const SOURCE = 'missed calls';

interface Existing extends MissedRecord {
  readonly id: number;
}

const CAMPAIGN = sql<{ id: number }>(campaignMade('$1', '$2'));
const EXISTING = sql<Existing>(`
  SELECT r.id, r.state, r.due_at AS "dueAt", r.held_until AS "heldUntil",
    (SELECT max(a.ended_at) FROM attempts a
      WHERE a.contact = r.contact AND a.record = r.id AND a.ended_at > $4) AS "calledAt",
    greatest((SELECT max(a.ended_at) FROM attempts a WHERE a.contact = r.contact AND a.record = r.id
        AND a.result = 'connected' AND a.ended_at > $4),
      (SELECT max(i.ended_at) FROM inbound_calls i
        WHERE i.caller = $3 AND i.result = 'connected' AND i.ended_at > $4)) AS "talkedAt"
  FROM records r WHERE r.campaign = $1 AND r.contact = $2 FOR UPDATE OF r`);
const ADD = sql<{ id: number }>('INSERT INTO records (campaign, contact, queue) VALUES ($1, $2, $3) RETURNING id');
const WAIT = sql(`
  UPDATE records SET state = 'waiting', due_at = $2, why = $4, held_until = NULL,
    phone_index = (SELECT count(*) FROM phones p WHERE p.contact = $5 AND p.position < coalesce(
      (SELECT min(position) FROM phones WHERE contact = $5 AND number = $3), 0)) WHERE id = $1`);

/** Lets the person's record wait for its call, or tells why it is left as it is. */
export async function addMissedPerson(db: Db, missed: MissedPerson): Promise<AddedMissed> {
  const campaign = (await db.first(CAMPAIGN, [missed.campaign, missed.at]))?.id ?? 0;
  const known = missed.contact ?? (await db.first(BY_NUMBER, [missed.number]))?.contact;
  const found =
    known === undefined ? undefined : await db.first(EXISTING, [campaign, known, missed.number, missed.missedAt]);
  const instead = found && lookedAfter(found, missed);
  if (!instead && !(await isGranted(db, missed, known))) return 'limit';
  const { contact, queue } = await joinList(db, { missed, known, campaign });
  if (instead) return instead;
  const record = (found ?? (await db.first(ADD, [campaign, contact, queue])))?.id ?? 0;
  await db.run(WAIT, [record, missed.dueAt, missed.number, missed.why, contact]);
  return 'added';
}

const IS_LISTED = sql<{ one: number }>(`
  SELECT 1 AS one FROM list_contacts m JOIN imports i ON i.id = m.import WHERE m.contact = $1 AND i.source <> $2 LIMIT 1`);
const GRANTED = sql<GrantedCallbacks & { readonly own: number }>(`
  SELECT (SELECT count(*) FROM inbound_calls WHERE caller = $1 AND callback_at > $2::bigint - ${NUMBER_DAY_MS}) AS "ofNumber",
    (SELECT count(*) FROM inbound_calls WHERE callback_at > $2::bigint - ${ALL_HOUR_MS}) AS "ofAll",
    (SELECT count(*) FROM inbound_calls WHERE call = $3 AND callback_at IS NOT NULL) AS own`);
const GRANT = sql('UPDATE inbound_calls SET callback_at = $2 WHERE call = $1');
const REFUSE = sql('UPDATE inbound_calls SET no_callback = $2 WHERE call = $1');

/**
 * Whether the person may be called back: those on a list of ours may, others within the limits. Granted, it counts from
 * now on; not granted, the call's row says why. One call counts once, however many campaigns call its caller back.
 */
async function isGranted(db: Db, { number, called, at }: MissedPerson, contact: number | undefined): Promise<boolean> {
  if (!called || (contact !== undefined && (await db.first(IS_LISTED, [contact, SOURCE])))) return true;
  const { call, limits } = called;
  const found = await db.first(GRANTED, [number, at, call]);
  if (!found || found.own > 0) return true;
  const why = strangerRefusal(found, limits);
  await db.run(why === undefined ? GRANT : REFUSE, [call, why ?? at]);
  return why === undefined;
}

const DROP = sql(`
  UPDATE records SET state = 'finished', due_at = NULL, first = 0, why = $4
  WHERE contact IN (SELECT contact FROM phones WHERE number = $1) AND state = 'waiting' AND callback IS NULL
    AND why = ANY ($3::text[]) AND campaign IN (SELECT id FROM campaigns WHERE name = ANY ($2::text[]))`);

/** Finishes the records that wait for the person because of a missed call alone. */
export function dropMissedPerson(db: Db, { number, campaigns, waitingFor, why }: ReachedPerson): Promise<number> {
  return db.run(DROP, [number, campaigns, waitingFor, why]);
}

const BY_NUMBER = sql<{ contact: number }>(`
  SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
  JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = $1 ORDER BY p.contact LIMIT 1`);
const FIND_LIST = sql<{ id: number }>('SELECT id FROM lists WHERE name = $1 AND removed_at IS NULL');
const ADD_LIST = sql<{ id: number }>('INSERT INTO lists (name, source, imported_at) VALUES ($1, $2, $3) RETURNING id');
const FIND_RUN = sql<{ id: number }>('SELECT id FROM imports WHERE name = $1');
const ADD_RUN = sql<{ id: number }>(`
  INSERT INTO imports (name, list, source, state, started_at) VALUES ($1, $2, $3, 'finished', $4) RETURNING id`);
const ADD_CONTACT = sql<{ id: number }>(`
  INSERT INTO contacts (name, fields, import) VALUES ('', '{}', $1) RETURNING id`);
const ADD_PHONE = sql(`INSERT INTO phones (contact, position, number, type) VALUES ($1, 0, $2, 'other')`);
const JOIN = sql('INSERT INTO list_contacts (list, contact, import) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING');
const COUNT = sql('UPDATE imports SET members = members + 1 WHERE id = $1');
const ADD_QUEUE = sql('INSERT INTO record_queues (campaign, list) VALUES ($1, $2) ON CONFLICT DO NOTHING');
const FIND_QUEUE = sql<{ id: number }>(
  'SELECT id FROM record_queues WHERE campaign = $1 AND list = $2 ORDER BY id LIMIT 1',
);

interface Joining {
  readonly missed: MissedPerson;
  readonly known: number | undefined;
  readonly campaign: number;
}

/** Puts the person on the campaign's list; list, contact and the campaign's queue for the list are made when missing. */
async function joinList(
  db: Db,
  { missed, known, campaign }: Joining,
): Promise<{ readonly contact: number; readonly queue: number }> {
  const { list: name, number, at } = missed;
  const list = ((await db.first(FIND_LIST, [name])) ?? (await db.first(ADD_LIST, [name, SOURCE, at])))?.id ?? 0;
  const runName = `${SOURCE} ${list}`;
  const run =
    ((await db.first(FIND_RUN, [runName])) ?? (await db.first(ADD_RUN, [runName, list, SOURCE, at])))?.id ?? 0;
  const contact = known ?? (await db.first(ADD_CONTACT, [run]))?.id ?? 0;
  if (known === undefined) await db.run(ADD_PHONE, [contact, number]);
  if ((await db.run(JOIN, [list, contact, run])) > 0) await db.run(COUNT, [run]);
  await db.run(ADD_QUEUE, [campaign, list]);
  return { contact, queue: (await db.first(FIND_QUEUE, [campaign, list]))?.id ?? 0 };
}
