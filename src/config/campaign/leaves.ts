// The keys of a campaign's file that say when agents leave by plan: breaks and ends of shifts.

import { z } from 'zod';
import type { PlannedLeave } from '../../campaign/planned-leaves.ts';
import { duration, matching, name } from '../values.ts';

const timeOfDay = (): z.ZodType<string, string> =>
  matching(/^([01]\d|2[0-3]):[0-5]\d$/, { what: 'time of day', example: "'09:30' (in quotes, 24 hours)" });

const who = z.array(name('agent or agent group')).prefault([]).describe("agents' numbers or groups; empty: everybody");

export const breaksSchema = z
  .array(
    z.strictObject({
      at: timeOfDay().describe("when it begins, in the schedule's time zone"),
      for: duration({ min: 60_000, max: 12 * 3_600_000 }).describe('how long it lasts'),
      agents: who,
    }),
  )
  .prefault([])
  .describe('planned breaks: dialing slows down before them');

export const shiftEndsSchema = z
  .array(z.strictObject({ at: timeOfDay().describe("in the schedule's time zone"), agents: who }))
  .prefault([])
  .describe('when agents log off by plan: dialing slows down before');

interface WrittenLeaves {
  readonly breaks: z.output<typeof breaksSchema>;
  readonly shift_ends: z.output<typeof shiftEndsSchema>;
}

/** Nothing at all when nothing is planned. */
export function toLeaves(written: WrittenLeaves): { readonly leaves?: readonly PlannedLeave[] } {
  const leaves = [
    ...written.breaks.map(({ at, for: forMs, agents }) => ({ atMinute: minuteOf(at), forMs, agents })),
    ...written.shift_ends.map(({ at, agents }) => ({ atMinute: minuteOf(at), agents })),
  ];
  return leaves.length === 0 ? {} : { leaves };
}

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
