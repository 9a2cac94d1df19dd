// What happened in a period, from the store's rows alone: the same figures with and without a running daemon.
// Reads, never writes; figures that the rows do not carry are left out rather than guessed.

import { defined } from '../base/defined.ts';
import type { AttemptRow } from '../engine/store/attempts.ts';
import type { Waited } from '../engine/control-views.ts';
import type { RecordCounts } from '../engine/store/records.ts';
import type { StateTime } from '../engine/store/sessions.ts';
import type { Store } from '../engine/store/store.ts';
import { localDay } from '../base/local-time.ts';
import type { AgentState, Result } from '../terms.ts';
import { attemptPages } from './attempt-pages.ts';

export interface Period {
  readonly fromAt?: number;
  readonly toAt?: number;
}

interface AttemptTally {
  readonly attempts: number;
  readonly open: number;
  readonly liveAnswers: number;
  readonly connected: number;
  readonly abandoned: number;
  /** Abandoned ÷ live answers; 0 without live answers. */
  readonly abandonRate: number;
  readonly byResult: Readonly<Partial<Record<Result, number>>>;
  readonly byDisposition: Readonly<Record<string, number>>;
  /** Answer to agent, of calls that found a ready agent. */
  readonly answerDelayMs: { readonly p50: number; readonly p99: number; readonly max: number; readonly count: number };
  /** People who had to wait for an agent, and got one. */
  readonly waited: Waited;
}

export interface CampaignReport extends AttemptTally {
  readonly campaign: string;
  readonly records: RecordCounts;
}

export interface AgentReport {
  readonly agent: string;
  readonly name: string;
  readonly ms: Readonly<Record<Exclude<AgentState, 'offline'>, number>>;
  readonly signedInMs: number;
  /** (talking + wrap-up) ÷ (signed in, not paused); 0 when never so. */
  readonly utilisation: number;
  readonly connected: number;
  readonly talkMs: number;
}

export interface AbandonmentDay {
  readonly campaign: string;
  /** Local date in the zone asked for. */
  readonly day: string;
  readonly attempts: number;
  readonly liveAnswers: number;
  readonly abandoned: number;
  readonly abandonRate: number;
}

/** A person picked up: the verdict said so, or the result does. */
export function isLiveAnswer(row: AttemptRow): boolean {
  return row.liveAt !== null || row.result === 'connected' || row.result === 'abandoned';
}

function query(campaign: string | undefined, period: Period) {
  return { ...defined({ campaign }), ...period };
}

/** Nearest-rank percentile of ascending `sorted`; 0 when empty. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Counts attempts as they pass. */
class Tally {
  #attempts = 0;
  #open = 0;
  #liveAnswers = 0;
  readonly #byResult: Partial<Record<Result, number>> = {};
  readonly #byDisposition: Record<string, number> = {};
  readonly #delaysMs: number[] = [];
  #waited: Waited = { count: 0, maxMs: 0 };

  add(row: AttemptRow): void {
    this.#attempts += 1;
    if (row.result === null) this.#open += 1;
    else this.#byResult[row.result] = (this.#byResult[row.result] ?? 0) + 1;
    if (isLiveAnswer(row)) this.#liveAnswers += 1;
    if (row.disposition !== null)
      this.#byDisposition[row.disposition] = (this.#byDisposition[row.disposition] ?? 0) + 1;
    this.#addDelay(row);
  }

  #addDelay({ answeredAt, bridgedAt, waited }: AttemptRow): void {
    if (answeredAt === null || bridgedAt === null || waited === null) return;
    const delayMs = Math.max(0, bridgedAt - answeredAt);
    if (!waited) this.#delaysMs.push(delayMs);
    else this.#waited = { count: this.#waited.count + 1, maxMs: Math.max(this.#waited.maxMs, delayMs) };
  }

  result(): AttemptTally {
    const sorted = this.#delaysMs.sort((a, b) => a - b);
    const abandoned = this.#byResult.abandoned ?? 0;
    return {
      attempts: this.#attempts,
      open: this.#open,
      liveAnswers: this.#liveAnswers,
      connected: this.#byResult.connected ?? 0,
      abandoned,
      abandonRate: this.#liveAnswers === 0 ? 0 : abandoned / this.#liveAnswers,
      byResult: this.#byResult,
      byDisposition: this.#byDisposition,
      answerDelayMs: {
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        max: sorted.at(-1) ?? 0,
        count: sorted.length,
      },
      waited: this.#waited,
    };
  }
}

