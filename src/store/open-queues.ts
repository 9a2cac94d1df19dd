// The queues in which the records of a campaign wait, and which of them are open: one for each of its lists and, within a
// list, for each cohort of people with the same hours. What is left out of a choice as a whole is a queue. Pure.

import type { Campaign } from '../campaign/definition.ts';
import { cohortHours } from '../eligibility/cohort.ts';
import { activeLists } from '../eligibility/list-rules.ts';

export interface Queue {
  readonly id: number;
  /** Name of the list. */
  readonly list: string;
  readonly cohort: string;
}

export interface QueuesNow {
  /** Those that records are chosen from at this moment. */
  readonly open: readonly Queue[];
  /** Those whose hours are closed, with when they open (Infinity: never). */
  readonly closed: readonly { readonly queue: Queue; readonly opensAt: number }[];
}

/** The queues of the lists that the campaign dials at present, by whether their people may be called at `now`. */
export function queuesNow(queues: readonly Queue[], campaign: Campaign, now: number): QueuesNow {
  const lists = activeLists(campaign);
  const open: Queue[] = [];
  const closed: { queue: Queue; opensAt: number }[] = [];
  for (const queue of queues) {
    if (!lists.includes(queue.list)) continue;
    const hours = cohortHours(campaign, queue.cohort).at(now);
    if (hours.open) open.push(queue);
    else closed.push({ queue, opensAt: hours.toAt });
  }
  return { open, closed };
}

/** Ids of the queues that are open at `now` or will be before `untilAt`. */
export function queuesUntil({ open, closed }: QueuesNow, untilAt: number): readonly number[] {
  const opening = closed.filter(({ opensAt }) => opensAt < untilAt).map(({ queue }) => queue);
  return [...open, ...opening].map(({ id }) => id);
}
