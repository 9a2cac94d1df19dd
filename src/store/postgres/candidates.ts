// The candidates for the next call, in the order of dialing (records/order.ts), out of the indexes of the records: each queue
// gives its own first ones, which are merged. Costs a few looks into an index for each queue and priority in use, however
// many records there are. Judges nothing.

import { ANY_ENGAGED_AGENT } from '../../engine/store/callbacks.ts';
import { compareRecords } from '../../records/order.ts';
import type { OrderedRecord } from '../../records/order.ts';
import type { Tier, WantedCandidates } from '../choice-terms.ts';
import type { Queue } from '../open-queues.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

export interface Candidate extends OrderedRecord {
  readonly queue: Queue;
}

interface FoundRow extends OrderedRecord {
  readonly queueId: number;
  /** The kinds of candidates that a queue gives up to the limit of each. */
  readonly source: string;
}

/** Said in the statement, so that the plan is one for few rows. */
const MOST = 1000;

/**
 * Of each queue: what is due before all others; the fresh ones of the highest priorities; and of each priority that waits
 * (walked from one to the next through the index) those put off and those dialed again.
 */
const FIND = sql<FoundRow>(`
  WITH RECURSIVE level AS (
    SELECT q.queue, top.priority FROM unnest($1::bigint[]) AS q (queue) CROSS JOIN LATERAL (
      SELECT r.priority FROM records r WHERE r.queue = q.queue AND r.state = 'waiting' AND r.first = 0
      ORDER BY r.priority DESC LIMIT 1) top
    UNION ALL
    SELECT level.queue, below.priority FROM level CROSS JOIN LATERAL (
      SELECT r.priority FROM records r WHERE r.queue = level.queue AND r.state = 'waiting' AND r.first = 0
        AND r.priority < level.priority ORDER BY r.priority DESC LIMIT 1) below)
  SELECT w.record, q.queue AS "queueId", 'first' AS source, TRUE AS first, 0::bigint AS priority, 0::bigint AS attempts,
    w.due_at AS "dueAt", '' AS "sortKey"
  FROM unnest($1::bigint[]) AS q (queue) CROSS JOIN LATERAL (SELECT * FROM (
    SELECT id AS record, due_at FROM records
    WHERE queue = q.queue AND state = 'waiting' AND first = 1 AND due_at <= $2 ORDER BY due_at, id LIMIT ${MOST}) most LIMIT $3) w
  UNION ALL
  SELECT w.record, q.queue, 'fresh', FALSE, w.priority, 0, NULL, w.sort_key
  FROM unnest($1::bigint[]) AS q (queue) CROSS JOIN LATERAL (SELECT * FROM (
    SELECT id AS record, priority, sort_key FROM records WHERE queue = q.queue AND state = 'fresh'
    ORDER BY priority DESC, sort_key, id LIMIT ${MOST}) most LIMIT $3) w
  UNION ALL
  SELECT w.record, level.queue, 'due ' || level.priority || again.retried, FALSE, level.priority, again.retried::int,
    w.due_at, ''
  FROM level CROSS JOIN (VALUES (FALSE), (TRUE)) AS again (retried) CROSS JOIN LATERAL (SELECT * FROM (
    SELECT id AS record, due_at FROM records
    WHERE queue = level.queue AND state = 'waiting' AND first = 0 AND priority = level.priority
      AND (attempts > 0) = again.retried AND due_at <= $2 ORDER BY due_at, id LIMIT ${MOST}) most LIMIT $3) w`);

/** What is due before all others, then tier by tier each priority; no tier after one that is cut. */
export async function candidateTiers(db: Db, wanted: WantedCandidates): Promise<readonly Tier<Candidate>[]> {
  const { queues, now } = wanted;
  const limit = Math.min(wanted.limit, MOST);
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const found = await db.all(FIND, [queues.map(({ id }) => id), now, limit]);
  const cut = cutPriority(found, limit);
  const priorities = [...new Set(found.map(tierOf))].sort((a, b) => b - a);
  const tiers: Tier<Candidate>[] = [];
  for (const priority of priorities) {
    const rows = found.filter((row) => tierOf(row) === priority);
    const candidates = rows.flatMap(({ queueId, ...row }) => {
      const queue = byId.get(queueId);
      return queue ? [{ ...row, queue }] : [];
    });
    tiers.push({ pools: poolsOf(candidates, wanted.inTurns && priority < Infinity), isCut: priority <= cut });
    if (priority <= cut) break;
  }
  return tiers;
}

/** What is due before all others is a tier above every priority. */
function tierOf({ first, priority }: FoundRow): number {
  return first ? Infinity : priority;
}

/** The highest tier of which a queue may have more than it gave. */
function cutPriority(found: readonly FoundRow[], limit: number): number {
  const sources = new Map<string, { count: number; lowest: number }>();
  for (const row of found) {
    const key = `${row.queueId} ${row.source}`;
    const { count = 0, lowest = Infinity } = sources.get(key) ?? {};
    sources.set(key, { count: count + 1, lowest: Math.min(lowest, tierOf(row)) });
  }
  return Math.max(
    -Infinity,
    ...[...sources.values()].map(({ count, lowest }) => (count >= limit ? lowest : -Infinity)),
  );
}

function poolsOf(candidates: readonly Candidate[], inTurns: boolean): ReadonlyMap<string, readonly Candidate[]> {
  const pools = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const name = inTurns ? candidate.queue.list : '';
    const pool = pools.get(name);
    if (pool) pool.push(candidate);
    else pools.set(name, [candidate]);
  }
  for (const pool of pools.values()) pool.sort(compareRecords);
  return pools;
}

const PERSONAL = sql<{ record: number }>(`
  SELECT id AS record FROM records
  WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) AND state = 'waiting'
    AND callback_agent IN ($2, '${ANY_ENGAGED_AGENT}') AND callback_at <= $3 ORDER BY callback_at, id LIMIT $4`);
const PERSONAL_NEXT = sql<{ at: number | null }>(`
  SELECT min(callback_at) AS at FROM records
  WHERE campaign = (SELECT id FROM campaigns WHERE name = $1) AND state = 'waiting'
    AND callback_agent IN ($2, '${ANY_ENGAGED_AGENT}') AND callback_at > $3`);

interface PersonalQuestion {
  readonly campaign: string;
  readonly agent: string;
  readonly now: number;
}

/** An agent's personal callbacks and the records that wait for any engaged agent: those due, the longest due first. */
export async function personalCandidates(
  db: Db,
  { campaign, agent, now }: PersonalQuestion,
  limit: number,
): Promise<readonly number[]> {
  return (await db.all(PERSONAL, [campaign, agent, now, limit])).map(({ record }) => record);
}

/** When the agent's next personal callback is due. */
export async function nextPersonalAt(db: Db, { campaign, agent, now }: PersonalQuestion): Promise<number | undefined> {
  return (await db.first(PERSONAL_NEXT, [campaign, agent, now]))?.at ?? undefined;
}
