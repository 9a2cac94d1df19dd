// What bringing in line does to the contacts on a campaign's list: a record is made, set aside, taken up again, finished
// because no number of it may be called, or moved to the queue that it belongs to. A window of contacts in a transaction.

import type { Campaign } from '../../campaign/definition.ts';
import { cohortOf } from '../../eligibility/cohort.ts';
import { gateSentence } from '../../eligibility/gate-rules.ts';
import { doNotCallSentence } from '../../eligibility/phone-rules.ts';
import { fieldSortKey } from '../../records/order.ts';
import { dialablePhones } from '../../records/phones.ts';
import { kindOf } from '../../numbers/kinds.ts';
import { json, sql } from './database.ts';
import { forgottenNumbers, partsWithForgotten } from './forgotten.ts';
import type { Db } from './database.ts';
import type { BulkDb } from './lanes.ts';
import type { MemberRecord } from '../member-record.ts';
import type { Member } from './members.ts';
import { queueId } from './queues.ts';

interface AlignedList {
  readonly campaign: Campaign;
  readonly id: number;
  /** The list whose members are looked at. */
  readonly list: number;
  /** Lists that are dialed at present. */
  readonly active: ReadonlySet<number>;
  /** Names of the do-not-call lists that count. */
  readonly doNotCall: readonly string[];
  readonly now: number;
}

const BLOCKED = sql<{ number: string; lists: readonly string[] }>(`
  SELECT n.number, array_agg(DISTINCT l.name ORDER BY l.name) AS lists FROM unnest($1::text[]) AS n (number)
  JOIN do_not_call_lists l ON l.name = ANY ($2)
  JOIN do_not_call_parts p ON p.list = l.id AND p.state = 'live' AND p.numbers > 0
  JOIN do_not_call_numbers d ON d.part = p.id AND d.number = substr(n.number, 2)::bigint GROUP BY n.number`);

const LIST_OF_PART = sql<{ name: string }>(`
  SELECT l.name FROM do_not_call_parts p JOIN do_not_call_lists l ON l.id = p.list
  WHERE p.id = $1 AND p.state = 'live' AND l.name = ANY ($2)`);

/** Brings members in line; how many more records the campaign has to dial. */
export function alignMembers(db: BulkDb, on: AlignedList, members: readonly Member[]): Promise<number> {
  return db.transaction(async (inside) => {
    const numbers = members.flatMap(({ phones }) => phones.map(({ number }) => number));
    const found = numbers.length === 0 ? [] : await inside.all(BLOCKED, [numbers, on.doNotCall]);
    const blocked = new Map(found.map(({ number, lists }) => [number, lists]));
    const names = await forgottenNumbers(inside);
    // Numbers of forgotten people stand on the lists as hashes.
    for (const { number, part } of names ? await partsWithForgotten(inside, names, numbers) : []) {
      const list = (await inside.first(LIST_OF_PART, [part, on.doNotCall]))?.name;
      if (list !== undefined) blocked.set(number, [...(blocked.get(number) ?? []), list]);
    }
    const alignment = new Alignment(inside, on, blocked);
    for (const member of members) await alignment.take(member);
    return alignment.write();
  });
}

interface Change {
  readonly id: number;
  readonly state: string | null;
  readonly due_at: number | null;
  readonly aside: string | null;
  readonly why: string | null;
  readonly queue: number | null;
}

const ADD = sql(`
  INSERT INTO records (campaign, contact, queue, sort_key, state, why)
  SELECT $2, x.contact, x.queue, x.sort_key, x.state, x.why
  FROM json_to_recordset($1) AS x (contact bigint, queue bigint, sort_key text, state text, why text)
  ORDER BY x.contact ON CONFLICT DO NOTHING`);
// A record that was taken or decided in the meantime is left alone.
const CHANGE = sql(`
  UPDATE records r SET state = coalesce(x.state, r.state), queue = coalesce(x.queue, r.queue),
    due_at = CASE WHEN x.state IS NULL THEN r.due_at ELSE x.due_at END,
    aside = CASE WHEN x.state IS NULL THEN r.aside ELSE x.aside END,
    why = CASE WHEN x.state IS NULL THEN r.why ELSE x.why END
  FROM json_to_recordset($1) AS x (id bigint, state text, due_at bigint, aside text, why text, queue bigint)
  WHERE r.id = x.id AND (r.state IN ('fresh', 'waiting') OR r.aside IS NOT NULL)`);

