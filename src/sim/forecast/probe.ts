// Watches a shift from where the pacer sits: what agents do with their time, how long they wait for their next call,
// lines in use, answers. Passes everything on and changes nothing but the end of the abandonment window, which may lie
// beyond the shift or be unknown. Watches a real day as well as a simulated one: whoever compares the two measures both with it.

import type { PacingEvent } from '../../pacing/pacer.ts';
import type { SimulatedPolicy } from '../pacing/simulate.ts';

interface SeenAgent {
  state: string;
  sinceMs: number;
}

export interface ProbeOptions {
  /** What happens before is warm-up, ms on the events' clock. */
  readonly fromMs: number;
  /** The abandonment window lasts so long from when it is reported, or has no known end; absent: as it is reported. */
  readonly windowMs?: number | 'unknown';
}

export class Probe implements SimulatedPolicy {
  readonly #policy: SimulatedPolicy;
  readonly #options: ProbeOptions;
  readonly #agents = new Map<string, SeenAgent>();
  readonly #lines = new Set<string>();
  readonly #answered = new Set<string>();
  #busyMs = 0;
  #workMs = 0;
  /** Waits of agents between two conversations, seconds. */
  readonly waitsS: number[] = [];
  mostLines = 0;
  dials = 0;
  conversations = 0;
  liveAnswers = 0;
  abandoned = 0;

  constructor(policy: SimulatedPolicy, options: ProbeOptions) {
    this.#policy = policy;
    this.#options = options;
  }

  observe(event: PacingEvent): void {
    this.#note(event);
    this.#policy.observe(event.type === 'window' ? this.#moved(event) : event);
  }

  decide(now: number): ReturnType<SimulatedPolicy['decide']> {
    return this.#policy.decide(now);
  }

  /** (Talking + wrap-up) ÷ (at work), 0–1, of all agents up to `nowMs`. */
  utilisation(nowMs: number): number {
    let [busyMs, workMs] = [this.#busyMs, this.#workMs];
    for (const { state, sinceMs } of this.#agents.values()) {
      const spentMs = Math.max(0, nowMs - Math.max(sinceMs, this.#options.fromMs));
      if (isBusy(state)) busyMs += spentMs;
      if (isBusy(state) || state === 'ready') workMs += spentMs;
    }
    return workMs === 0 ? 0 : busyMs / workMs;
  }

  #moved(event: Extract<PacingEvent, { type: 'window' }>): PacingEvent {
    const { windowMs } = this.#options;
    if (windowMs === undefined) return event;
    const { endsAt: _told, ...window } = event;
    return windowMs === 'unknown' ? window : { ...window, endsAt: event.at + windowMs };
  }

  #note(event: PacingEvent): void {
    const isMeasured = event.at >= this.#options.fromMs;
    switch (event.type) {
      case 'agent':
        return this.#agent(event.agent, event.state, event.at);
      case 'connected':
        if (this.#agents.get(event.agent)?.state === 'ready') this.#agent(event.agent, 'talking', event.at);
        return;
      case 'dialed':
        this.#lines.add(event.call);
        if (!isMeasured) return;
        this.dials += 1;
        this.mostLines = Math.max(this.mostLines, this.#lines.size);
        return;
      case 'live':
        if (isMeasured && !this.#answered.has(event.call)) this.liveAnswers += 1;
        this.#answered.add(event.call);
        return;
      case 'abandoned':
        if (isMeasured) this.abandoned += 1;
        return;
      case 'ended':
        this.#lines.delete(event.call);
        this.#answered.delete(event.call);
        return;
      default:
    }
  }

  #agent(id: string, state: string, at: number): void {
    const before = this.#agents.get(id);
    if (before?.state === state) return;
    const { fromMs } = this.#options;
    const sinceMs = Math.max(before?.sinceMs ?? at, fromMs);
    if (before && at > sinceMs) {
      if (isBusy(before.state)) this.#busyMs += at - sinceMs;
      if (isBusy(before.state) || before.state === 'ready') this.#workMs += at - sinceMs;
    }
    if (state === 'talking' && at >= fromMs) {
      // Straight from one person to the next who waited already: no wait at all.
      this.waitsS.push(before?.state === 'ready' ? Math.max(0, at - sinceMs) / 1000 : 0);
      this.conversations += 1;
    }
    this.#agents.set(id, { state, sinceMs: at });
  }
}

function isBusy(state: string): boolean {
  return state === 'talking' || state === 'wrap-up';
}
