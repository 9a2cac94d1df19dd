// Builders for pacing tests: options, and a pacer that is shown what happens in few words.

import { createPacer, type Json, type Pacer, type PacerOptions, type PacingDecision } from '../../src/pacing/pacer.ts';
import type { Result } from '../../src/terms.ts';

export const OPTIONS: PacerOptions = {
  mode: 'predictive',
  abandonTarget: 0.03,
  answerLimitMs: 2000,
  ringTimeoutMs: 25_000,
  minRingMs: 15_000,
  maxLines: 1000,
  maxCallsPerSecond: 1000,
};

const DAY_MS = 8 * 3_600_000;

/** A pacer with a clock of its own. */
export class Scene {
  readonly pacer: Pacer;
  now = 1_000_000;
  #next = 0;

  constructor(options: Partial<PacerOptions> = {}, learned?: Json) {
    const all = { ...OPTIONS, ...options };
    this.pacer = learned === undefined ? createPacer(all) : createPacer(all, learned);
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  agents(count: number, state: 'ready' | 'talking' | 'wrap-up' | 'paused' | 'offline' = 'ready'): this {
    for (let i = 0; i < count; i += 1) this.pacer.observe({ at: this.now, type: 'agent', agent: `agent-${i}`, state });
    return this;
  }

  agent(agent: string, state: 'ready' | 'talking' | 'wrap-up' | 'paused' | 'offline'): this {
    this.pacer.observe({ at: this.now, type: 'agent', agent, state });
    return this;
  }

  window(liveAnswers: number, abandoned: number, target = 0.03): this {
    const endsAt = this.now + DAY_MS;
    this.pacer.observe({ at: this.now, type: 'window', target, liveAnswers, abandoned, endsAt });
    return this;
  }

  dial(count: number): string[] {
    const calls = Array.from({ length: count }, () => `call-${(this.#next += 1)}`);
    for (const call of calls) this.report('dialed', call);
    return calls;
  }

  ring(count: number): string[] {
    const calls = this.dial(count);
    for (const call of calls) this.report('ringing', call);
    return calls;
  }

  report(type: 'dialed' | 'ringing' | 'answered' | 'live' | 'machine' | 'abandoned', call: string): this {
    this.pacer.observe({ at: this.now, type, call });
    return this;
  }

  connect(call: string, agent: string): this {
    this.pacer.observe({ at: this.now, type: 'connected', call, agent });
    return this;
  }

  end(call: string, result: Result): this {
    this.pacer.observe({ at: this.now, type: 'ended', call, result });
    return this;
  }

  /** Lets `count` dials come to their ends, one in `every` a live answer after 10 s that talks for 60 s. */
  practise(count: number, every: number): this {
    this.agent('trainer', 'ready');
    for (let i = 0; i < count; i += 1) {
      const [call = ''] = this.ring(1);
      this.wait(10_000);
      if (i % every !== 0) {
        this.end(call, 'no-answer');
        continue;
      }
      this.report('live', call).connect(call, 'trainer').wait(60_000).end(call, 'connected');
      this.agent('trainer', 'wrap-up').wait(10_000).agent('trainer', 'ready');
    }
    return this.agent('trainer', 'offline');
  }

  decide(): PacingDecision {
    return this.pacer.decide(this.now);
  }
}
