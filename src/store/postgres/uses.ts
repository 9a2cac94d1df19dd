// What a record is chosen for: an attempt on a line, or a reservation for an agent. Chooses nothing.

import { callerIdDay, chooseCallerId } from '../../trunks/caller-ids.ts';
import type { CallerIdChoice } from '../../trunks/caller-ids.ts';
import type {
  DialRefusal,
  OpenAttempts,
  OpenedAttempt,
  OpenedAttempts,
  OpenLine,
} from '../../engine/store/attempts.ts';
import type { ReservedRecord, ReserveRecord } from '../../engine/store/reservations.ts';
import { validationOutcome } from '../../rules/validation.ts';
import { phonePlace } from '../nouns/contact-phones.ts';
import { recordToDial, reserveRecord } from '../nouns/reservations.ts';
import type { Held } from '../choice-terms.ts';
import { openedNow } from '../past-attempts.ts';
import { ruleOnReserved } from '../ruling.ts';
import { ChoiceWrites } from './choice-writes.ts';
import { sql } from './database.ts';
import type { Transaction } from './database.ts';
import { Judge } from './judgement.ts';
import type { Judged } from './judgement.ts';
import { runOn } from './run.ts';

export interface Use {
  /** How many more records are wanted. */
  readonly left: () => number;
  /** Takes a record that may be dialed on that phone; what keeps it from being taken, and all others. */
  readonly take: (judged: Judged, phoneIndex: number) => Promise<Held | undefined>;
}

const SHOWN = sql<{ callerId: string; count: number }>(`
  SELECT caller_id AS "callerId", count(*) AS count FROM attempts
  WHERE caller_id = ANY ($1) AND dialed_at >= $2 GROUP BY caller_id`);

interface LinesOf {
  readonly request: OpenAttempts;
  readonly judge: Judge;
  readonly write: ChoiceWrites;
}

/** An attempt for each record, on the lines in their order. */
export class Lines implements Use {
  readonly opened: OpenedAttempt[] = [];
  readonly #db: Transaction;
  readonly #of: LinesOf;
  readonly #lines: OpenLine[];
  /** How often each caller ID was shown today; read when there is a cap. */
  #shown: Map<string, number> | undefined;

  constructor(db: Transaction, of: LinesOf) {
    this.#db = db;
    this.#of = of;
    this.#lines = [...of.request.lines];
  }

  left(): number {
    return this.#lines.length;
  }

  async take({ facts, input }: Judged, phoneIndex: number): Promise<Held | undefined> {
    const [line] = this.#lines;
    if (!line) throw new Error('no line is left for a record');
    const shown = await this.#callerIdFor(facts.phones[phoneIndex]?.number ?? '', line);
    if (shown.kind === 'none') return { heldBack: shown.why, heldReason: shown.reason, untilAt: shown.untilAt };
    const { callerId } = shown;
    const validation = validationOutcome(input, phoneIndex);
    const opened = this.#of.write.attempt({ facts, line, callerId, phoneIndex, validation });
    this.#lines.shift();
    this.opened.push(opened);
    this.#of.judge.note(openedNow(opened, this.#of.request.now));
    return undefined;
  }

  async #callerIdFor(number: string, { turn, chosenCallerId }: OpenLine): Promise<CallerIdChoice> {
    const { campaign, now } = this.#of.request;
    const { numbers, perDay, usedUp } = campaign.callerIds;
    if (perDay !== undefined && !this.#shown) {
      const asked = [...numbers, ...(usedUp === undefined ? [] : [usedUp])];
      const rows = await this.#db.all(SHOWN, [asked, callerIdDay(campaign, now).startAt]);
      this.#shown = new Map(rows.map(({ callerId, count }) => [callerId, count]));
    }
    const shownToday = (callerId: string): number => this.#shown?.get(callerId) ?? 0;
    const chosen = chosenCallerId === undefined ? {} : { chosenByAgent: chosenCallerId };
    const choice = chooseCallerId({ campaign, number, shownToday, turn, now, ...chosen });
    if (choice.kind === 'show') this.#shown?.set(choice.callerId, shownToday(choice.callerId) + 1);
    return choice;
  }
}

/** One record, reserved for an agent. */
export class OneReservation implements Use {
  reserved: ReservedRecord | undefined;
  readonly #db: Transaction;
  readonly #request: ReserveRecord;

  constructor(db: Transaction, request: ReserveRecord) {
    this.#db = db;
    this.#request = request;
  }

  left(): number {
    return this.reserved ? 0 : 1;
  }

  async take({ facts }: Judged, phoneIndex: number): Promise<undefined> {
    const { reservation, untilAt } = this.#request;
    const refusal = await runOn(this.#db, reserveRecord({ ...this.#request, record: facts.record }));
    if (refusal) throw new Error(`a candidate could not be reserved: ${refusal.why}`);
    this.reserved = { reservation, untilAt, record: { ...facts, state: 'dialing', dueAt: null, phoneIndex } };
  }
}

type ReservedRequest = OpenAttempts & Required<Pick<OpenAttempts, 'reserved'>>;

/** Opens the attempt of a reserved record; see AttemptStore.open. Runs inside a transaction. */
export async function openReserved(db: Transaction, request: ReservedRequest): Promise<OpenedAttempts> {
  const { reserved } = request;
  const refuse = (refused: DialRefusal): OpenedAttempts => ({ opened: [], exhausted: false, refused });
  const found = await runOn(db, recordToDial(reserved.reservation));
  if ('rule' in found) return refuse(found);
  const onlyPhone = reserved.phone && (await runOn(db, phonePlace(found.contact, reserved.phone)));
  const judge = new Judge(db, request, 'take-reserved');
  const judged = await judge.reserved(found.record, onlyPhone);
  const ruling = ruleOnReserved(judged.input);
  if (typeof ruling !== 'number') return refuse(ruling);
  const write = new ChoiceWrites(db, request);
  const lines = new Lines(db, { request, judge, write });
  const held = await lines.take(judged, ruling);
  if (held) return refuse({ rule: 'caller-ids', why: held.heldBack, notBeforeAt: held.untilAt });
  write.flush();
  return { opened: lines.opened, exhausted: false };
}
