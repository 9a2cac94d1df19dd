// What a record is chosen for: an attempt on a line, or a reservation for an agent. Chooses nothing.

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
import type { CampaignIds } from './campaigns.ts';
import type { callerIdChooser } from './caller-ids.ts';
import type { ChoiceWrites } from './choice-writes.ts';
import type { Connection } from './database.ts';
import type { Judge, Judged, judgement } from './judgement.ts';
import { runOn } from './run.ts';

export interface Use {
  /** How many more records are wanted. */
  readonly left: () => number;
  /** Takes a record that may be dialed on that phone; what keeps it from being taken, and all others. */
  readonly take: (judged: Judged, phoneIndex: number) => Held | undefined;
}

export interface LineParts {
  readonly write: ChoiceWrites;
  readonly callerIdFor: ReturnType<typeof callerIdChooser>;
}

interface LinesOf {
  readonly request: OpenAttempts;
  readonly campaign: number;
  readonly judge: Judge;
}

/** An attempt for each record, on the lines in their order. */
export class Lines implements Use {
  readonly opened: OpenedAttempt[] = [];
  readonly #parts: LineParts;
  readonly #of: LinesOf;
  readonly #lines: OpenLine[];

  constructor(parts: LineParts, of: LinesOf) {
    this.#parts = parts;
    this.#of = of;
    this.#lines = [...of.request.lines];
  }

  left(): number {
    return this.#lines.length;
  }

  take({ facts, input }: Judged, phoneIndex: number): Held | undefined {
    const { write, callerIdFor } = this.#parts;
    const { campaign, now } = this.#of.request;
    const [line] = this.#lines;
    if (!line) throw new Error('no line is left for a record');
    const shown = callerIdFor({ campaign, number: facts.phones[phoneIndex]?.number ?? '', line, now });
    if (shown.kind === 'none') return { heldBack: shown.why, heldReason: shown.reason, untilAt: shown.untilAt };
    const { callerId } = shown;
    const validation = validationOutcome(input, phoneIndex);
    const opened = write.attempt({ campaign: this.#of.campaign, facts, line, callerId, phoneIndex, validation, now });
    this.#lines.shift();
    this.opened.push(opened);
    this.#of.judge.note(openedNow(opened, now));
    return undefined;
  }
}

/** One record, reserved for an agent. */
export class OneReservation implements Use {
  reserved: ReservedRecord | undefined;
  readonly #db: Connection;
  readonly #request: ReserveRecord;

  constructor(db: Connection, request: ReserveRecord) {
    this.#db = db;
    this.#request = request;
  }

  left(): number {
    return this.reserved ? 0 : 1;
  }

  take({ facts }: Judged, phoneIndex: number): undefined {
    const { reservation, untilAt } = this.#request;
    const refusal = runOn(this.#db, reserveRecord({ ...this.#request, record: facts.record }));
    if (refusal) throw new Error(`a candidate could not be reserved: ${refusal.why}`);
    this.reserved = { reservation, untilAt, record: { ...facts, state: 'dialing', dueAt: null, phoneIndex } };
  }
}

/** Opens the attempt of a reserved record; see AttemptStore.open. */
export function reservedOpener(
  db: Connection,
  ids: CampaignIds,
  parts: LineParts & { readonly judge: ReturnType<typeof judgement> },
): (request: OpenAttempts & Required<Pick<OpenAttempts, 'reserved'>>) => OpenedAttempts {
  const refuse = (refused: DialRefusal): OpenedAttempts => ({ opened: [], exhausted: false, refused });
  return (request) => {
    const { campaign, now, reserved } = request;
    const found = runOn(db, recordToDial(reserved.reservation));
    if ('rule' in found) return refuse(found);
    const onlyPhone = reserved.phone && runOn(db, phonePlace(found.contact, reserved.phone));
    const judge = parts.judge(request);
    const judged = judge.reserved(found.record, onlyPhone);
    const ruling = ruleOnReserved(judged.input);
    if (typeof ruling !== 'number') return refuse(ruling);
    const lines = new Lines(parts, { request, campaign: ids.of(campaign.name, now), judge });
    const held = lines.take(judged, ruling);
    if (held) return refuse({ rule: 'caller-ids', why: held.heldBack, notBeforeAt: held.untilAt });
    return { opened: lines.opened, exhausted: false };
  };
}
