// Whether an agent's workspace is on a screen: while it is streamed, and for a while after its picture was asked for.

import type { Clock } from '../../base/clock.ts';
import type { DeskPort } from '../../engine/agents/desk-port.ts';
import type { AgentNumber } from '../../terms.ts';

/** Who reads the picture again and again is said to be there so often. */
const SAY_EVERY_MS = 5_000;

export class AtScreen {
  readonly #agent: AgentNumber;
  readonly #desks: Pick<DeskPort, 'screen'>;
  readonly #clock: Clock;
  #isStreamed = false;
  #saidAt = -Infinity;

  constructor(agent: AgentNumber, { desks, clock }: { desks: Pick<DeskPort, 'screen'>; clock: Clock }) {
    this.#agent = agent;
    this.#desks = desks;
    this.#clock = clock;
  }

  streamed(isStreamed: boolean): void {
    this.#isStreamed = isStreamed;
    this.#desks.screen(this.#agent, isStreamed);
  }

  asked(): void {
    const now = this.#clock.now();
    if (this.#isStreamed || now - this.#saidAt < SAY_EVERY_MS) return;
    this.#saidAt = now;
    this.#desks.screen(this.#agent, false);
  }
}
