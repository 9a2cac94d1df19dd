// Which records are dialed next: the one place that chooses a record. Candidates come in the order of dialing; ruleOn
// decides on each. One that may not be dialed now is put off, set aside or finished at once, so that it does not stand in
// the way of the next choice. What is done with one that may be dialed is its use (uses.ts): an attempt in the same
// transaction, or a reservation. A request costs a few round trips.

import { defined } from '../../base/defined.ts';
import type { OpenAttempts, OpenedAttempts } from '../../engine/store/attempts.ts';
import type { ReserveAnswer, ReserveRecord } from '../../engine/store/reservations.ts';
import { nextTurn } from '../../records/list-weights.ts';
import type { Balances } from '../../records/list-weights.ts';
import { queuesNow } from '../open-queues.ts';
import type { Queue } from '../open-queues.ts';
import { MAX_REFUSED } from '../ruling.ts';
import { candidateTiers, nextPersonalAt, personalCandidates } from './candidates.ts';
import { heldOutlook, numbersChecked, type Held, type Tier } from '../choice-terms.ts';
import type { Candidate } from './candidates.ts';
import { ChoiceWrites } from './choice-writes.ts';
import type { Transaction } from './database.ts';
import { Judge } from './judgement.ts';
import { queueOutlook } from './outlook.ts';
import { queuesOf } from './queues.ts';
import { Lines, OneReservation, openReserved } from './uses.ts';
import type { Use } from './uses.ts';

/** Numbers that must be checked first are looked at again after this. */
const CHECKED_WITHIN_MS = 500;
/** After a batch with refusals more candidates are looked at in one go. */
const MORE = 50;

/** Whose turn it is among the lists of a campaign; forgotten with the store. */
export type Turns = Map<string, Balances>;

type Question = Pick<OpenAttempts, 'campaign' | 'now' | 'agent' | 'quotas'>;
type Outlook = Omit<OpenedAttempts, 'opened' | 'refused'>;

/** Opens attempts for the next records of a campaign, or for a reserved one; see AttemptStore.open. In a transaction. */
export async function openAttempts(db: Transaction, turns: Turns, request: OpenAttempts): Promise<OpenedAttempts> {
  const { agent, reserved } = request;
  if (reserved !== undefined) return openReserved(db, { ...request, reserved });
  const judge = new Judge(db, request, 'take');
  const write = new ChoiceWrites(db, request);
  const use = new Lines(db, { request, judge, write });
  const choice = new Choice({ db, turns, request, judge, write, use });
  const outlook = await (agent === undefined ? choice.fromAllQueues() : choice.personal(agent));
  return { opened: use.opened, ...outlook };
}

/** Reserves the next record of a campaign; see ReservationStore.reserve. Runs inside a transaction. */
export async function reserveNext(db: Transaction, turns: Turns, request: ReserveRecord): Promise<ReserveAnswer> {
  const judge = new Judge(db, request, 'take');
  const write = new ChoiceWrites(db, request);
  const use = new OneReservation(db, request);
  const choice = new Choice({ db, turns, request, judge, write, use });
  await choice.personal(request.agent);
  const outlook = await choice.fromAllQueues();
  return use.reserved ? { reserved: use.reserved } : outlook;
}

interface ChoiceParts {
  readonly db: Transaction;
  readonly turns: Turns;
  readonly request: Question;
  readonly judge: Judge;
  readonly write: ChoiceWrites;
  readonly use: Use;
}

/** One request: takes candidates until as many are taken as are wanted, too many were refused, or none is left. */
class Choice {
  readonly #db: Transaction;
  readonly #turns: Turns;
  readonly #request: Question;
  readonly #judge: Judge;
  readonly #write: ChoiceWrites;
  readonly #use: Use;
  #refused = 0;
  #held: Held | undefined;

  constructor({ db, turns, request, judge, write, use }: ChoiceParts) {
    this.#db = db;
    this.#turns = turns;
    this.#request = request;
    this.#judge = judge;
    this.#write = write;
    this.#use = use;
  }

