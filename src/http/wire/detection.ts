// The check of the detector by sample, as JSON; spoken by the API and understood by the commands.

import { z } from 'zod';
import { JUDGEMENTS } from '../../campaign/detector-check.ts';

export const judgement = z.enum(JUDGEMENTS);

export const detectionSamples = z
  .array(
    z.object({
      attempt: z.string(),
      campaign: z.string(),
      dialedAt: z.number(),
      verdictCause: z.string().nullable(),
      drawnAt: z.number(),
      drawnBy: z.string(),
      judgement: judgement.nullable(),
      judgedAt: z.number().nullable(),
      judgedBy: z.string().nullable(),
    }),
  )
  .readonly();

export const detectionDrawn = z.object({ drawn: z.array(z.string()).readonly() });

export const detectionJudged = z.object({ attempt: z.string(), is: judgement });

export const detectionReport = z.object({
  machines: z.number().describe('Machine verdicts of the period'),
  drawn: z.number(),
  judged: z.object({ human: z.number(), machine: z.number(), unclear: z.number() }),
  estimate: z
    .object({
      share: z.number().describe('Share of people among the machine verdicts, 0–1'),
      low: z.number().describe('Lower bound of the 95 % confidence interval'),
      high: z.number(),
      judged: z.number(),
      people: z.number().describe('Machine verdicts of the period that were people, by the estimate'),
    })
    .nullable()
    .describe('Null without a clear judgement'),
  isCounted: z.boolean().describe('Enough was judged for the abandonment ledger to count with it'),
});
