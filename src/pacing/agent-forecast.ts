// How soon an agent who is busy now will be free.
//
// From the hazards of talk and wrap-up, the share b of stays after which the agent does not come back (a break, a
// log-off) and the share d of conversations without wrap-up:
//   wrap-up, age a:  P(free within t) = (1−b)·P(wrap-up ends within t | a)
//   talk, age a:     P(free within t) = Σ_s P(talk ends in second s | a)·(1−b)·(d + (1−d)·P(wrap-up ≤ t−s))
// The answer limit is added to t: whoever answers may wait that long. Tables are rebuilt every 20 s at most.

import type { AgentBook, AgentChange, PacedAgent } from './agent-book.ts';
import type { Json } from './contract.ts';
import { STEPS, type Grid } from './grid.ts';
import { StayHazard } from './hazard.ts';
import { numbersFrom, partOf } from './learned.ts';
import { RowCounts } from './row-counts.ts';
import type { Supply } from './supply.ts';

const TALK_EDGES_S = [0, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600];
const WRAP_UP_EDGES_S = [0, 2, 5, 8, 12, 16, 20, 25, 30, 45, 60];
/** Stays remembered. */
const MEMORY = 400;
const TALK_ROW_S = 4;
const TALK_ROWS = 180;
const WRAP_UP_ROWS = 90;
const REBUILD_MS = 20_000;
/** Breaks and missing wrap-ups are remembered over this many stays, starting from `PRIOR_STAYS` without any. */
const SHARE_MEMORY = 400;
const PRIOR_STAYS = 5;

/** A share of yes among yes and no, forgetting slowly. */
class Share {
  yes = 0;
  all = PRIOR_STAYS;

  get value(): number {
    return this.yes / this.all;
  }

  learn(yes: boolean): void {
    this.yes = this.yes * (1 - 1 / SHARE_MEMORY) + (yes ? 1 : 0);
    this.all = this.all * (1 - 1 / SHARE_MEMORY) + 1;
  }

  restore(saved: unknown, key: string): void {
    const [yes, all] = numbersFrom(saved, key, 2) ?? [];
    if (yes === undefined || all === undefined || yes > all || all < 1) return;
    this.yes = yes;
    this.all = all;
  }
}

export class AgentForecast {
  readonly #talk = new StayHazard({ edges: TALK_EDGES_S, guessS: 180, memory: MEMORY });
  readonly #wrapUp = new StayHazard({ edges: WRAP_UP_EDGES_S, guessS: 20, memory: MEMORY });
  readonly #breaks = new Share();
  readonly #direct = new Share();
  readonly #withinS: readonly number[];
  /** Seconds that the tables look ahead. */
  readonly #aheadS: number;
  /** How far the grid looks ahead. */
  readonly #aheadMs: number;
  readonly #lasting: Float64Array;
  readonly #finished: Float64Array;
  /** P(free by step k) by row of age. */
  readonly #talkTable = new Float64Array(TALK_ROWS * STEPS);
  readonly #wrapUpTable = new Float64Array(WRAP_UP_ROWS * STEPS);
  /** Rows that are up to date; the others are built when they are needed. */
  readonly #talkBuilt = new Uint8Array(TALK_ROWS);
  readonly #wrapUpBuilt = new Uint8Array(WRAP_UP_ROWS);
  readonly #talking = new RowCounts(TALK_ROWS);
  readonly #wrappingUp = new RowCounts(WRAP_UP_ROWS);
  #builtAt = Number.NEGATIVE_INFINITY;

  constructor(grid: Grid, answerLimitMs: number) {
    this.#withinS = grid.at.map((at) => at + answerLimitMs / 1000);
    this.#aheadS = Math.ceil(this.#withinS[STEPS - 1] ?? 0);
    this.#aheadMs = STEPS * grid.stepS * 1000;
    this.#lasting = new Float64Array(TALK_ROWS * TALK_ROW_S + this.#aheadS + 1);
    this.#finished = new Float64Array(this.#aheadS * STEPS);
  }

  /** Conversations seen to their end, ever. */
  get conversations(): number {
    return this.#talk.stays;
  }

  /** Mean time from an answer until its agent is ready again, seconds. */
  get handlingS(): number {
    return this.#talk.meanS + (1 - this.#direct.value) * this.#wrapUp.meanS;
  }

  learn(change: AgentChange): void {
    const left = change.to === 'paused' || change.to === 'offline';
    const seconds = change.spentMs / 1000;
    if (change.from === 'talking') {
      this.#talk.learn(seconds);
      if (!left) this.#direct.learn(change.to === 'ready');
      if (change.to !== 'wrap-up') this.#breaks.learn(left);
    } else if (change.from === 'wrap-up') {
      this.#wrapUp.learn(seconds);
      this.#breaks.learn(left);
    }
  }

