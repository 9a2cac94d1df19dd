// Which records are dialed next, and the writing of their attempts: the one place that takes a record.
// Candidates come in the order of dialing; ruleOn decides on each. One that may not be dialed now is put off, set aside
// or finished at once, so that it does not stand in the way of the next choice. A request costs a few round trips.

import { defined } from '../../base/defined.ts';
import { callerIdDay, chooseCallerId } from '../../trunks/caller-ids.ts';
import type { CallerIdChoice } from '../../trunks/caller-ids.ts';
import type { OpenAttempts, OpenedAttempt, OpenedAttempts, OpenLine } from '../../engine/store/attempts.ts';
import { nextTurn } from '../../records/turns.ts';
import type { Balances } from '../../records/turns.ts';
import { validationOutcome } from '../../rules/validation.ts';
import { queuesNow } from '../open-queues.ts';
import type { Queue } from '../open-queues.ts';
import { openedNow } from '../past-attempts.ts';
import { MAX_REFUSED } from '../ruling.ts';
import { candidateTiers, nextPersonalAt, personalCandidates } from './candidates.ts';
import type { Candidate, Tier } from './candidates.ts';
import { ChoiceWrites } from './choice-writes.ts';
import { sql } from './database.ts';
import type { Transaction } from './database.ts';
import { Judge } from './judgement.ts';
import { queueOutlook } from './outlook.ts';
import { queuesOf } from './queues.ts';

/** Numbers that must be checked first are looked at again after this. */
const CHECKED_WITHIN_MS = 500;
/** After a batch with refusals more candidates are looked at in one go. */
const MORE = 50;

/** Whose turn it is among the lists of a campaign; forgotten with the store. */
export type Turns = Map<string, Balances>;

const SHOWN = sql<{ callerId: string; count: number }>(`
  SELECT caller_id AS "callerId", count(*) AS count FROM attempts
  WHERE caller_id = ANY ($1) AND dialed_at >= $2 GROUP BY caller_id`);

/** Opens attempts for the next records of a campaign; see AttemptStore.open. Runs inside a transaction. */
export async function openAttempts(db: Transaction, turns: Turns, request: OpenAttempts): Promise<OpenedAttempts> {
  const { campaign, now, agent } = request;
  const choice = new Choice(db, turns, request);
  if (agent !== undefined) return choice.personal(agent);
  const [all] = await Promise.all([queuesOf(db, campaign.name), choice.prepare()]);
  const queues = queuesNow(all, campaign, now);
  await choice.fromQueues(queues.open);
  return choice.answer(() => queueOutlook(db, { definition: campaign, ...queues, now }));
}

/** One request: takes candidates until every line has a record, too many were refused, or none is left. */
class Choice {
  readonly #db: Transaction;
  readonly #turns: Turns;
  readonly #request: OpenAttempts;
  readonly #judge: Judge;
  readonly #write: ChoiceWrites;
  readonly #opened: OpenedAttempt[] = [];
  readonly #lines: OpenLine[];
  /** How often each caller ID was shown today; read when there is a cap. */
  #shown: Map<string, number> | undefined;
  #refused = 0;
  #held: { readonly heldBack: string; readonly untilAt: number } | undefined;

  constructor(db: Transaction, turns: Turns, request: OpenAttempts) {
    this.#db = db;
    this.#turns = turns;
    this.#request = request;
    this.#judge = new Judge(db, request, 'take');
    this.#write = new ChoiceWrites(db, request);
    this.#lines = [...request.lines];
  }

  /** Asks beforehand for what every candidate is judged by. */
  async prepare(): Promise<void> {
    await this.#judge.prepare();
  }

  async personal(agent: string): Promise<OpenedAttempts> {
    const { campaign, now } = this.#request;
    const question = { campaign: campaign.name, agent, now };
    const due = await personalCandidates(this.#db, question, MAX_REFUSED);
    await this.#judge.look(due);
    for (const record of due) if (!this.#isOver()) await this.#take(record, 0);
    this.#write.flush();
    return this.answer(async () => {
      const nextDueAt = await nextPersonalAt(this.#db, question);
      return { ...defined({ nextDueAt }), exhausted: false };
    });
  }

  async fromQueues(queues: readonly Queue[]): Promise<void> {
    const { campaign, now } = this.#request;
    const inTurns = campaign.listWeights !== undefined;
    let isCut = queues.length > 0;
    while (isCut && !this.#isOver()) {
      isCut = false;
      const limit = this.#refused === 0 ? this.#lines.length : Math.max(MORE, this.#lines.length);
      for (const tier of await candidateTiers(this.#db, { queues, now, limit, inTurns })) {
        await this.#fromTier(tier);
        isCut = tier.isCut;
        if (this.#isOver()) break;
      }
      // The next look must find the records as they are now.
      this.#write.flush();
    }
  }

  async answer(
    outlook: () => Promise<Pick<OpenedAttempts, 'nextDueAt' | 'nextBecause' | 'exhausted'>>,
  ): Promise<OpenedAttempts> {
    const opened = this.#opened;
    if (this.#held) {
      return { opened, nextDueAt: this.#held.untilAt, exhausted: false, heldBack: this.#held.heldBack };
    }
    if (this.#lines.length === 0) return { opened, exhausted: false };
    if (this.#refused >= MAX_REFUSED) return { opened, nextDueAt: this.#request.now, exhausted: false };
    return { opened, ...(await outlook()) };
  }

  #isOver(): boolean {
    return this.#lines.length === 0 || this.#refused >= MAX_REFUSED || this.#held !== undefined;
  }

  /** Takes candidates from the pools in turn; a turn counts when its record is dialed. */
  async #fromTier({ pools }: Tier): Promise<void> {
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
    const count = this.#refused === 0 ? this.#lines.length : MORE;
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

  /** Whether the record is dialed. */
  async #take(record: number, queue: number): Promise<boolean> {
    const judged = await this.#judge.ruling(record);
    const [line] = this.#lines;
    if (judged?.ruling.kind === 'validate') {
      this.#held = { heldBack: 'Numbers are being checked.', untilAt: this.#request.now + CHECKED_WITHIN_MS };
      return false;
    }
    if (judged?.ruling.kind !== 'dial' || !line) {
      if (judged && judged.ruling.kind !== 'dial') await this.#write.refusal({ record, queue, ruling: judged.ruling });
      this.#refused += 1;
      return false;
    }
    const { facts, ruling, input } = judged;
    const shown = await this.#callerIdFor(facts.phones[ruling.phoneIndex]?.number ?? '', line);
    if (shown.kind === 'none') {
      this.#held = { heldBack: shown.why, untilAt: shown.untilAt };
      return false;
    }
    const { phoneIndex } = ruling;
    const validation = validationOutcome(input, phoneIndex);
    this.#dial({ facts, line, callerId: shown.callerId, phoneIndex, validation });
    this.#lines.shift();
    return true;
  }

  #dial(dialed: Parameters<ChoiceWrites['attempt']>[0]): void {
    const opened = this.#write.attempt(dialed);
    this.#opened.push(opened);
    this.#judge.note(openedNow(opened, this.#request.now));
  }

  async #callerIdFor(number: string, { turn, chosenCallerId }: OpenLine): Promise<CallerIdChoice> {
    const { campaign, now } = this.#request;
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
