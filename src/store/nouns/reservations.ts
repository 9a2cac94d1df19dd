// Reservations: a record kept for an agent before it is dialed. It is 'dialing' meanwhile, which no one else takes, with
// the reservation's id as its last attempt; how it stood before is kept with the reservation. Which record is next is the
// choice of each store, and so is the opening of its attempt.

import { recordUnknown } from '../../engine/store/refusals.ts';
import type { DialRefusal } from '../../engine/store/attempts.ts';
import type {
  RecordRefusal,
  ReleasedTo,
  Reservation,
  ReservationStore,
  ReserveRecord,
} from '../../engine/store/reservations.ts';
import type { RecordState } from '../../terms.ts';
import { locked } from '../dialect.ts';
import { Json, part, sql } from '../statement.ts';
import { all, changes, first, quick, run, write } from '../work.ts';
import type { Noun, Work } from '../work.ts';

export const reservations: Noun<Omit<ReservationStore, 'reserve'>> = {
  renew: write(function* (reservation, untilAt) {
    return (yield* changes(RENEW, { reservation, untilAt })) > 0;
  }),
  release: write(({ reservation, now, to }) => release(reservation, now, to)),
  lapse: write((now) => lapse(now)),
  all: quick(() => all(ALL)),
};

const RENEW = sql`UPDATE reservations SET until_at = :untilAt WHERE reservation = :reservation`;
const COLUMNS = part`v.reservation, v.record, p.name AS campaign, v.agent, v.since_at AS "sinceAt", v.until_at AS "untilAt",
  r.last_attempt <> v.reservation AS "isDialed?"
  FROM reservations v JOIN records r ON r.id = v.record JOIN campaigns p ON p.id = r.campaign`;
const ALL = sql<Reservation>`SELECT ${COLUMNS} ORDER BY v.since_at, v.reservation`;
const LAPSED = sql<Reservation>`SELECT ${COLUMNS} WHERE v.until_at <= :now ORDER BY v.until_at, v.reservation`;

// ---- reserving

/** How the record stood. */
interface Before {
  readonly state: RecordState;
  readonly dueAt: number | null;
  readonly why: string | null;
  readonly lastAttempt: string | null;
}

const STANDING = sql<Before & { readonly campaign: string }>`
  SELECT r.state, r.due_at AS "dueAt", r.why, r.last_attempt AS "lastAttempt", p.name AS campaign
  FROM records r JOIN campaigns p ON p.id = r.campaign WHERE r.id = :record ${locked('r')}`;
const ADD = sql`
  INSERT INTO reservations (reservation, record, agent, since_at, until_at, before)
  VALUES (:reservation, :record, :agent, :now, :untilAt, :before)`;
/** One that was left behind when its record was decided by other means. */
const CLEAR = sql`DELETE FROM reservations WHERE record = :record`;
const TAKE = sql`
  UPDATE records SET state = 'dialing', due_at = NULL, last_attempt = :reservation, why = :why WHERE id = :record`;

/** Reserves a record that is there to be dialed; undefined when it was. */
export function* reserveRecord(request: ReserveRecord & { readonly record: number }): Work<RecordRefusal | undefined> {
  const { campaign, record, reservation, agent, now, untilAt } = request;
  const known = yield* first(STANDING, { record });
  if (known?.campaign !== campaign.name) return { code: 'record-unknown', why: recordUnknown(record).message };
  const { campaign: _campaign, ...before } = known;
  const refusal = refusalOf(before.state);
  if (refusal) return refusal;
  yield* run(CLEAR, { record });
  yield* run(ADD, { reservation, record, agent, now, untilAt, before: new Json(before) });
  yield* run(TAKE, { reservation, record, why: `Reserved for agent ${agent}.` });
  return undefined;
}

function refusalOf(state: RecordState): RecordRefusal | undefined {
  switch (state) {
    case 'fresh':
    case 'waiting':
      return undefined;
    case 'dialing':
      return { code: 'record-taken', why: 'It is reserved for an agent, being dialed or talked on.' };
    case 'finished':
      return { code: 'record-over', why: 'It is finished in this campaign.' };
    case 'removed':
      return { code: 'record-over', why: 'It has been removed from this campaign.' };
  }
}

