// Watches a simulated shift from where the pacer sits: how long agents wait for their next call, lines in use, and how
// fast dials, answers and conversations come. Passes everything on and changes nothing but the end of the
// abandonment window, which may lie beyond the shift.

import type { PacingEvent } from '../../pacing/pacer.ts';
import type { SimulatedPolicy } from '../pacing/simulate.ts';

export class Probe implements SimulatedPolicy {
  readonly #policy: SimulatedPolicy;
  readonly #fromMs: number;
  readonly #windowMs: number | undefined;
  readonly #readyAt = new Map<string, number>();
  readonly #lines = new Set<string>();
  /** Waits of agents between two conversations, seconds. */
  readonly waitsS: number[] = [];
  mostLines = 0;
  dials = 0;
  conversations = 0;

  /** What happens before `fromS` is warm-up; `windowS`: the abandonment window lasts so long, not to the shift's end. */
  constructor(policy: SimulatedPolicy, { fromS, windowS }: { readonly fromS: number; readonly windowS?: number }) {
    this.#policy = policy;
    this.#fromMs = fromS * 1000;
    this.#windowMs = windowS === undefined ? undefined : windowS * 1000;
  }

  observe(event: PacingEvent): void {
    this.#note(event);
    const isMoved = event.type === 'window' && this.#windowMs !== undefined;
    this.#policy.observe(isMoved ? { ...event, endsAt: event.at + (this.#windowMs ?? 0) } : event);
  }

  decide(now: number): ReturnType<SimulatedPolicy['decide']> {
    return this.#policy.decide(now);
  }

  #note(event: PacingEvent): void {
    const isMeasured = event.at >= this.#fromMs;
    switch (event.type) {
      case 'agent':
        return this.#agent(event, isMeasured);
      case 'dialed':
        this.#lines.add(event.call);
        if (!isMeasured) return;
        this.dials += 1;
        this.mostLines = Math.max(this.mostLines, this.#lines.size);
        return;
      case 'ended':
        this.#lines.delete(event.call);
        return;
      default:
    }
  }

  #agent({ agent, state, at }: Extract<PacingEvent, { type: 'agent' }>, isMeasured: boolean): void {
    if (state === 'talking') {
      // Straight from one person to the next who waited already: no wait at all.
      if (isMeasured) this.waitsS.push((at - (this.#readyAt.get(agent) ?? at)) / 1000);
      if (isMeasured) this.conversations += 1;
      this.#readyAt.delete(agent);
    } else if (state === 'ready') this.#readyAt.set(agent, at);
    else this.#readyAt.delete(agent);
  }
}