  async personal(agent: string): Promise<Outlook> {
    const { campaign, now } = this.#request;
    const question = { campaign: campaign.name, agent, now };
    const due = await personalCandidates(this.#db, question, MAX_REFUSED);
    await this.#judge.look(due);
    for (const record of due) if (!this.#isOver()) await this.#take(record, 0);
    this.#write.flush();
    return this.#outlook(async () => {
      const nextDueAt = await nextPersonalAt(this.#db, question);
      return { ...defined({ nextDueAt }), exhausted: false };
    });
  }

  async fromAllQueues(): Promise<Outlook> {
    const { campaign, now } = this.#request;
    const [all] = await Promise.all([queuesOf(this.#db, campaign.name), this.#judge.prepare()]);
    const queues = queuesNow(all, campaign, now);
    await this.#fromQueues(queues.open);
    return this.#outlook(() => queueOutlook(this.#db, { definition: campaign, ...queues, now }));
  }

  async #fromQueues(queues: readonly Queue[]): Promise<void> {
    const { campaign, now } = this.#request;
    const inTurns = campaign.listWeights !== undefined;
    let isCut = queues.length > 0;
    while (isCut && !this.#isOver()) {
      isCut = false;
      const limit = this.#refused === 0 ? this.#use.left() : Math.max(MORE, this.#use.left());
      for (const tier of await candidateTiers(this.#db, { queues, now, limit, inTurns })) {
        await this.#fromTier(tier);
        isCut = tier.isCut;
        if (this.#isOver()) break;
      }
      // The next look must find the records as they are now.
      this.#write.flush();
    }
  }

  async #outlook(ahead: () => Promise<Outlook>): Promise<Outlook> {
    if (this.#held) return heldOutlook(this.#held);
    if (this.#use.left() === 0) return { exhausted: false };
    if (this.#refused >= MAX_REFUSED) return { nextDueAt: this.#request.now, exhausted: false };
    return ahead();
  }

  #isOver(): boolean {
    return this.#use.left() === 0 || this.#refused >= MAX_REFUSED || this.#held !== undefined;
  }

  /** Takes candidates from the pools in turn; a turn counts when its record is dialed. */
  async #fromTier({ pools }: Tier<Candidate>): Promise<void> {
    const rest = new Map([...pools].map(([list, pool]) => [list, [...pool].reverse()]));
    const looked = new Set<number>();
    while (rest.size > 0 && !this.#isOver()) {
      const turn = this.#nextTurn([...rest.keys()]);
      const pool = turn && rest.get(turn.list);
      const candidate = pool?.pop();
      if (!candidate) {
        rest.delete(turn?.list ?? '');
        continue;
      }
      if (!looked.has(candidate.record)) await this.#lookAhead([candidate, ...rest.values()].flat(), looked);
      const isTurn = (await this.#take(candidate.record, candidate.queue.id)) && pools.size > 1;
      if (isTurn && turn) this.#turns.set(this.#request.campaign.name, turn.balances);
    }
  }

  /** Reads the facts of those who come next in one go: as many as there are lines, more once some were refused. */
  async #lookAhead(candidates: readonly Candidate[], looked: Set<number>): Promise<void> {
    const unseen = candidates.map(({ record }) => record).filter((record) => !looked.has(record));
    const [next, ...others] = unseen;
    if (next === undefined) return;
    const count = this.#refused === 0 ? this.#use.left() : MORE;
    // Pools are turned around: those who come next stand at the end.
    const batch = [next, ...others.reverse().slice(0, count - 1)];
    for (const record of batch) looked.add(record);
    await this.#judge.look(batch);
  }

  #nextTurn(waiting: readonly string[]): ReturnType<typeof nextTurn> {
    const { campaign } = this.#request;
    const weightOf = (list: string): number => campaign.listWeights?.[list] ?? 1;
    return nextTurn(waiting, weightOf, this.#turns.get(campaign.name) ?? new Map());
  }

  /** Whether the record is taken. */
  async #take(record: number, queue: number): Promise<boolean> {
    const judged = await this.#judge.ruling(record);
    switch (judged?.ruling.kind) {
      case 'validate':
        this.#held = numbersChecked(this.#request.now + CHECKED_WITHIN_MS);
        return false;
      case 'dial':
        this.#held = await this.#use.take(judged, judged.ruling.phoneIndex);
        return this.#held === undefined;
      default:
        if (judged) await this.#write.refusal({ record, queue, ruling: judged.ruling });
        this.#refused += 1;
        return false;
    }
  }
}
