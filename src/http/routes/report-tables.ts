// Reports by period as tables: JSON, CSV or a page to print. Worked out by a process of its own.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { REPORT_NAMES } from '../../reports/catalogue.ts';
import { PAPER_STYLE } from '../../reports/paper.ts';
import { NAMED_PERIODS, STEPS } from '../../reports/period.ts';
import type { Api, RouteContext } from '../context.ts';
import { mustKnowCampaign } from '../known-campaign.ts';
import type { ProgramsPort } from '../programs-port.ts';
import { errorBody, name } from '../wire/wire.ts';
import { reportTable } from '../wire/report-tables.ts';
import { timeZone } from '../wanted-time.ts';

const tags = ['reports'];
const LIMIT_MS = 120_000;

const query = z.object({
  from: z.coerce.number().int().min(0).optional().describe('Epoch ms; with `to` instead of `period`'),
  to: z.coerce.number().int().min(0).optional().describe('Epoch ms, not included'),
  period: z.enum(NAMED_PERIODS).optional().describe('Default: today'),
  by: z.enum(STEPS).optional().describe('Rows for each day, week or month'),
  zone: z.string().max(64).default('UTC').describe('Time zone of days and weeks'),
  campaign: name.optional(),
  format: z.enum(['json', 'csv', 'html']).default('json'),
});

const STYLE_SUM = createHash('sha256').update(PAPER_STYLE).digest('base64');
const TYPES = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

export function reportTableRoutes(api: Api, context: RouteContext): void {
  api.get(
    '/reports/tables/:report',
    {
      schema: {
        tags,
        summary: 'A report by period: JSON, CSV, or a page to print',
        params: z.object({ report: z.enum(REPORT_NAMES) }),
        querystring: query,
        produces: ['application/json', 'text/csv', 'text/html'],
        response: { 200: reportTable, 400: errorBody, 404: errorBody, 503: errorBody },
      },
    },
    async (request, reply) => {
      const { report } = request.params;
      const { format, campaign, zone } = request.query;
      timeZone(zone);
      await mustKnowCampaign(context, campaign);
      const text = await programsOf(context).run(argsOf(report, request.query), LIMIT_MS);
      const file = `attachment; filename="outdial-${report}.csv"`;
      void reply.header('content-type', TYPES[format]);
      if (format === 'csv') void reply.header('content-disposition', file);
      if (format === 'html')
        void reply.header('content-security-policy', `default-src 'none'; style-src 'sha256-${STYLE_SUM}'`);
      // The command wrote it by the same schema: it goes on as it is.
      return reply.serializer((whole: unknown) => whole as string).send(text as never);
    },
  );
}

/** A daemon that was put together without it cannot work them out. */
export function programsOf({ programs }: RouteContext): ProgramsPort {
  if (programs) return programs;
  throw new OperationalError('analysis-failed', 'Nothing is there that works out reports and forecasts.', {
    hint: 'Use the command line.',
    httpCode: 503,
  });
}

function argsOf(report: string, { from, to, period, by, zone, campaign, format }: z.infer<typeof query>): string[] {
  const instant = (at: number): string => new Date(at).toISOString();
  return [
    ...['report', 'show', report, '--zone', zone],
    ...(from === undefined ? [] : ['--from', instant(from)]),
    ...(to === undefined ? [] : ['--to', instant(to)]),
    ...(period === undefined ? [] : ['--period', period]),
    ...(by === undefined ? [] : ['--by', by]),
    ...(campaign === undefined ? [] : ['--campaign', campaign]),
    format === 'json' ? '--json' : `--${format}`,
  ];
}
