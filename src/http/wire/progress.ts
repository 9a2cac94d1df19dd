// What the API shows of how far a campaign has come, as schemas.

import { z } from 'zod';
import { campaignStepped, count, instant } from './wire.ts';

const counts = z.record(z.string(), count).readonly();

export const campaignProgress = z.object({
  campaign: z.string(),
  total: count.describe('Records'),
  processed: count.describe('Finished: not dialed again by themselves'),
  waiting: count.describe('To be dialed as soon as it is their turn'),
  scheduled: count.describe('To be dialed from a moment in the future on'),
  blocked: count.describe('On a do-not-call list, resting by opt-out, or taken out'),
  dialing: count,
  neverDialed: count.describe(
    'Of those blocked: the trunks dial none of their numbers (allow_countries, allow_classes)',
  ),
  callbacks: count,
  reached: count.describe('Contacts that were in conversation with an agent'),
  attemptsOnProcessed: count,
  attemptsOnRest: count,
  attemptsPerHour: count.describe('In the hour before the last attempt'),
  lastAttemptAt: instant.nullable(),
  byResult: counts,
  byDisposition: counts,
  nextDueAt: instant.nullable(),
  timeToFinishMs: z.number().nullable().describe('Of dialing, at that pace; null: not known'),
  waits: z
    .array(z.object({ count, why: z.string(), untilAt: instant.exactOptional() }))
    .readonly()
    .describe('Why records wait, the reasons that keep back the most first'),
});

export const campaignCloned = campaignStepped.extend({
  list: z.string().exactOptional().describe('The list that was made of the chosen records'),
  contacts: count.exactOptional(),
});