/** One campaign in a period, and where its records stand now. */
export async function campaignReport(store: Store, campaign: string, period: Period): Promise<CampaignReport> {
  const tally = new Tally();
  for await (const page of attemptPages(store, query(campaign, period))) for (const row of page) tally.add(row);
  return { campaign, ...tally.result(), records: await store.records.counts(campaign) };
}

/** Live answers and abandoned ones per campaign and local day of `zone`, in order of day. */
export async function abandonmentReport(
  store: Store,
  period: Period,
  options: { readonly zone: string; readonly campaign?: string },
): Promise<readonly AbandonmentDay[]> {
  const days = new Map<string, { campaign: string; day: string; tally: Tally }>();
  let today = localDay(options.zone, 0);
  for await (const page of attemptPages(store, query(options.campaign, period))) {
    for (const row of page) {
      if (row.dialedAt < today.startAt || row.dialedAt >= today.endAt) today = localDay(options.zone, row.dialedAt);
      const key = `${today.date} ${row.campaign}`;
      const entry = days.get(key) ?? { campaign: row.campaign, day: today.date, tally: new Tally() };
      days.set(key, entry);
      entry.tally.add(row);
    }
  }
  return [...days.values()].map(({ campaign, day, tally }) => {
    const { attempts, liveAnswers, abandoned, abandonRate } = tally.result();
    return { campaign, day, attempts, liveAnswers, abandoned, abandonRate };
  });
}

/** Hours by state, utilisation and conversations of every agent that was signed in during the period. */
export async function agentReport(
  store: Store,
  period: Required<Period>,
  { now, campaign }: { readonly now: number; readonly campaign?: string | undefined },
): Promise<readonly AgentReport[]> {
  const { fromAt } = period;
  // A period of today ends at midnight: no agent has worked until then yet.
  const toAt = Math.max(fromAt, Math.min(period.toAt, now));
  const times = await store.sessions.times({ ...defined({ campaign }), fromAt, toAt });
  const names = new Map((await store.agents.all()).map((agent) => [agent.number, agent.name]));
  const calls = new Map<string, { connected: number; talkMs: number }>();
  for await (const page of attemptPages(store, query(campaign, period))) {
    for (const row of page) {
      if (row.agent === null || row.result !== 'connected') continue;
      const entry = calls.get(row.agent) ?? { connected: 0, talkMs: 0 };
      entry.connected += 1;
      if (row.bridgedAt !== null && row.endedAt !== null) entry.talkMs += row.endedAt - row.bridgedAt;
      calls.set(row.agent, entry);
    }
  }
  return [...groupByAgent(times)].map(([agent, ms]) => {
    const signedInMs = Object.values(ms).reduce((sum, part) => sum + part, 0);
    const workMs = signedInMs - ms.paused;
    return {
      agent,
      name: names.get(agent) ?? '',
      ms,
      signedInMs,
      utilisation: workMs <= 0 ? 0 : (ms.talking + ms['wrap-up']) / workMs,
      ...(calls.get(agent) ?? { connected: 0, talkMs: 0 }),
    };
  });
}

function groupByAgent(times: readonly StateTime[]): Map<string, Record<Exclude<AgentState, 'offline'>, number>> {
  const byAgent = new Map<string, Record<Exclude<AgentState, 'offline'>, number>>();
  for (const { agent, state, ms } of times) {
    const entry = byAgent.get(agent) ?? { paused: 0, ready: 0, engaged: 0, reserved: 0, talking: 0, 'wrap-up': 0 };
    if (state !== 'offline') entry[state] += ms;
    byAgent.set(agent, entry);
  }
  return new Map([...byAgent].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}
