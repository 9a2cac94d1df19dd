// The candidates for the next call, in the order of dialing (list/order.ts), out of the indexes of the records: each queue
// gives its own first ones, of which the first of all are taken. A few statements for each priority in use, each with a
// look into an index for each queue, however many records there are. Judges nothing.

import type { Connection } from './database.ts';
import type { Queue } from './queues.ts';

interface Candidate {
  readonly record: number;
  readonly queue: number;
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

/** Ids of queues that are looked at as one, JSON. */
type QueueIds = string;

/** What is due before all others, then tier by tier each priority; worked out as far as it is asked for. */
export function candidateTiers(db: Connection): (wanted: Wanted) => Generator<Tier, void, undefined> {
  const first = firstQuery(db);
  const within = priorityQuery(db);
  const top = topPriority(db);
  return function* ({ queues, now, limit, inTurns }) {
    const all = idsOf(queues);
    const urgent = first({ queues: all, now, limit });
    if (urgent.length > 0) yield { pools: new Map([['', urgent]]), isCut: urgent.length >= limit };
    const groups = inTurns ? byList(queues) : new Map([['', all]]);
    for (let priority = top(all, Number.MAX_SAFE_INTEGER); priority !== undefined; priority = top(all, priority)) {
      const place = { priority, now, limit };
      const pools = [...groups].map(([list, ids]) => [list, within({ ...place, queues: ids })] as const);
      const filled = pools.filter(([, pool]) => pool.length > 0);
      if (filled.length === 0) continue;
      yield { pools: new Map(filled), isCut: filled.some(([, pool]) => pool.length >= limit) };
    }
  };
}

function idsOf(queues: readonly Queue[]): QueueIds {
  return JSON.stringify(queues.map(({ id }) => id));
}

function byList(queues: readonly Queue[]): ReadonlyMap<string, QueueIds> {
  const lists = new Set(queues.map(({ list }) => list));
  return new Map([...lists].map((name) => [name, idsOf(queues.filter(({ list }) => list === name))]));
}

/** The first of each queue's own first: `own` finds those of queue `q.value`, in the order `by`. */
function firstOfAll(own: string, by: readonly [string, string]): string {
  const inner = by.join(', ');
  const outer = by.map((column) => `r.${column}`).join(', ');
  return `SELECT r.id AS record, r.queue FROM json_each(:queues) q JOIN records r ON r.id IN (
    SELECT id FROM records WHERE queue = q.value AND ${own} ORDER BY ${inner} LIMIT :limit)
    ORDER BY ${outer} LIMIT :limit`;
}

interface Place {
  readonly queues: QueueIds;
  readonly now: number;
  readonly limit: number;
}

function firstQuery(db: Connection): (place: Place) => readonly Candidate[] {
  const own = `state = 'waiting' AND first = 1 AND due_at <= :now`;
  const find = db.prepare<Place, Candidate>(firstOfAll(own, ['due_at', 'id']));
  return (place) => find.all(place);
}

/** The highest priority below another that records of the queues have; undefined when there is none. */
function topPriority(db: Connection): (queues: QueueIds, below: number) => number | undefined {
  const highest = (state: string): string =>
    `max((SELECT max(priority) FROM records WHERE queue = q.value AND ${state} AND priority < :below))`;
  const query = db.prepare<{ queues: QueueIds; below: number }, { fresh: number | null; waiting: number | null }>(`
    SELECT ${highest(`state = 'fresh'`)} AS fresh, ${highest(`state = 'waiting' AND first = 0`)} AS waiting
    FROM json_each(:queues) q`);
  return (queues, below) => {
    const { fresh = null, waiting = null } = query.get({ queues, below }) ?? {};
    return fresh === null && waiting === null ? undefined : Math.max(fresh ?? -Infinity, waiting ?? -Infinity);
  };
}

/** Of one priority: fresh ones, then those put off, then those dialed again, as many as are wanted. */
function priorityQuery(db: Connection): (place: Place & { readonly priority: number }) => readonly Candidate[] {
  const fresh = db.prepare<Omit<Place, 'now'> & { priority: number }, Candidate>(
    firstOfAll(`state = 'fresh' AND priority = :priority`, ['sort_key', 'id']),
  );
  const own = `state = 'waiting' AND first = 0 AND priority = :priority AND (attempts > 0) = :retried AND due_at <= :now`;
  const due = db.prepare<Place & { priority: number; retried: 0 | 1 }, Candidate>(firstOfAll(own, ['due_at', 'id']));
  return ({ queues, priority, now, limit }) => {
    const found = fresh.all({ queues, priority, limit });
    for (const retried of [0, 1] as const) {
      if (found.length >= limit) break;
      found.push(...due.all({ queues, priority, now, retried, limit: limit - found.length }));
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
