// People who were missed become records of an auto-callback campaign: found among the contacts by their number, or made
// as a contact on the campaign's first list. A record that rests or is in a call is left alone.

import type { AddedMissed, MissedPerson, ReachedPerson } from '../../engine/store/callbacks.ts';
import { ALL_HOUR_MS, lookedAfter, NUMBER_DAY_MS, unknownCallerRefusal } from '../../records/missed.ts';
import type { GrantedCallbacks, MissedRecord } from '../../records/missed.ts';
import { GREATEST, locked } from '../dialect.ts';
import { part, sql } from '../statement.ts';
import { changes, first, foundOrMade, run } from '../work.ts';
import type { Work } from '../work.ts';
import { campaignId } from './campaigns.ts';
import { addToIndex } from './contact-index.ts';

/** The source of contacts and lists that no file brought. */
const SOURCE = 'missed calls';

interface Existing extends MissedRecord {
  readonly id: number;
}

const TALKED = part`
  coalesce((SELECT max(a.ended_at) FROM attempts a WHERE a.contact = r.contact AND a.record = r.id
    AND a.result = 'connected' AND a.ended_at > :missedAt), 0)`;
const CAME_THROUGH = part`
  coalesce((SELECT max(i.ended_at) FROM inbound_calls i
    WHERE i.caller = :number AND i.result = 'connected' AND i.ended_at > :missedAt), 0)`;
/** The record of the person in the campaign, and what became of the person since. */
const EXISTING = sql<Existing>`
  SELECT r.id, r.state, r.due_at AS "dueAt", r.held_until AS "heldUntil",
    (SELECT max(a.ended_at) FROM attempts a
      WHERE a.contact = r.contact AND a.record = r.id AND a.ended_at > :missedAt) AS "calledAt",
    nullif(${GREATEST}(${TALKED}, ${CAME_THROUGH}), 0) AS "talkedAt"
  FROM records r WHERE r.campaign = :campaign AND r.contact = :contact ${locked('r')}`;
const ADD = sql<{ id: number }>`
  INSERT INTO records (campaign, contact, queue) VALUES (:campaign, :contact, :queue) RETURNING id`;
const WAIT = sql`
  UPDATE records SET state = 'waiting', due_at = :dueAt, why = :why, held_until = NULL,
    phone_index = (SELECT count(*) FROM phones p WHERE p.contact = :contact AND p.position < coalesce(
      (SELECT min(position) FROM phones WHERE contact = :contact AND number = :number), 0)) WHERE id = :record`;
const BY_NUMBER = sql<{ contact: number }>`
  SELECT p.contact FROM phones p JOIN contacts c ON c.id = p.contact
  JOIN imports i ON i.id = c.import AND i.state = 'finished' WHERE p.number = :number ORDER BY p.contact LIMIT 1`;

/** Lets the person's record wait for its call, or says why it is left as it is. */
export function* addMissedPerson(missed: MissedPerson): Work<AddedMissed> {
  const { number, missedAt, dueAt, why } = missed;
  const campaign = yield* campaignId(missed.campaign, missed.at);
  const known = missed.contact ?? (yield* first(BY_NUMBER, { number }))?.contact;
  const found =
    known === undefined ? undefined : yield* first(EXISTING, { campaign, contact: known, number, missedAt });
  const instead = found && lookedAfter(found, missed);
  if (!instead && !(yield* isGranted(missed, known))) return 'limit';
  const { contact, queue } = yield* joinList(missed, known, campaign);
  if (instead) return instead;
  const record = (found ?? (yield* first(ADD, { campaign, contact, queue })))?.id ?? 0;
  yield* run(WAIT, { record, contact, number, dueAt, why });
  return 'added';
}

const IS_LISTED = sql<{ one: number }>`
  SELECT 1 AS one FROM list_contacts m JOIN imports i ON i.id = m.import
  WHERE m.contact = :contact AND i.source <> :source LIMIT 1`;
const GRANTED = sql<GrantedCallbacks & { readonly own: number }>`
  SELECT (SELECT count(*) FROM inbound_calls WHERE caller = :number AND callback_at > :dayAgo) AS "ofNumber",
    (SELECT count(*) FROM inbound_calls WHERE callback_at > :hourAgo) AS "ofAll",
    (SELECT count(*) FROM inbound_calls WHERE call = :call AND callback_at IS NOT NULL) AS own`;
