// Which records are dialed next: the one place that chooses a record. Candidates come in the order of dialing; ruleOn
// decides on each. One that may not be dialed now is put off, set aside or finished at once, so that it does not stand in
// the way of the next choice. What is done with one that may be dialed is its use (uses.ts): an attempt in the same
// transaction, or a reservation.

import { defined } from '../../base/defined.ts';
import type { OpenAttempts, OpenedAttempts } from '../../engine/store/attempts.ts';
import type { ReserveAnswer, ReserveRecord } from '../../engine/store/reservations.ts';
import { nextTurn } from '../../records/list-weights.ts';
import type { Balances } from '../../records/list-weights.ts';
import { queuesNow } from '../open-queues.ts';
import { MAX_REFUSED } from '../ruling.ts';
import type { CampaignIds } from './campaigns.ts';
import { callerIdChooser } from './caller-ids.ts';
import { candidateTiers, personalCandidates } from './candidates.ts';
import { heldOutlook, numbersChecked, type Held, type Tier } from '../choice-terms.ts';
import type { Candidate, PersonalCandidates } from './candidates.ts';
import { choiceWrites } from './choice-writes.ts';
import type { Connection } from './database.ts';
import { judgement } from './judgement.ts';
import type { Judge } from './judgement.ts';
import { queueOutlook } from './outlook.ts';
import { recordQueues } from './queues.ts';
import { Lines, OneReservation, reservedOpener } from './uses.ts';
import type { LineParts, Use } from './uses.ts';

/** Numbers that must be checked first are looked at again after this. */
const CHECKED_WITHIN_MS = 500;
/** So many candidates are looked at in one go once some were refused. */
const MORE = 50;

/** What a look at a record has led to. */
type Step = 'taken' | 'refused' | Held;

type Question = Pick<OpenAttempts, 'campaign' | 'now' | 'agent' | 'quotas'>;
type Outlook = Omit<OpenedAttempts, 'opened' | 'refused'>;

interface Parts extends LineParts {
  readonly candidates: ReturnType<typeof candidateTiers>;
  readonly personal: PersonalCandidates;
  readonly judge: ReturnType<typeof judgement>;
  /** Whose turn it is among the lists of a campaign; forgotten with the store. */
  readonly turns: Map<number, Balances>;
}

/** What chooses records on a connection; both run inside a transaction. */
export interface Choosing {
  /** Opens attempts for the next records of a campaign, or for a reserved one; see AttemptStore.open. */
  readonly open: (request: OpenAttempts) => OpenedAttempts;
  /** Reserves the next record of a campaign; see ReservationStore.reserve. */
  readonly reserveNext: (request: ReserveRecord) => ReserveAnswer;
}

export function choosing(db: Connection, ids: CampaignIds): Choosing {
  const queues = recordQueues(db);
  const parts: Parts = {
    write: choiceWrites(db, queues),
    callerIdFor: callerIdChooser(db),
    candidates: candidateTiers(db),
    personal: personalCandidates(db),
    judge: judgement(db),
    turns: new Map(),
  };
  const outlook = queueOutlook(db);
  const openReserved = reservedOpener(db, ids, parts);
  const fromQueues = (choice: Choice, { campaign, now }: Question, id: number): Outlook => {
    const { open, closed } = queuesNow(queues.of(id), campaign, now);
    choice.fromQueues(open);
    return choice.outlook(() => outlook({ campaign: id, definition: campaign, open, closed, now }));
  };
  return {
    open(request) {
      const { campaign, now, agent, reserved } = request;
      if (reserved !== undefined) return openReserved({ ...request, reserved });
      const id = ids.of(campaign.name, now);
      const judge = parts.judge(request);
      const use = new Lines(parts, { request, campaign: id, judge });
      const choice = new Choice(parts, { request, id, judge, use });
      const outlook = agent === undefined ? fromQueues(choice, request, id) : choice.personal(agent);
      return { opened: use.opened, ...outlook };
    },
    reserveNext(request) {
      const { campaign, now, agent } = request;
      const id = ids.of(campaign.name, now);
      const judge = parts.judge(request);
      const use = new OneReservation(db, request);
      const choice = new Choice(parts, { request, id, judge, use });
      choice.personal(agent);
      const outlook = fromQueues(choice, request, id);
      return use.reserved ? { reserved: use.reserved } : outlook;
    },
  };
}

