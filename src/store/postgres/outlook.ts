// What is ahead when no more records may be dialed now: when the next one falls due, or that none ever will.

import type { Campaign } from '../../campaign/definition.ts';
import type { OpenedAttempts } from '../../engine/store/attempts.ts';
import { nextOf } from '../next-record.ts';
import type { QueueAhead } from '../next-record.ts';
import type { QueuesNow } from '../open-queues.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

interface OutlookQuestion extends QueuesNow {
  readonly definition: Campaign;
  readonly now: number;
}

const AHEAD = sql<{ queue: number; dueAt: number | null; why: string | null; isFresh: boolean }>(`
  SELECT q.queue, first.due_at AS "dueAt", first.why,
    EXISTS (SELECT 1 FROM records r WHERE r.queue = q.queue AND r.state = 'fresh') AS "isFresh"
  FROM unnest($1::bigint[]) AS q (queue)
  LEFT JOIN LATERAL (
    SELECT r.due_at, r.why FROM records r WHERE r.queue = q.queue AND r.state = 'waiting' ORDER BY r.due_at LIMIT 1
  ) first ON true`);
// Those of lists that are paused wait as well: not exhausted.
const ANYBODY = sql<{ waits: boolean }>(`
  SELECT EXISTS (SELECT 1 FROM record_queues q WHERE q.campaign = p.id AND (
      EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'fresh')
      OR EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'waiting')))
    OR EXISTS (SELECT 1 FROM records r WHERE r.campaign = p.id AND r.state = 'dialing') AS waits
  FROM campaigns p WHERE p.name = $1`);

export async function queueOutlook(
  db: Db,
  { definition, open, closed, now }: OutlookQuestion,
): Promise<Pick<OpenedAttempts, 'nextDueAt' | 'nextBecause' | 'nextWait' | 'exhausted'>> {
  const ids = [...open.map(({ id }) => id), ...closed.map(({ queue }) => queue.id)];
  const rows = new Map((await db.all(AHEAD, [ids])).map((row) => [row.queue, row]));
  const ahead = (queue: number): QueueAhead => {
    const { dueAt = null, why = null, isFresh = false } = rows.get(queue) ?? {};
    return { isFresh, why, ...(dueAt === null ? {} : { dueAt }) };
  };
  const next = nextOf({ definition, open, closed, now }, ahead);
  if (next) return { ...next, exhausted: false };
  return { exhausted: (await db.first(ANYBODY, [definition.name]))?.waits !== true };
}
