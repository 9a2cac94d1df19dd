// The pacer as it would be if it knew when each agent will be free: no bound on what is possible, but it shows what
// better forecasts of conversations would be worth.

import type { AgentBook } from '../../pacing/agent-book.ts';
import { AgentForecast } from '../../pacing/agent-forecast.ts';
import { assemblePacer } from '../../pacing/assembly.ts';
import { makeGrid, STEPS } from '../../pacing/grid.ts';
import type { PacerOptions } from '../../pacing/pacer.ts';
import type { Supply } from '../../pacing/supply.ts';
import type { SimulatedPolicy } from './shift.ts';

class KnownTimes extends AgentForecast {
  readonly #withinMs: readonly number[];
  readonly #readyAt = new Map<string, number>();
  readonly #row = new Float64Array(STEPS);

  constructor(options: PacerOptions) {
    const grid = makeGrid(options.ringTimeoutMs);
    super(grid, options.answerLimitMs);
    this.#withinMs = grid.at.map((at) => at * 1000 + options.answerLimitMs);
  }

  foresee(agent: string, readyAt: number): void {
    this.#readyAt.set(agent, readyAt);
  }

  override addTo(supply: Supply, agents: AgentBook, now: number): void {
    for (const agent of agents.values()) {
      if (agent.state !== 'talking' && agent.state !== 'wrap-up') continue;
      const leftMs = (this.#readyAt.get(agent.id) ?? Number.POSITIVE_INFINITY) - now;
      for (let k = 0; k < STEPS; k += 1) this.#row[k] = leftMs <= (this.#withinMs[k] ?? 0) ? 1 : 0;
      supply.addAgents(1, this.#row, 0);
    }
  }
}

export function knowsCompletions(options: PacerOptions): SimulatedPolicy {
  const times = new KnownTimes(options);
  const pacer = assemblePacer(options, undefined, times);
  return {
    observe: (event) => pacer.observe(event),
    decide: (now) => pacer.decide(now),
    foresee: (agent, readyAt) => times.foresee(agent, readyAt),
  };
}
