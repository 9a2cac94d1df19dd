// Forecasts and replays as the API gives them: the documents of `outdial simulate` and `outdial replay`.

import { z } from 'zod';
import { count, instant } from './wire.ts';

const spread = z
  .object({ mean: z.number(), low: z.number(), high: z.number() })
  .describe('Over days: the mean, and between what nine of ten lie');

const forecast = z.object({
  agents: count,
  abandonTarget: z.number(),
  days: count,
  hoursPerDay: z.number(),
  utilisation: spread,
  abandonRate: spread.extend({ daysAbove: z.number().describe('Share of days above the target') }),
  waitS: z.object({ p50: z.number(), p90: z.number() }),
  dialsPerHour: spread,
  liveAnswersPerHour: spread,
  conversationsPerHour: spread,
  peakLines: spread,
  hoursToFinish: spread.exactOptional(),
  waits: z.object({ stepS: z.number(), counts: z.array(count).readonly() }),
  linesWereCeiling: z.boolean(),
});

export const forecastReport = z.object({
  about: z.string(),
  mode: z.string(),
  warmUpSeconds: z.number(),
  forecasts: z.array(forecast).readonly(),
});

const score = z.object({
  policy: z.string(),
  utilisation: z.number(),
  abandonRate: z.number(),
  dials: z.number(),
  liveAnswers: z.number(),
  peakLines: z.number(),
  utilisationSpread: z.tuple([z.number(), z.number()]).readonly(),
  abandonSpread: z.tuple([z.number(), z.number()]).readonly(),
});

export const replayReport = z.object({
  campaign: z.string(),
  fromAt: instant.nullable(),
  toAt: instant.nullable(),
  stretches: count,
  events: count,
  decisions: count,
  changes: count,
  dialed: count,
  cancelled: count,
  differences: count.describe('Decisions that are not the same when they are taken again: 0'),
  real: z.object({ utilisation: z.number(), abandonRate: z.number(), liveAnswers: count, abandoned: count }),
  policies: z
    .array(
      z.object({
        policy: z.string(),
        advised: z.object({ more: z.number(), fewer: z.number(), meanLines: z.number() }).exactOptional(),
        score: score.exactOptional(),
      }),
    )
    .readonly(),
});

export type ForecastBody = z.infer<typeof forecastReport>;
export type ReplayBody = z.infer<typeof replayReport>;
