// The counts and delays of a campaign's day, kept as it happens. For showing, not for deciding.

import type { AgentState, Result } from '../terms.ts';
import type { CampaignFigures, Percentiles } from './control.ts';

/** Delays kept for the percentiles; older ones are forgotten. */
const MAX_SAMPLES = 5_000;

export class Figures {
  #attempts = 0;
  #liveAnswers = 0;
  #connected = 0;
  #abandoned = 0;
  #busyMs = 0;
  #paidMs = 0;
  readonly #byResult = new Map<Result, number>();
  readonly #answerDelays: number[] = [];
  readonly #connectDelays: number[] = [];

  dialed(): void {
    this.#attempts += 1;
  }

  live(): void {
    this.#liveAnswers += 1;
  }

  /** Taken for a person at the answer, and known to be none now; `met`: an agent had been connected already. */
  notLive(met: boolean): void {
    this.#liveAnswers -= 1;
    if (met) this.#connected -= 1;
  }

  abandoned(): void {
    this.#abandoned += 1;
  }

  /** `answerDelayMs`: answer to both legs in one bridge, by the exchange's clock; `waited`: no agent was ready. */
  connected(answerDelayMs: number, waited: boolean): void {
    this.#connected += 1;
    keep(this.#answerDelays, answerDelayMs);
    if (!waited) keep(this.#connectDelays, answerDelayMs);
  }

  ended(result: Result): void {
    this.#byResult.set(result, (this.#byResult.get(result) ?? 0) + 1);
  }

  /** A stretch of an agent's time that has just ended. */
  agentTime(state: AgentState, durationMs: number): void {
    if (state === 'offline' || state === 'paused') return;
    this.#paidMs += durationMs;
    if (state === 'talking' || state === 'wrap-up') this.#busyMs += durationMs;
  }

  /** The figures now; `running` are the stretches that agents are in at this moment. */
  show(running: readonly { readonly state: AgentState; readonly durationMs: number }[]): CampaignFigures {
    const now = new Figures();
    now.#busyMs = this.#busyMs;
    now.#paidMs = this.#paidMs;
    for (const stretch of running) now.agentTime(stretch.state, stretch.durationMs);
    return {
      attempts: this.#attempts,
      liveAnswers: this.#liveAnswers,
      connected: this.#connected,
      abandoned: this.#abandoned,
      abandonRate: this.#liveAnswers === 0 ? 0 : this.#abandoned / this.#liveAnswers,
      byResult: Object.fromEntries(this.#byResult),
      answerDelayMs: percentiles(this.#answerDelays),
      connectDelayMs: percentiles(this.#connectDelays),
      utilisation: now.#paidMs === 0 ? 0 : now.#busyMs / now.#paidMs,
    };
  }
}

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > MAX_SAMPLES) samples.shift();
}

/** Nearest-rank percentiles of `samples`, in their unit; all zero without samples. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1), count: sorted.length };
}
