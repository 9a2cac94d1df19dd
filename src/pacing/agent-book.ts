// Who works now, in which state, and since when: the pacer's view of the agents.
// Unknown, doubled and late events change nothing; it keeps no history.

import type { PacedAgentState } from './contract.ts';

export interface PacedAgent {
  readonly id: string;
  state: PacedAgentState;
  /** When the present state began. */
  sinceAt: number;
}

/** One change of state, as the estimators need it. */
export interface AgentChange {
  readonly from: PacedAgentState;
  readonly to: PacedAgentState;
  readonly spentMs: number;
}

/** The agents that are not offline, with running counts per state. */
export class AgentBook {
  readonly #agents = new Map<string, PacedAgent>();
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

  /** Puts an agent into a state; undefined when that is where it already was. */
  set(id: string, state: PacedAgentState, at: number): AgentChange | undefined {
    const agent = this.#agents.get(id);
    const from = agent?.state ?? 'offline';
    if (from === state) return undefined;
    const change = { from, to: state, spentMs: agent === undefined ? 0 : at - agent.sinceAt };
    this.#count(from, -1);
    this.#count(state, 1);
    if (state === 'offline') this.#agents.delete(id);
    else if (agent === undefined) this.#agents.set(id, { id, state, sinceAt: at });
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