class Alignment {
  readonly #db: Db;
  readonly #on: AlignedList;
  readonly #blocked: ReadonlyMap<string, readonly string[]>;
  readonly #queues = new Map<string, number>();
  readonly #added: Readonly<Record<string, unknown>>[] = [];
  readonly #changes: Change[] = [];
  #more = 0;

  constructor(db: Db, on: AlignedList, blocked: ReadonlyMap<string, readonly string[]>) {
    this.#db = db;
    this.#on = on;
    this.#blocked = blocked;
  }

  async take(member: Member): Promise<void> {
    const { record, contact, fits, fields } = member;
    if (!record && !fits) return;
    if (record && !mayChange(record)) return;
    if (record && !fits && !record.hasCallback) {
      const why = "It does not fit the campaign's filter.";
      if (!record.isAside) this.#change(record.id, { state: 'removed', aside: 'filter', why });
      return;
    }
    const blocked = this.#whyBlocked(member);
    // A record set aside because the trunks may dial none of the numbers stays so.
    if (blocked === undefined && record?.isAside === true && this.#isGated(member)) return;
    const queue = this.#ownQueue(record) ?? (await this.#queueFor(cohortOf(this.#on.campaign, member)));
    if (!record) {
      const state = blocked === undefined ? 'fresh' : 'finished';
      const key = fieldSortKey(this.#on.campaign.order, fields);
      this.#added.push({ contact, queue, sort_key: key, state, why: blocked });
    } else this.#align(record, queue, blocked);
    if ((!record || record.isAside) && blocked === undefined) this.#more += 1;
  }

  /** How many more records there are to dial. */
  async write(): Promise<number> {
    if (this.#added.length > 0) await this.#db.run(ADD, [json(this.#added), this.#on.id]);
    if (this.#changes.length > 0) await this.#db.run(CHANGE, [json(this.#changes)]);
    return this.#more;
  }

  #align(record: MemberRecord, queue: number, blocked: string | undefined): void {
    if (blocked !== undefined && !record.hasCallback) this.#change(record.id, { state: 'finished', why: blocked });
    else if (record.isAside) {
      const again = record.wasDialed ? { state: 'waiting', due_at: this.#on.now } : { state: 'fresh' };
      this.#change(record.id, { ...again, queue });
    } else if (belongsHere(this.#on, record) && record.queue !== queue) this.#change(record.id, { queue });
  }

  #change(id: number, parts: Partial<Change>): void {
    this.#changes.push({ state: null, due_at: null, aside: null, why: null, queue: null, ...parts, id });
  }

  /** Why no number of the person may be called; undefined when one may. */
  #whyBlocked({ phones }: Member): string | undefined {
    const numbers = dialablePhones(this.#on.campaign, phones).map((index) => phones[index]?.number ?? '');
    const [number = ''] = numbers;
    if (numbers.length === 0 || numbers.some((one) => !this.#blocked.has(one))) return undefined;
    return doNotCallSentence(number, this.#blocked.get(number) ?? []);
  }

  #isGated({ phones }: Member): boolean {
    return gateSentence({ campaign: this.#on.campaign, kindOf }, { phones, callback: null }) !== undefined;
  }

  /** Its own queue when the record stays with another list; undefined: one of the list that is looked at. */
  #ownQueue(record: MemberRecord | undefined): number | undefined {
    if (!record || record.isAside || belongsHere(this.#on, record)) return undefined;
    return record.queue;
  }

  async #queueFor(cohort: string): Promise<number> {
    const known = this.#queues.get(cohort);
    if (known !== undefined) return known;
    const queue = await queueId(this.#db, this.#on.id, this.#on.list, cohort);
    this.#queues.set(cohort, queue);
    return queue;
  }
}

/** Only records that wait are brought in line, and those that were set aside. */
function mayChange({ state, isAside }: MemberRecord): boolean {
  return state === 'fresh' || state === 'waiting' || isAside;
}

/** A record stays with its list as long as that is dialed. */
function belongsHere({ list, active }: AlignedList, record: MemberRecord): boolean {
  return record.list === list || (active.has(list) && !active.has(record.list));
}
