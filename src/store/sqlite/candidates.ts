// The candidates for the next call, in the order of dialing (list/order.ts), out of the indexes of the records: each queue
// gives its own first ones, which are merged. Costs a few looks into an index for each queue and priority in use, however
// many records there are. Judges nothing.

import { compareRecords } from '../../list/order.ts';
import type { OrderedRecord } from '../../list/order.ts';
import type { Connection } from './database.ts';
import type { Queue } from './queues.ts';

export interface Candidate extends OrderedRecord {
  readonly queue: Queue;
}

/** Candidates of which none comes before those of the tier before. */
export interface Tier {
  /** By list, each in the order of dialing; one for all lists when they are dialed as one. */
  readonly pools: ReadonlyMap<string, readonly Candidate[]>;
  /** There may be more of this tier: it must be asked again before the next one. */
  readonly isCut: boolean;
}

export interface Wanted {
  readonly queues: readonly Queue[];
  readonly now: number;
  /** Each pool gives no more than this. */
  readonly limit: number;
  /** Lists take turns: each has a pool of its own. */
  readonly inTurns: boolean;
}

/** What is due before all others, then tier by tier each priority; worked out as far as it is asked for. */
export function candidateTiers(db: Connection): (wanted: Wanted) => Generator<Tier, void, undefined> {
  const first = firstQuery(db);
  const within = priorityQueries(db);
  const top = topPriority(db);
  return function* (wanted) {
    const { queues, now, limit } = wanted;
    const urgent = queues.flatMap((queue) => first(queue, now, limit));
    if (urgent.length > 0) yield tierOf(urgent, { ...wanted, inTurns: false });
    let below = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const tops = queues.map((queue) => ({ queue, priority: top(queue, below) }));
      const priority = Math.max(-Infinity, ...tops.map((one) => one.priority));
      if (priority === -Infinity) return;
      const found = tops
        .filter((one) => one.priority === priority)
        .flatMap(({ queue }) => within({ queue, priority, now, limit }));
      if (found.length > 0) yield tierOf(found, wanted);
      below = priority;
    }
  };
}

function tierOf(found: readonly Candidate[], { limit, inTurns }: Wanted): Tier {
  const pools = new Map<string, Candidate[]>();
  for (const candidate of found) {
    const name = inTurns ? candidate.queue.list : '';
    const pool = pools.get(name);
    if (pool) pool.push(candidate);
    else pools.set(name, [candidate]);
  }
  const sorted = [...pools].map(([name, pool]) => [name, pool.sort(compareRecords).slice(0, limit)] as const);
  return { pools: new Map(sorted), isCut: [...pools.values()].some((pool) => pool.length >= limit) };
}

function firstQuery(db: Connection): (queue: Queue, now: number, limit: number) => readonly Candidate[] {
  const find = db.prepare<[number, number, number], { record: number; dueAt: number }>(`
    SELECT id AS record, due_at AS dueAt FROM records WHERE queue = ? AND state = 'waiting' AND first = 1 AND due_at <= ?
    ORDER BY due_at, id LIMIT ?`);
  return (queue, now, limit) =>
    find.all(queue.id, now, limit).map(({ record, dueAt }) => ({
      ...{ record, dueAt, queue, first: true, priority: 0, attempts: 0, sortKey: '' },
    }));
}

/** The highest priority below another that records of a queue have; -Infinity when there is none. */
function topPriority(db: Connection): (queue: Queue, below: number) => number {
  const query = db.prepare<{ queue: number; below: number }, { fresh: number | null; waiting: number | null }>(`
    SELECT (SELECT max(priority) FROM records WHERE queue = :queue AND state = 'fresh' AND priority < :below) AS fresh,
      (SELECT max(priority) FROM records WHERE queue = :queue AND state = 'waiting' AND first = 0 AND priority < :below) AS waiting`);
  return ({ id }, below) => {
    const found = query.get({ queue: id, below });
    return Math.max(found?.fresh ?? -Infinity, found?.waiting ?? -Infinity);
  };
}

interface Place {
  readonly queue: Queue;
  readonly priority: number;
  readonly now: number;
  readonly limit: number;
}

/** Of one priority of a queue: fresh ones, then those put off, then those dialed again, as many as are wanted. */
function priorityQueries(db: Connection): (place: Place) => readonly Candidate[] {
  const fresh = db.prepare<[number, number, number], { record: number; sortKey: string }>(`
    SELECT id AS record, sort_key AS sortKey FROM records WHERE queue = ? AND state = 'fresh' AND priority = ?
    ORDER BY sort_key, id LIMIT ?`);
  const due = db.prepare<[number, number, 0 | 1, number, number], { record: number; dueAt: number }>(`
    SELECT id AS record, due_at AS dueAt FROM records
    WHERE queue = ? AND state = 'waiting' AND first = 0 AND priority = ? AND (attempts > 0) = ? AND due_at <= ?
    ORDER BY due_at, id LIMIT ?`);
  return ({ queue, priority, now, limit }) => {
    const base = { queue, priority, first: false };
    const found: Candidate[] = fresh
      .all(queue.id, priority, limit)
      .map(({ record, sortKey }) => ({ ...base, record, sortKey, dueAt: null, attempts: 0 }));
    for (const retried of [0, 1] as const) {
      const room = limit - found.length;
      if (room <= 0) break;
      for (const { record, dueAt } of due.all(queue.id, priority, retried, now, room)) {
        found.push({ ...base, record, dueAt, sortKey: '', attempts: retried });
      }
    }
    return found;
  };
}

/** An agent's personal callbacks that are due, the longest due first; and when the next one is. */
export interface PersonalCandidates {
  due(campaign: number, agent: string, now: number, limit: number): readonly number[];
  nextAt(campaign: number, agent: string, now: number): number | undefined;
}

export function personalCandidates(db: Connection): PersonalCandidates {
  const due = db
    .prepare<[number, string, number, number], number>(
      `SELECT id FROM records WHERE campaign = ? AND state = 'waiting' AND callback_agent = ? AND callback_at <= ?
       ORDER BY callback_at, id LIMIT ?`,
    )
    .pluck();
  const next = db
    .prepare<[number, string, number], number | null>(
      `SELECT min(callback_at) FROM records WHERE campaign = ? AND state = 'waiting' AND callback_agent = ?
         AND callback_at > ?`,
    )
    .pluck();
  return {
    due: (campaign, agent, now, limit) => due.all(campaign, agent, now, limit),
    nextAt: (campaign, agent, now) => next.get(campaign, agent, now) ?? undefined,
  };
}
