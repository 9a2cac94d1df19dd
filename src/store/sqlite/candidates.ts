// The candidates for the next call, in the order of dialing (records/order.ts), out of the indexes of the records: each queue
// gives its own first ones, of which the first of all are taken. A few statements for each priority in use, each with a
// look into an index for each queue and record, however many records there are. Judges nothing.

import { ANY_ENGAGED_AGENT } from '../../engine/store/callbacks.ts';
import type { Tier, WantedCandidates } from '../choice-terms.ts';
import type { Queue } from '../open-queues.ts';
import type { Connection } from './database.ts';

export interface Candidate {
  readonly record: number;
  readonly queue: number;
}

/*
 * The parameters of these statements stand in expressions (`+:limit`). SQLite plans a statement again whenever a parameter
 * is bound that stands alone for a limit, or for a value whose frequency it knows; that takes many times longer than
 * carrying it out. Into expressions it does not look.
 */

/** Ids of queues that are looked at as one, JSON. */
type QueueIds = string;

/** What is due before all others, then tier by tier each priority; worked out as far as it is asked for. */
export function candidateTiers(
  db: Connection,
): (wanted: WantedCandidates) => Generator<Tier<Candidate>, void, undefined> {
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

/**
 * The first of all that `own` finds in the queues, in the order of `key` and id: the queues are merged step by step, the
 * next one always coming from the queue whose record was taken. A look or two into an index for each queue and record.
 */
function firstOfAll(own: string, key: 'due_at' | 'sort_key'): string {
  const first = (queue: string, after = ''): string =>
    `(SELECT id FROM records WHERE queue = ${queue} AND ${own} ${after} ORDER BY ${key}, id LIMIT 1)`;
  const afterIt = `coalesce(${first('n.queue', `AND ${key} = n.key AND id > n.id`)},
    ${first('n.queue', `AND ${key} > n.key`)})`;
  return `WITH RECURSIVE next (queue, key, id) AS (
    SELECT q.value, r.${key}, r.id FROM json_each(:queues) q CROSS JOIN records r ON r.id = ${first('q.value')}
    UNION ALL
    SELECT n.queue, r.${key}, r.id FROM next n CROSS JOIN records r ON r.id = ${afterIt}
    ORDER BY 2, 3 LIMIT +:limit)
    SELECT id AS record, queue FROM next`;
}

interface Place {
  readonly queues: QueueIds;
  readonly now: number;
  readonly limit: number;
}

function firstQuery(db: Connection): (place: Place) => readonly Candidate[] {
  const own = `state = 'waiting' AND first = 1 AND due_at <= +:now`;
  const find = db.prepare<Place, Candidate>(firstOfAll(own, 'due_at'));
  return (place) => find.all(place);
}

/** The highest priority below another that records of the queues have; undefined when there is none. */
function topPriority(db: Connection): (queues: QueueIds, below: number) => number | undefined {
  const highest = (state: string): string =>
    `max((SELECT max(priority) FROM records WHERE queue = q.value AND ${state} AND priority < +:below))`;
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
    firstOfAll(`state = 'fresh' AND priority = +:priority`, 'sort_key'),
  );
  const own = `state = 'waiting' AND first = 0 AND priority = +:priority AND (attempts > 0) = +:retried AND due_at <= +:now`;
  const due = db.prepare<Place & { priority: number; retried: 0 | 1 }, Candidate>(firstOfAll(own, 'due_at'));
  return ({ queues, priority, now, limit }) => {
    const found = fresh.all({ queues, priority, limit });
    for (const retried of [0, 1] as const) {
      if (found.length >= limit) break;
      found.push(...due.all({ queues, priority, now, retried, limit: limit - found.length }));
    }
    return found;
  };
}

/** An agent's personal callbacks and the records that wait for any engaged agent: those due, and when the next one is. */
export interface PersonalCandidates {
  due(campaign: number, agent: string, now: number, limit: number): readonly number[];
  nextAt(campaign: number, agent: string, now: number): number | undefined;
}

export function personalCandidates(db: Connection): PersonalCandidates {
  const due = db
    .prepare<[number, string, number, number], number>(
      `SELECT id FROM records WHERE campaign = +? AND state = 'waiting'
         AND callback_agent IN (+?, '${ANY_ENGAGED_AGENT}') AND callback_at <= +?
       ORDER BY callback_at, id LIMIT +?`,
    )
    .pluck();
  const next = db
    .prepare<[number, string, number], number | null>(
      `SELECT min(callback_at) FROM records WHERE campaign = +? AND state = 'waiting'
         AND callback_agent IN (+?, '${ANY_ENGAGED_AGENT}') AND callback_at > +?`,
    )
    .pluck();
  return {
    due: (campaign, agent, now, limit) => due.all(campaign, agent, now, limit),
    nextAt: (campaign, agent, now) => next.get(campaign, agent, now) ?? undefined,
  };
}
