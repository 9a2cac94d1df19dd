// What bringing in line does to one contact on a campaign's list: a record is made, set aside, taken up again, finished
// because no number of it may be called, or moved to the queue that it belongs to.

import type { Campaign } from '../../campaign/definition.ts';
import { cohortOf } from '../../eligibility/cohort.ts';
import { gateSentence } from '../../eligibility/gate-rules.ts';
import { doNotCallSentence } from '../../eligibility/phone-rules.ts';
import { fieldSortKey } from '../../records/order.ts';
import { dialablePhones } from '../../records/phones.ts';
import { kindOf } from '../../numbers/kinds.ts';
import type { Phone } from '../../terms.ts';
import type { Connection } from './database.ts';
import type { DoNotCallLookup } from './do-not-call-lookup.ts';
import type { Member, CohortRecord } from './members.ts';
import { recordQueues } from './queues.ts';

interface AlignedList {
  readonly campaign: Campaign;
  readonly id: number;
  /** The list whose members are looked at. */
  readonly list: number;
  /** Lists that are dialed at present. */
  readonly active: ReadonlySet<number>;
  readonly doNotCall: DoNotCallLookup;
  readonly now: number;
}

/** Brings one member in line; 1 when the campaign has one more record to dial for it, else 0. */
export type Align = (on: AlignedList, member: Member) => 0 | 1;

export function recordAlignment(db: Connection): Align {
  const write = alignmentWrites(db);
  const queues = recordQueues(db);
  const look = personLook(db);
  const isGated = gateLook(db);
  return (on, member) => {
    const { record } = member;
    if (!record && !member.fits) return 0;
    if (record && !mayChange(record)) return 0;
    if (record && !member.fits && !record.hasCallback) {
      if (!record.isAside) write.setAside(record.id);
      return 0;
    }
    const { cohort, blocked } = look(on, member);
    const queue = queueFor(on, record) ?? queues.idOf(on.id, on.list, cohort);
    if (!record) {
      write.add({ on, member, queue, blocked });
      return blocked === undefined ? 1 : 0;
    }
    if (blocked !== undefined && !record.hasCallback) write.finish(record.id, blocked);
    else if (record.isAside) {
      if (isGated(on.campaign, member.contact)) return 0;
      write.takeUp(record, queue, on.now);
    } else if (belongsHere(on, record) && record.queue !== queue) write.move(record.id, queue);
    return record.isAside && blocked === undefined ? 1 : 0;
  };
}

/** Only records that wait are brought in line, and those that were set aside. */
function mayChange({ state, isAside }: CohortRecord): boolean {
  return state === 'fresh' || state === 'waiting' || isAside;
}

/** A record stays with its list as long as that is dialed. */
function belongsHere({ list, active }: AlignedList, record: CohortRecord): boolean {
  return record.list === list || (active.has(list) && !active.has(record.list));
}

/** Its own queue when the record stays with another list; undefined: one of the list that is looked at. */
function queueFor(on: AlignedList, record: CohortRecord | undefined): number | undefined {
  if (!record || record.isAside || belongsHere(on, record)) return undefined;
  return record.queue;
}

/** Whether the campaign's trunks may dial none of the person's numbers: a record set aside for that stays so. */
function gateLook(db: Connection): (campaign: Campaign, contact: number) => boolean {
  const find = db.prepare<[number], Phone>('SELECT number, type FROM phones WHERE contact = ? ORDER BY position');
  return (campaign, contact) =>
    gateSentence({ campaign, kindOf }, { phones: find.all(contact), callback: null }) !== undefined;
}

interface PersonLook {
  readonly cohort: string;
  /** Why no number of the person may be called; undefined when one may. */
  readonly blocked: string | undefined;
}

function personLook(db: Connection): (on: AlignedList, member: Member) => PersonLook {
  const find = db.prepare<[number], Phone>('SELECT number, type FROM phones WHERE contact = ? ORDER BY position');
  return ({ campaign, doNotCall }, { contact, fields }) => {
    if (campaign.rules.length === 0 && doNotCall.isEmpty) return NEUTRAL;
    const phones = find.all(contact);
    const numbers = dialablePhones(campaign, phones).map((index) => phones[index]?.number ?? '');
    const blocked = doNotCall.blocked(numbers);
    const isFree = numbers.length === 0 || numbers.some((number) => !blocked.has(number));
    const [number = ''] = numbers;
    return {
      cohort: cohortOf(campaign, { phones, fields }),
      blocked: isFree ? undefined : doNotCallSentence(number, blocked.get(number) ?? []),
    };
  };
}

const NEUTRAL: PersonLook = { cohort: '', blocked: undefined };

interface NewRecord {
  readonly on: AlignedList;
  readonly member: Member;
  readonly queue: number;
  readonly blocked: string | undefined;
}

interface AlignmentWrites {
  add(record: NewRecord): void;
  setAside(record: number): void;
  takeUp(record: CohortRecord, queue: number, now: number): void;
  finish(record: number, why: string): void;
  move(record: number, queue: number): void;
}

function alignmentWrites(db: Connection): AlignmentWrites {
  const add = db.prepare(
    'INSERT INTO records (campaign, contact, queue, sort_key, state, why) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const setAside = db.prepare(`
    UPDATE records SET state = 'removed', due_at = NULL, aside = 'filter', why = 'It does not fit the campaign''s filter.'
    WHERE id = ?`);
  const takeUp = db.prepare(
    'UPDATE records SET state = ?, due_at = ?, queue = ?, aside = NULL, why = NULL WHERE id = ?',
  );
  const finish = db.prepare(`UPDATE records SET state = 'finished', due_at = NULL, aside = NULL, why = ? WHERE id = ?`);
  const move = db.prepare('UPDATE records SET queue = ? WHERE id = ?');
  return {
    add({ on, member, queue, blocked }) {
      const key = fieldSortKey(on.campaign.order, member.fields);
      const state = blocked === undefined ? 'fresh' : 'finished';
      add.run(on.id, member.contact, queue, key, state, blocked ?? null);
    },
    setAside: (record) => void setAside.run(record),
    takeUp({ id, wasDialed }, queue, now) {
      takeUp.run(wasDialed ? 'waiting' : 'fresh', wasDialed ? now : null, queue, id);
    },
    finish: (record, why) => void finish.run(why, record),
    move: (record, queue) => void move.run(queue, record),
  };
}