/** One request: takes candidates until as many are taken as are wanted, too many were refused, or none is left. */
class Choice {
  readonly #parts: Parts;
  readonly #request: Question;
  readonly #id: number;
  readonly #judge: Judge;
  readonly #use: Use;
  #refused = 0;
  #held: Held | undefined;

  constructor(
    parts: Parts,
    {
      request,
      id,
      judge,
      use,
    }: { readonly request: Question; readonly id: number; readonly judge: Judge; readonly use: Use },
  ) {
    this.#parts = parts;
    this.#request = request;
    this.#id = id;
    this.#judge = judge;
    this.#use = use;
  }

  personal(agent: string): Outlook {
    const { now } = this.#request;
    const { personal } = this.#parts;
    const due = personal.due(this.#id, agent, now, MAX_REFUSED);
    this.#judge.look(due);
    for (const record of due) if (!this.#isOver()) this.#take(record, 0);
    return this.outlook(() => {
      const nextDueAt = personal.nextAt(this.#id, agent, now);
      return { ...defined({ nextDueAt }), exhausted: false };
    });
  }

  fromQueues(queues: Parameters<Parts['candidates']>[0]['queues']): void {
    const { campaign, now } = this.#request;
    const inTurns = campaign.listWeights !== undefined;
    let isCut = queues.length > 0;
    while (isCut && !this.#isOver()) {
      isCut = false;
      const limit = this.#refused === 0 ? this.#use.left() : Math.max(MORE, this.#use.left());
      for (const tier of this.#parts.candidates({ queues, now, limit, inTurns })) {
        this.#fromTier(tier);
        isCut = tier.isCut;
        if (isCut || this.#isOver()) break;
      }
    }
  }

  outlook(ahead: () => Outlook): Outlook {
    if (this.#held) return heldOutlook(this.#held);
    if (this.#use.left() === 0) return { exhausted: false };
    if (this.#refused >= MAX_REFUSED) return { nextDueAt: this.#request.now, exhausted: false };
    return ahead();
  }

  #isOver(): boolean {
    return this.#use.left() === 0 || this.#refused >= MAX_REFUSED || this.#held !== undefined;
  }

  /** Takes candidates from the pools in turn; a turn counts when its record is dialed. */
  #fromTier({ pools }: Tier<Candidate>): void {
    const rest = new Map([...pools].map(([list, pool]) => [list, [...pool].reverse()]));
    const looked = new Set<number>();
    while (rest.size > 0 && !this.#isOver()) {
      const turn = this.#nextTurn([...rest.keys()]);
      const candidate = turn && rest.get(turn.list)?.pop();
      if (!candidate) {
        rest.delete(turn?.list ?? '');
        continue;
      }
      if (!looked.has(candidate.record)) this.#lookAhead([candidate, ...nextOf(rest.values())], looked);
      const isTurn = this.#take(candidate.record, candidate.queue) === 'taken' && pools.size > 1;
      if (isTurn) this.#parts.turns.set(this.#id, turn.balances);
    }
  }

  /** Reads those who come next in one go: as many as there are lines, more once some were refused. */
  #lookAhead(candidates: readonly Candidate[], looked: Set<number>): void {
    const unseen = candidates.map(({ record }) => record).filter((record) => !looked.has(record));
    const batch = unseen.slice(0, this.#refused === 0 ? this.#use.left() : MORE);
    for (const record of batch) looked.add(record);
    this.#judge.look(batch);
  }

  #nextTurn(waiting: readonly string[]): ReturnType<typeof nextTurn> {
    const weightOf = (list: string): number => this.#request.campaign.listWeights?.[list] ?? 1;
    return nextTurn(waiting, weightOf, this.#parts.turns.get(this.#id) ?? new Map());
  }

  #take(record: number, queue: number): Step {
    const step = this.#decide(record, queue);
    if (step === 'refused') this.#refused += 1;
    else if (step !== 'taken') this.#held = step;
    return step;
  }

  #decide(record: number, queue: number): Step {
    const { now } = this.#request;
    const judged = this.#judge.ruling(record);
    const { ruling } = judged;
    if (ruling.kind === 'validate') return numbersChecked(now + CHECKED_WITHIN_MS);
    if (ruling.kind === 'dial') return this.#use.take(judged, ruling.phoneIndex) ?? 'taken';
    this.#parts.write.refusal({ record, queue, ruling, now });
    return 'refused';
  }
}

/** Those who come next in pools that are turned around. */
function nextOf(pools: Iterable<readonly Candidate[]>): readonly Candidate[] {
  return [...pools].flatMap((pool) => pool.toReversed());
}