// ---- dialing

interface Reserved {
  readonly record: number;
  readonly contact: number;
  readonly state: RecordState;
  readonly isUndialed: boolean;
  /** Its last attempt has its result. */
  readonly isOver: boolean;
}

const RESERVED = sql<Reserved>`
  SELECT v.record, r.contact, r.state, r.last_attempt = v.reservation AS "isUndialed?",
    EXISTS (SELECT 1 FROM attempts a WHERE a.attempt = r.last_attempt AND a.result IS NOT NULL) AS "isOver?"
  FROM reservations v JOIN records r ON r.id = v.record WHERE v.reservation = :reservation ${locked('r')}`;

/** The record of a reservation, with its contact, if an attempt may be opened for it; else why not. */
export function* recordToDial(
  reservation: string,
): Work<{ readonly record: number; readonly contact: number } | DialRefusal> {
  const found = yield* first(RESERVED, { reservation });
  if (found?.state !== 'dialing') return { rule: 'reservation-over', why: 'The record is not reserved any more.' };
  if (!found.isUndialed && !found.isOver) return { rule: 'in-call', why: 'It is being dialed or talked on.' };
  return { record: found.record, contact: found.contact };
}

// ---- giving back

interface Held {
  readonly record: number;
  readonly before: string;
}

const HELD = sql<Held>`
  SELECT v.record, v.before FROM reservations v WHERE v.reservation = :reservation ${locked('v')}`;
const ONE = sql<Reservation>`SELECT ${COLUMNS} WHERE v.reservation = :reservation`;
const END = sql`DELETE FROM reservations WHERE reservation = :reservation`;
const UNDIALED = part`id = :record AND last_attempt = :reservation AND state = 'dialing'`;
const WAIT = sql`
  UPDATE records SET state = 'waiting', due_at = :dueAt, why = :why, last_attempt = :lastAttempt,
    first = CASE WHEN :first = 1 THEN 1 ELSE first END WHERE ${UNDIALED}`;
const STAND = sql`
  UPDATE records SET state = :state, due_at = :dueAt, why = :why, last_attempt = :lastAttempt WHERE ${UNDIALED}`;
const GIVE_UP = sql`
  UPDATE callbacks SET state = 'expired', ended_at = :now
  WHERE id = (SELECT callback FROM records WHERE ${UNDIALED}) AND state = 'pending'`;
const FINISH = sql`
  UPDATE records SET state = 'finished', due_at = NULL, why = :why, first = 0, last_attempt = :lastAttempt,
    callback = NULL, callback_at = NULL, callback_agent = NULL WHERE ${UNDIALED}`;

export function* release(reservation: string, now: number, to: ReleasedTo): Work<Reservation | undefined> {
  const held = yield* first(HELD, { reservation });
  if (!held) return undefined;
  const known = yield* first(ONE, { reservation });
  yield* giveBack({ ...held, reservation, now }, to);
  yield* run(END, { reservation });
  return known;
}

function* giveBack({ before, ...which }: Held & { reservation: string; now: number }, to: ReleasedTo): Work<void> {
  const { lastAttempt, state, dueAt, why } = JSON.parse(before) as Before;
  switch (to.place) {
    case 'top':
      return yield* run(WAIT, { ...which, lastAttempt, dueAt: which.now, why: to.why, first: true });
    case 'before':
      return yield* run(STAND, { ...which, lastAttempt, state, dueAt, why });
    case 'later':
      return yield* run(WAIT, { ...which, lastAttempt, dueAt: to.dueAt, why: to.why, first: to.first === true });
    case 'never':
      yield* run(GIVE_UP, which);
      return yield* run(FINISH, { ...which, lastAttempt, why: to.why });
  }
}

function* lapse(now: number): Work<readonly Reservation[]> {
  const lapsed = yield* all(LAPSED, { now });
  for (const { reservation, agent } of lapsed) {
    yield* release(reservation, now, { place: 'top', why: `The reservation for agent ${agent} was over.` });
  }
  return lapsed;
}