const GRANT = sql`UPDATE inbound_calls SET callback_at = :at WHERE call = :call`;
const REFUSE = sql`UPDATE inbound_calls SET no_callback = :why WHERE call = :call`;

/**
 * Whether the person may be called back: those on a list of ours may, others within the limits. Granted, it counts from
 * now on; not granted, the call's row says why. One call counts once, however many campaigns call its caller back.
 */
function* isGranted({ number, called, at }: MissedPerson, contact: number | undefined): Work<boolean> {
  if (!called) return true;
  if (contact !== undefined && (yield* first(IS_LISTED, { contact, source: SOURCE }))) return true;
  const { call, limits } = called;
  const found = yield* first(GRANTED, { number, call, dayAgo: at - NUMBER_DAY_MS, hourAgo: at - ALL_HOUR_MS });
  if (!found || found.own > 0) return true;
  const why = unknownCallerRefusal(found, limits);
  yield* why === undefined ? run(GRANT, { call, at }) : run(REFUSE, { call, why });
  return why === undefined;
}

const FIND_LIST = sql<{ id: number }>`SELECT id FROM lists WHERE name = :name AND removed_at IS NULL`;
const ADD_LIST = sql<{ id: number }>`
  INSERT INTO lists (name, source, imported_at) VALUES (:name, :source, :at) RETURNING id`;
const FIND_RUN = sql<{ id: number }>`SELECT id FROM imports WHERE name = :name`;
const ADD_RUN = sql<{ id: number }>`
  INSERT INTO imports (name, list, source, state, started_at) VALUES (:name, :list, :source, 'finished', :at)
  RETURNING id`;
const ADD_CONTACT = sql<{ id: number }>`
  INSERT INTO contacts (name, fields, import) VALUES ('', '{}', :run) RETURNING id`;
const ADD_PHONE = sql`INSERT INTO phones (contact, position, number, type) VALUES (:contact, 0, :number, 'other')`;
const JOIN = sql`
  INSERT INTO list_contacts (list, contact, import) VALUES (:list, :contact, :run) ON CONFLICT DO NOTHING`;
const COUNT = sql`UPDATE imports SET members = members + 1 WHERE id = :run`;
const ADD_QUEUE = sql`INSERT INTO record_queues (campaign, list) VALUES (:campaign, :list) ON CONFLICT DO NOTHING`;
const FIND_QUEUE = sql<{ id: number }>`
  SELECT id FROM record_queues WHERE campaign = :campaign AND list = :list ORDER BY id LIMIT 1`;

interface Member {
  readonly contact: number;
  readonly queue: number;
}

/** Puts the person on the campaign's list; list, contact and the campaign's queue for the list are made when missing. */
function* joinList(missed: MissedPerson, known: number | undefined, campaign: number): Work<Member> {
  const { number, at } = missed;
  const list = yield* foundOrMade(FIND_LIST, ADD_LIST, { name: missed.list, source: SOURCE, at });
  const id = yield* foundOrMade(FIND_RUN, ADD_RUN, { name: `${SOURCE} ${list}`, list, source: SOURCE, at });
  const contact = known ?? (yield* first(ADD_CONTACT, { run: id }))?.id ?? 0;
  if (known === undefined) {
    yield* run(ADD_PHONE, { contact, number });
    yield* addToIndex(contact);
  }
  if ((yield* changes(JOIN, { list, contact, run: id })) > 0) yield* run(COUNT, { run: id });
  yield* run(ADD_QUEUE, { campaign, list });
  return { contact, queue: (yield* first(FIND_QUEUE, { campaign, list }))?.id ?? 0 };
}

const DROP = sql`
  UPDATE records SET state = 'finished', due_at = NULL, first = 0, why = :why
  WHERE contact IN (SELECT contact FROM phones WHERE number = :number) AND state = 'waiting' AND callback IS NULL
    AND why IN :waitingFor AND campaign IN (SELECT id FROM campaigns WHERE name IN :campaigns)`;

/** Finishes the records that wait for the person because of a missed call alone; how many. */
export function dropMissedPerson(reached: ReachedPerson): Work<number> {
  return changes(DROP, { ...reached });
}
