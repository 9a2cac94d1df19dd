// A report as a table, as the API gives it.

import { z } from 'zod';
import { instant } from './wire.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const reportTable = z
  .object({
    report: z.string(),
    title: z.string(),
    period: z.object({ fromAt: instant, toAt: instant }),
    zone: z.string(),
    by: z.string().exactOptional(),
    campaign: z.string().exactOptional(),
    madeAt: instant,
    columns: z
      .array(
        z.object({
          key: z.string(),
          title: z.string(),
          kind: z.enum(['text', 'count', 'share', 'duration', 'instant', 'yes-no']),
        }),
      )
      .readonly()
      .describe('What stands in the rows; durations in ms, shares 0–1, instants epoch ms'),
    rows: z.array(z.record(z.string(), cell)).readonly(),
    sums: z.record(z.string(), cell).exactOptional(),
    missing: z
      .array(z.string())
      .readonly()
      .exactOptional()
      .describe('What stands in none of the rows, and whoever reads them must know'),
    notes: z.array(z.string()).readonly(),
  })
  .describe('A report by period');

export type ReportTableBody = z.infer<typeof reportTable>;
