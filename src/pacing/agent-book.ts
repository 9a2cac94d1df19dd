// Who works now, in which state, and since when: the pacer's view of the agents.
// Unknown, doubled and late events change nothing; it keeps no history.

import type { PacedAgentState } from './contract.ts';

export interface PacedAgent {
  readonly id: string;
  state: PacedAgentState;
  /** When the present state began. */
  sinceAt: number;
  /** When the agent will leave by plan; Infinity without one. */
  untilAt: number;
}

/** Who has not left so long after the planned moment has changed the plan. */
const LATE_MS = 120_000;

/** One change of state, as the estimators need it. */
export interface AgentChange {
  readonly from: PacedAgentState;
  readonly to: PacedAgentState;
  readonly spentMs: number;
}

/** The agents that are not offline, with running counts per state. */
export class AgentBook {
  readonly #agents = new Map<string, PacedAgent>();
  /** Planned leavings, also of agents who are not there yet. */
  readonly #plans = new Map<string, number>();
  readonly #counts = { offline: 0, paused: 0, ready: 0, talking: 0, 'wrap-up': 0 };

  get ready(): number {
    return this.#counts.ready;
  }

  get talking(): number {
    return this.#counts.talking;
  }

  get wrapUp(): number {
    return this.#counts['wrap-up'];
  }

  /** Agents who take calls: ready, talking or in wrap-up. */
  get working(): number {
    return this.ready + this.talking + this.wrapUp;
  }

  values(): IterableIterator<PacedAgent> {
    return this.#agents.values();
  }

  /** Notes when an agent will leave by plan; undefined: nothing is planned. */
  plan(id: string, untilAt: number | undefined): void {
    if (untilAt === undefined) this.#plans.delete(id);
    else this.#plans.set(id, untilAt);
    const agent = this.#agents.get(id);
    if (agent !== undefined) agent.untilAt = untilAt ?? Infinity;
  }

  /** Whether the agent will have left by `by`; a plan that has long passed counts no more. */
  willLeave(agent: PacedAgent, now: number, by: number): boolean {
    return agent.untilAt <= by && now < agent.untilAt + LATE_MS;
  }

  /** Ready agents who will not have left by `by`. */
  readyUntil(now: number, by: number): number {
    if (this.#plans.size === 0) return this.ready;
    let leaving = 0;
    for (const agent of this.#agents.values()) {
      if (agent.state === 'ready' && this.willLeave(agent, now, by)) leaving += 1;
    }
    return this.ready - leaving;
  }

  /** Puts an agent into a state; undefined when that is where it already was. */
  set(id: string, state: PacedAgentState, at: number): AgentChange | undefined {
    const agent = this.#agents.get(id);
    const from = agent?.state ?? 'offline';
    if (from === state) return undefined;
    const change = { from, to: state, spentMs: agent === undefined ? 0 : at - agent.sinceAt };
    this.#count(from, -1);
    this.#count(state, 1);
    if (state === 'offline') this.#agents.delete(id);
    else if (agent === undefined)
      this.#agents.set(id, { id, state, sinceAt: at, untilAt: this.#plans.get(id) ?? Infinity });
    else {
      agent.state = state;
      agent.sinceAt = at;
    }
    return change;
  }

  /** The agent got a call: talking, unless it is not known as working (then its own event is awaited). */
  connect(id: string, at: number): AgentChange | undefined {
    const state = this.#agents.get(id)?.state;
    return state === 'ready' || state === 'wrap-up' ? this.set(id, 'talking', at) : undefined;
  }

  #count(state: PacedAgentState, by: number): void {
    if (state !== 'offline') this.#counts[state] += by;
  }
}
