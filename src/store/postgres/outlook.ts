// What is ahead when no more records may be dialed now: when the next one falls due, or that none ever will.

import type { OpenedAttempts } from '../../engine/store-attempts.ts';
import type { QueuesNow } from '../open-queues.ts';
import { sql } from './database.ts';
import type { Db } from './database.ts';

interface OutlookQuestion extends QueuesNow {
  readonly campaign: string;
  readonly now: number;
}

const AHEAD = sql<{ queue: number; dueAt: number | null; fresh: boolean }>(`
  SELECT q.queue,
    (SELECT r.due_at FROM records r WHERE r.queue = q.queue AND r.state = 'waiting' ORDER BY r.due_at LIMIT 1) AS "dueAt",
    EXISTS (SELECT 1 FROM records r WHERE r.queue = q.queue AND r.state = 'fresh') AS fresh
  FROM unnest($1::bigint[]) AS q (queue)`);
// Those of lists that are paused wait as well: not exhausted.
const ANYBODY = sql<{ waits: boolean }>(`
  SELECT EXISTS (SELECT 1 FROM record_queues q WHERE q.campaign = p.id AND (
      EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'fresh')
      OR EXISTS (SELECT 1 FROM records r WHERE r.queue = q.id AND r.state = 'waiting')))
    OR EXISTS (SELECT 1 FROM records r WHERE r.campaign = p.id AND r.state = 'dialing') AS waits
  FROM campaigns p WHERE p.name = $1`);

export async function queueOutlook(
  db: Db,
  { campaign, open, closed, now }: OutlookQuestion,
): Promise<Pick<OpenedAttempts, 'nextDueAt' | 'exhausted'>> {
  const ids = [...open.map(({ id }) => id), ...closed.map(({ queue }) => queue.id)];
  const ahead = new Map((await db.all(AHEAD, [ids])).map((row) => [row.queue, row]));
  const moments = open.map(({ id }) => ahead.get(id)?.dueAt ?? Infinity);
  for (const { queue, opensAt } of closed) {
    const found = ahead.get(queue.id);
    moments.push(Math.max(opensAt, found?.fresh === true ? now : (found?.dueAt ?? Infinity)));
  }
  const nextDueAt = Math.min(Infinity, ...moments);
  if (nextDueAt < Infinity) return { nextDueAt, exhausted: false };
  return { exhausted: (await db.first(ANYBODY, [campaign]))?.waits !== true };
}