  /** Rebuilds the tables when they are older than 20 s. */
  prepare(agents: AgentBook, now: number): void {
    if (now - this.#builtAt < REBUILD_MS) return;
    this.#builtAt = now;
    this.#talk.clearOngoing();
    this.#wrapUp.clearOngoing();
    for (const agent of agents.values()) {
      if (agent.state === 'talking') this.#talk.addOngoing((now - agent.sinceAt) / 1000);
      if (agent.state === 'wrap-up') this.#wrapUp.addOngoing((now - agent.sinceAt) / 1000);
    }
    this.#talk.refresh();
    this.#wrapUp.refresh();
    this.#talk.fillLasting(this.#lasting);
    this.#tabulateFinished();
    this.#talkBuilt.fill(0);
    this.#wrapUpBuilt.fill(0);
  }

  /** Puts every busy agent into the supply. */
  addTo(supply: Supply, agents: AgentBook, now: number): void {
    this.#talking.clear();
    this.#wrappingUp.clear();
    const aheadAt = now + this.#aheadMs;
    for (const agent of agents.values()) {
      if (agents.willLeave(agent, now, aheadAt)) this.#addLeaving(supply, agent, now);
      else if (agent.state === 'talking') this.#talking.add(this.#talkRow(agent, now));
      else if (agent.state === 'wrap-up') this.#wrappingUp.add(this.#wrapUpRow(agent, now));
    }
    addRows(supply, this.#talking, this.#talkTable);
    addRows(supply, this.#wrappingUp, this.#wrapUpTable);
  }

  /** An agent who will leave by plan within the time looked ahead counts until then. */
  #addLeaving(supply: Supply, agent: PacedAgent, now: number): void {
    const leaves = Math.max(0, Math.ceil(((agent.untilAt - now) / this.#aheadMs) * STEPS - 0.5));
    if (agent.state === 'ready') supply.readyLeaves(leaves);
    else if (agent.state === 'talking') supply.addLeaving(this.#talkTable, this.#talkRow(agent, now) * STEPS, leaves);
    else if (agent.state === 'wrap-up') {
      supply.addLeaving(this.#wrapUpTable, this.#wrapUpRow(agent, now) * STEPS, leaves);
    }
  }

  save(): Json {
    return {
      talk: this.#talk.save(),
      wrapUp: this.#wrapUp.save(),
      breaks: [this.#breaks.yes, this.#breaks.all],
      direct: [this.#direct.yes, this.#direct.all],
    };
  }

  restore(saved: unknown): void {
    this.#talk.restore(partOf(saved, 'talk'));
    this.#wrapUp.restore(partOf(saved, 'wrapUp'));
    this.#breaks.restore(saved, 'breaks');
    this.#direct.restore(saved, 'direct');
    this.#builtAt = Number.NEGATIVE_INFINITY;
  }

  #buildWrapUpRow(row: number): void {
    const stays = 1 - this.#breaks.value;
    const before = this.#wrapUp.cumulative(row);
    for (let k = 0; k < STEPS; k += 1) {
      const hazard = this.#wrapUp.cumulative(row + (this.#withinS[k] ?? 0)) - before;
      this.#wrapUpTable[row * STEPS + k] = stays * (1 - Math.exp(-hazard));
    }
  }

  #talkRow(agent: PacedAgent, now: number): number {
    const row = Math.min(TALK_ROWS - 1, Math.round((now - agent.sinceAt) / 1000 / TALK_ROW_S));
    if (this.#talkBuilt[row] !== 1) {
      this.#talkBuilt[row] = 1;
      this.#buildTalkRow(row);
    }
    return row;
  }

  #wrapUpRow(agent: PacedAgent, now: number): number {
    const row = Math.min(WRAP_UP_ROWS - 1, Math.round((now - agent.sinceAt) / 1000));
    if (this.#wrapUpBuilt[row] !== 1) {
      this.#wrapUpBuilt[row] = 1;
      this.#buildWrapUpRow(row);
    }
    return row;
  }

  /** For a talk that ends in the middle of second s: P(free by step k). */
  #tabulateFinished(): void {
    const stays = 1 - this.#breaks.value;
    const direct = this.#direct.value;
    for (let s = 0; s < this.#aheadS; s += 1) {
      for (let k = 0; k < STEPS; k += 1) {
        const left = (this.#withinS[k] ?? 0) - s - 0.5;
        const wrapped = left > 0 ? 1 - Math.exp(-this.#wrapUp.cumulative(left)) : 0;
        this.#finished[s * STEPS + k] = left > 0 ? stays * (direct + (1 - direct) * wrapped) : 0;
      }
    }
  }

  #buildTalkRow(row: number): void {
    const table = this.#talkTable;
    const start = row * STEPS;
    const ageS = row * TALK_ROW_S;
    const now = Math.max(1e-300, this.#lasting[ageS] ?? 0);
    table.fill(0, start, start + STEPS);
    for (let s = 0; s < this.#aheadS; s += 1) {
      const ends = ((this.#lasting[ageS + s] ?? 0) - (this.#lasting[ageS + s + 1] ?? 0)) / now;
      for (let k = 0; k < STEPS; k += 1) {
        table[start + k] = (table[start + k] ?? 0) + ends * (this.#finished[s * STEPS + k] ?? 0);
      }
    }
  }
}

function addRows(supply: Supply, rows: RowCounts, table: Float64Array): void {
  for (let i = 0; i < rows.used; i += 1) {
    const row = rows.row(i);
    supply.addAgents(rows.count(row), table, row * STEPS);
  }
}
