// The counts and delays of one day of a campaign, as its reports would count them at any moment: the attempts dialed on
// that day, those before a restart of ours too. For showing, not for deciding.

import type { Call } from '../../call/call.ts';
import type { AgentState, AttemptId, Result } from '../../terms.ts';
import type { CampaignFigures, Percentiles, Waited } from '../control-views.ts';
import type { DayCounts } from '../store/answers.ts';

/** Delays kept for the percentiles; older ones are forgotten. */
export const MAX_DELAYS = 5_000;

/** A day of the campaign's zone, epoch ms; the end is the beginning of the next. */
export interface Day {
  readonly startAt: number;
  readonly endAt: number;
}

/** What has happened to a call that is not over. */
interface Open {
  readonly isLive: boolean;
  readonly isAbandoned: boolean;
  readonly isConnected: boolean;
}

const NOTHING: Open = { isLive: false, isAbandoned: false, isConnected: false };

type DialedCall = Pick<Call, 'attempt' | 'dialedAt'>;

export class Figures {
  readonly day: Day;
  #attempts = 0;
  #liveAnswers = 0;
  #connected = 0;
  #abandoned = 0;
  #busyMs = 0;
  #paidMs = 0;
  #waited = { count: 0, maxMs: 0 };
  readonly #open = new Map<AttemptId, Open>();
  readonly #byResult = new Map<Result, number>();
  readonly #answerDelays: number[] = [];

  constructor(day: Day = { startAt: -Infinity, endAt: Infinity }) {
    this.day = day;
  }

  /** What the store knows of the day. */
  add(known: DayCounts): void {
    this.#attempts += known.attempts;
    this.#liveAnswers += known.liveAnswers;
    this.#connected += known.byResult.connected ?? 0;
    this.#abandoned += known.byResult.abandoned ?? 0;
    for (const [result, count] of Object.entries(known.byResult)) this.#count(result as Result, count);
    for (const delay of known.answerDelaysMs) keep(this.#answerDelays, delay);
    this.#addWaited(known.waited);
  }

  dialed({ dialedAt }: Pick<Call, 'dialedAt'>): void {
    if (this.#isToday(dialedAt)) this.#attempts += 1;
  }

  /** A call that was dialed before this was made goes on; its delay is known from elsewhere. */
  restored({ attempt, dialedAt, liveAt, bridgedAt, result }: Call): void {
    this.dialed({ dialedAt });
    const isAbandoned = result === 'abandoned' && bridgedAt === undefined;
    this.#note(
      { attempt, dialedAt },
      { isLive: liveAt !== undefined, isAbandoned, isConnected: bridgedAt !== undefined },
    );
  }

  live(call: DialedCall): void {
    this.#note(call, { isLive: true });
  }

  /** Taken for a person at the answer, and known to be none now. */
  notLive(call: DialedCall): void {
    this.#note(call, NOTHING);
  }

  abandoned(call: DialedCall): void {
    this.#note(call, { isLive: true, isAbandoned: true });
  }

  /** `answerDelayMs`: answer to both legs in one bridge, by the exchange's clock; `waited`: no agent was ready. */
  connected(call: DialedCall, { answerDelayMs, waited }: { answerDelayMs: number; waited: boolean | undefined }): void {
    this.#note(call, { isConnected: true });
    if (!this.#isToday(call.dialedAt) || waited === undefined) return;
    if (waited) this.#addWaited({ count: 1, maxMs: answerDelayMs });
    else keep(this.#answerDelays, answerDelayMs);
  }

  /** The attempt has its result; `isLive`: as the store keeps it. */
  ended({ attempt, dialedAt }: DialedCall, { result, isLive }: { result: Result; isLive: boolean }): void {
    this.#open.delete(attempt);
    if (!this.#isToday(dialedAt)) return;
    this.#count(result, 1);
    if (isLive) this.#liveAnswers += 1;
    if (result === 'connected') this.#connected += 1;
    if (result === 'abandoned') this.#abandoned += 1;
  }

  /** A stretch of an agent's time that has just ended, as far as it lies in the day. */
  agentTime(state: AgentState, fromAt: number, toAt: number): void {
    this.addAgentTime(state, Math.max(0, toAt - Math.max(fromAt, this.day.startAt)));
  }

  addAgentTime(state: AgentState, durationMs: number): void {
    if (state === 'offline' || state === 'paused') return;
    this.#paidMs += durationMs;
    if (isBusy(state)) this.#busyMs += durationMs;
  }

  /** The figures at `now`; `running` are the stretches that agents are in at this moment. */
  show(running: readonly { readonly state: AgentState; readonly since: number }[], now: number): CampaignFigures {
    const open = [...this.#open.values()];
    const liveAnswers = this.#liveAnswers + open.filter(({ isLive }) => isLive).length;
    const abandoned = this.#abandoned + open.filter(({ isAbandoned }) => isAbandoned).length;
    return {
      attempts: this.#attempts,
      liveAnswers,
      connected: this.#connected + open.filter(({ isConnected }) => isConnected).length,
      abandoned,
      abandonRate: liveAnswers === 0 ? 0 : abandoned / liveAnswers,
      byResult: Object.fromEntries(this.#byResult),
      answerDelayMs: percentiles(this.#answerDelays),
      waited: { ...this.#waited },
      utilisation: this.#utilisation(running, now),
    };
  }

  #utilisation(running: readonly { readonly state: AgentState; readonly since: number }[], now: number): number {
    const then = new Figures(this.day);
    then.#busyMs = this.#busyMs;
    then.#paidMs = this.#paidMs;
    for (const { state, since } of running) then.agentTime(state, since, now);
    return then.#paidMs === 0 ? 0 : then.#busyMs / then.#paidMs;
  }

  #note({ attempt, dialedAt }: DialedCall, change: Partial<Open>): void {
    if (this.#isToday(dialedAt)) this.#open.set(attempt, { ...NOTHING, ...this.#open.get(attempt), ...change });
  }

  #isToday(dialedAt: number): boolean {
    return dialedAt >= this.day.startAt && dialedAt < this.day.endAt;
  }

  #count(result: Result, more: number): void {
    this.#byResult.set(result, (this.#byResult.get(result) ?? 0) + more);
  }

  #addWaited({ count, maxMs }: Waited): void {
    this.#waited = { count: this.#waited.count + count, maxMs: Math.max(this.#waited.maxMs, maxMs) };
  }
}

const isBusy = (state: AgentState): boolean => state === 'talking' || state === 'wrap-up';

function keep(samples: number[], value: number): void {
  samples.push(value);
  if (samples.length > MAX_DELAYS) samples.shift();
}

/** Nearest-rank percentiles of `samples`, in their unit; all zero without samples. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1), count: sorted.length };
}
