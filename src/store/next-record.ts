// When the next record may be dialed, and what keeps it back until then, from what stands first in each queue. Pure.

import type { Campaign } from '../campaign/definition.ts';
import type { OpenedAttempts } from '../engine/store/attempts.ts';
import { waitOfNext, waitWords } from '../eligibility/waits.ts';
import type { QueuesNow } from './open-queues.ts';

/** What is ahead in a queue. */
export interface QueueAhead {
  /** Of the record that falls due first, with why it waits; absent: none waits. */
  readonly dueAt?: number;
  readonly why?: string | null;
  /** A record in it has not been dialed yet. */
  readonly isFresh: boolean;
}

interface Question extends QueuesNow {
  readonly definition: Campaign;
  readonly now: number;
}

/** Undefined: no queue has a record that falls due in time. */
export function nextOf(
  { definition, open, closed, now }: Question,
  ahead: (queue: number) => QueueAhead,
): Required<Pick<OpenedAttempts, 'nextDueAt' | 'nextBecause' | 'nextWait'>> | undefined {
  const next = { at: Infinity, cohort: '', why: null as string | null };
  for (const { id } of open) {
    const { dueAt = Infinity, why = null } = ahead(id);
    // The hours of the queue are open: its record waits for what it says itself.
    if (dueAt < next.at) Object.assign(next, { at: dueAt, cohort: '', why });
  }
  for (const { queue, opensAt } of closed) {
    const { dueAt = Infinity, why = null, isFresh } = ahead(queue.id);
    const at = Math.max(opensAt, isFresh ? now : dueAt);
    const isHours = isFresh || opensAt >= dueAt;
    if (at < next.at) Object.assign(next, { at, cohort: isHours ? queue.cohort : '', why });
  }
  if (next.at === Infinity) return undefined;
  const nextWait = waitOfNext(definition, next, now);
  return { nextDueAt: next.at, nextBecause: waitWords(nextWait, now), nextWait };
}
