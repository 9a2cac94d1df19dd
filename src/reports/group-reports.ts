// Attempts and callbacks of a period by what they have in common: the trunk, the number that people saw, the disposition,
// the agent. From the store's rows alone.

import { defined } from '../base/defined.ts';
import type { AttemptRow } from '../engine/store/attempts.ts';
import type { Store } from '../engine/store/store.ts';
import type { CallbackRow } from '../engine/store/callbacks.ts';
import { attemptPages } from './attempt-pages.ts';
import { isLiveAnswer, type Period } from './reports.ts';

export interface LineReport {
  /** The trunk, or the caller ID. */
  readonly line: string;
  readonly attempts: number;
  /** Picked up, by a person or a machine. */
  readonly answered: number;
  /** answered ÷ attempts that have ended. */
  readonly answerRate: number;
  readonly liveAnswers: number;
  readonly connected: number;
  readonly abandoned: number;
  /** The network's or the trunk's own trouble. */
  readonly failed: number;
  /** From dialing to ringing, mean; null when nothing rang. */
  readonly meanSetupMs: number | null;
  readonly talkMs: number;
}

export interface DispositionReport {
  readonly campaign: string;
  readonly disposition: string;
  readonly agent: string;
  readonly count: number;
  /** Of the agent's conversations in the campaign, 0–1. */
  readonly share: number;
  readonly talkMs: number;
}

export interface CallbackReport {
  readonly campaign: string;
  /** Empty: any agent's. */
  readonly agent: string;
  readonly set: number;
  readonly kept: number;
  /** Kept not later than fifteen minutes after the agreed time. */
  readonly keptOnTime: number;
  readonly pending: number;
  /** Pending, and the agreed time has passed. */
  readonly overdue: number;
  readonly cancelled: number;
  readonly expired: number;
}

interface Wanted {
  readonly period: Period;
  readonly campaign?: string;
}

const ON_TIME_MS = 15 * 60_000;
/** Callbacks asked for at a time. */
const MOST_CALLBACKS = 100_000;

function query({ period, campaign }: Wanted) {
  return { ...period, ...defined({ campaign }) };
}

function talkOf({ bridgedAt, endedAt }: AttemptRow): number {
  return bridgedAt === null || endedAt === null ? 0 : endedAt - bridgedAt;
}

/** Each trunk, or each number that people saw, by name. */
export async function lineReport(
  store: Pick<Store, 'attempts'>,
  by: 'trunk' | 'callerId',
  wanted: Wanted,
): Promise<readonly LineReport[]> {
  const lines = new Map<string, LineTally>();
  for await (const page of attemptPages(store, query(wanted))) {
    for (const row of page) {
      const tally = lines.get(row[by]) ?? new LineTally(row[by]);
      lines.set(row[by], tally);
      tally.add(row);
    }
  }
  return [...lines.values()].map((tally) => tally.result()).sort((a, b) => a.line.localeCompare(b.line));
}

class LineTally {
  readonly #line: string;
  #ended = 0;
  #setups = 0;
  #setupMs = 0;
  readonly #sums = { attempts: 0, answered: 0, liveAnswers: 0, connected: 0, abandoned: 0, failed: 0, talkMs: 0 };

  constructor(line: string) {
    this.#line = line;
  }

  add(row: AttemptRow): void {
    const sums = this.#sums;
    sums.attempts += 1;
    if (row.result !== null) this.#ended += 1;
    if (row.answeredAt !== null) sums.answered += 1;
    if (isLiveAnswer(row)) sums.liveAnswers += 1;
    if (row.result === 'connected') sums.connected += 1;
    if (row.result === 'abandoned') sums.abandoned += 1;
    if (row.result === 'failed' || row.result === 'congestion') sums.failed += 1;
    sums.talkMs += talkOf(row);
    if (row.ringingAt === null) return;
    this.#setups += 1;
    this.#setupMs += row.ringingAt - row.dialedAt;
  }

  result(): LineReport {
    return {
      line: this.#line,
      ...this.#sums,
      answerRate: this.#ended === 0 ? 0 : this.#sums.answered / this.#ended,
      meanSetupMs: this.#setups === 0 ? null : Math.round(this.#setupMs / this.#setups),
    };
  }
}

/** What agents said their conversations were, by campaign, disposition and agent. */
export async function dispositionReport(
  store: Pick<Store, 'attempts'>,
  wanted: Wanted,
): Promise<readonly DispositionReport[]> {
  const groups = new Map<
    string,
    { campaign: string; disposition: string; agent: string; count: number; talkMs: number }
  >();
  const conversations = new Map<string, number>();
  for await (const page of attemptPages(store, query(wanted))) {
    for (const row of page) {
      const { campaign, agent } = row;
      if (agent === null || (row.result !== 'connected' && row.disposition === null)) continue;
      const who = `${campaign}\n${agent}`;
      conversations.set(who, (conversations.get(who) ?? 0) + 1);
      const disposition = row.disposition ?? '';
      const key = `${who}\n${disposition}`;
      const group = groups.get(key) ?? { campaign, disposition, agent, count: 0, talkMs: 0 };
      group.count += 1;
      group.talkMs += talkOf(row);
      groups.set(key, group);
    }
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return sorted.map(([, group]) => {
    const all = conversations.get(`${group.campaign}\n${group.agent}`) ?? group.count;
    return { ...group, share: group.count / all };
  });
}

/** Callbacks agreed on for a time in the period, by campaign and agent. */
export async function callbackReport(
  store: Pick<Store, 'callbacks'>,
  wanted: Wanted,
  now: number,
): Promise<readonly CallbackReport[]> {
  const rows = await store.callbacks.list({ ...query(wanted), state: 'all', limit: MOST_CALLBACKS, now });
  const groups = new Map<string, { campaign: string; agent: string } & Record<Count, number>>();
  for (const row of rows) {
    const key = `${row.campaign}\n${row.agent ?? ''}`;
    const none = { set: 0, kept: 0, keptOnTime: 0, pending: 0, overdue: 0, cancelled: 0, expired: 0 };
    const group = groups.get(key) ?? { campaign: row.campaign, agent: row.agent ?? '', ...none };
    for (const count of countsOf(row, now)) group[count] += 1;
    groups.set(key, group);
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return sorted.map(([, group]) => group);
}

type Count = Exclude<keyof CallbackReport, 'campaign' | 'agent'>;

function countsOf({ state, at, endedAt }: CallbackRow, now: number): readonly Count[] {
  if (state === 'done')
    return endedAt !== null && endedAt <= at + ON_TIME_MS ? ['set', 'kept', 'keptOnTime'] : ['set', 'kept'];
  if (state === 'cancelled' || state === 'expired') return ['set', state];
  return at < now ? ['set', 'pending', 'overdue'] : ['set', 'pending'];
}
