// Which records are dialed next, and the writing of their attempts: the one place that takes a record.
// Candidates come in the order of dialing; ruleOn decides on each. One that may not be dialed now is put off, set aside
// or finished at once, so that it does not stand in the way of the next choice.

import { defined } from '../../base/defined.ts';
import type { OpenAttempts, OpenedAttempt, OpenedAttempts, OpenLine } from '../../engine/store/attempts.ts';
import { validationOutcome } from '../../rules/validation.ts';
import { nextTurn } from '../../records/turns.ts';
import type { Balances } from '../../records/turns.ts';
import { queuesNow } from '../open-queues.ts';
import { openedNow } from '../past-attempts.ts';
import { MAX_REFUSED } from '../ruling.ts';
import { callerIdChooser } from './caller-ids.ts';
import type { CampaignIds } from './campaigns.ts';
import { candidateTiers, personalCandidates } from './candidates.ts';
import type { Candidate, PersonalCandidates, Tier } from './candidates.ts';
import { choiceWrites } from './choice-writes.ts';
import type { ChoiceWrites } from './choice-writes.ts';
import type { Connection } from './database.ts';
import { judgement } from './judgement.ts';
import type { Judge } from './judgement.ts';
import { queueOutlook } from './outlook.ts';
import { recordQueues } from './queues.ts';

/** Numbers that must be checked first are looked at again after this. */
const CHECKED_WITHIN_MS = 500;
/** So many candidates are looked at in one go once some were refused. */
const MORE = 50;

/** What a look at a record has led to. */
type Step = 'opened' | 'refused' | { readonly heldBack: string; readonly untilAt: number };

interface Parts {
  readonly candidates: ReturnType<typeof candidateTiers>;
  readonly personal: PersonalCandidates;
  readonly judge: ReturnType<typeof judgement>;
  readonly write: ChoiceWrites;
  readonly callerIdFor: ReturnType<typeof callerIdChooser>;
  /** Whose turn it is among the lists of a campaign; forgotten with the store. */
  readonly turns: Map<number, Balances>;
}

/** Opens attempts for the next records of a campaign; see AttemptStore.open. Runs inside a transaction. */
export function opener(db: Connection, ids: CampaignIds): (request: OpenAttempts) => OpenedAttempts {
  const queues = recordQueues(db);
  const parts: Parts = {
    candidates: candidateTiers(db),
    personal: personalCandidates(db),
    judge: judgement(db),
    write: choiceWrites(db, queues),
    callerIdFor: callerIdChooser(db),
    turns: new Map(),
  };
  const outlook = queueOutlook(db);
  return (request) => {
    const { campaign, now, agent } = request;
    const id = ids.of(campaign.name, now);
    const choice = new Choice(parts, request, id);
    if (agent !== undefined) return choice.personal(agent);
    const { open, closed } = queuesNow(queues.of(id), campaign, now);
    choice.fromQueues(open);
    return choice.answer(() => outlook({ campaign: id, definition: campaign, open, closed, now }));
  };
}

/** One request: takes candidates until every line has a record, too many were refused, or none is left. */
class Choice {
  readonly #parts: Parts;
  readonly #request: OpenAttempts;
  readonly #id: number;
  readonly #judge: Judge;
  readonly #opened: OpenedAttempt[] = [];
  readonly #lines: OpenLine[];
  #refused = 0;
  #held: { readonly heldBack: string; readonly untilAt: number } | undefined;

  constructor(parts: Parts, request: OpenAttempts, id: number) {
    this.#parts = parts;
    this.#request = request;
    this.#id = id;
    this.#judge = parts.judge(request);
    this.#lines = [...request.lines];
  }

  personal(agent: string): OpenedAttempts {
    const { now } = this.#request;
    const { personal } = this.#parts;
    const due = personal.due(this.#id, agent, now, MAX_REFUSED);
    this.#judge.look(due);
    for (const record of due) if (!this.#isOver()) this.#take(record, 0);
    return this.answer(() => {
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
      const limit = this.#refused === 0 ? this.#lines.length : Math.max(MORE, this.#lines.length);
      for (const tier of this.#parts.candidates({ queues, now, limit, inTurns })) {
        this.#fromTier(tier);
        isCut = tier.isCut;
        if (isCut || this.#isOver()) break;
      }
    }
  }

  answer(outlook: () => Pick<OpenedAttempts, 'nextDueAt' | 'nextBecause' | 'exhausted'>): OpenedAttempts {
    const opened = this.#opened;
    if (this.#held) {
      return { opened, nextDueAt: this.#held.untilAt, exhausted: false, heldBack: this.#held.heldBack };
    }
    if (this.#lines.length === 0) return { opened, exhausted: false };
    if (this.#refused >= MAX_REFUSED) return { opened, nextDueAt: this.#request.now, exhausted: false };
    return { opened, ...outlook() };
  }

  #isOver(): boolean {
    return this.#lines.length === 0 || this.#refused >= MAX_REFUSED || this.#held !== undefined;
  }

  /** Takes candidates from the pools in turn; a turn counts when its record is dialed. */
  #fromTier({ pools }: Tier): void {
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
      const isTurn = this.#take(candidate.record, candidate.queue) === 'opened' && pools.size > 1;
      if (isTurn) this.#parts.turns.set(this.#id, turn.balances);
    }
  }

  /** Reads those who come next in one go: as many as there are lines, more once some were refused. */
  #lookAhead(candidates: readonly Candidate[], looked: Set<number>): void {
    const unseen = candidates.map(({ record }) => record).filter((record) => !looked.has(record));
    const batch = unseen.slice(0, this.#refused === 0 ? this.#lines.length : MORE);
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
    else if (step !== 'opened') this.#held = step;
    return step;
  }

  #decide(record: number, queue: number): Step {
    const { write, callerIdFor } = this.#parts;
    const { campaign, now } = this.#request;
    const { facts, ruling, input } = this.#judge.ruling(record);
    if (ruling.kind === 'validate') return { heldBack: 'Numbers are being checked.', untilAt: now + CHECKED_WITHIN_MS };
    const [line] = this.#lines;
    if (ruling.kind !== 'dial' || !line) {
      if (ruling.kind !== 'dial') write.refusal({ record, queue, ruling, now });
      return 'refused';
    }
    const { phoneIndex } = ruling;
    const shown = callerIdFor({ campaign, number: facts.phones[phoneIndex]?.number ?? '', line, now });
    if (shown.kind === 'none') return { heldBack: shown.why, untilAt: shown.untilAt };
    const { callerId } = shown;
    const validation = validationOutcome(input, phoneIndex);
    this.#dialed(write.attempt({ campaign: this.#id, facts, line, callerId, phoneIndex, validation, now }));
    return 'opened';
  }

  #dialed(opened: OpenedAttempt): void {
    this.#lines.shift();
    this.#opened.push(opened);
    this.#judge.note(openedNow(opened, this.#request.now));
  }
}

/** Those who come next in pools that are turned around. */
function nextOf(pools: Iterable<readonly Candidate[]>): readonly Candidate[] {
  return [...pools].flatMap((pool) => pool.toReversed());
}
