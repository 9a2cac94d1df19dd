// Reports by trunk, caller ID, disposition and callback.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import type { Api, RouteContext } from '../context.ts';
import { callbackReport, dispositionReport, lineReport } from '../../reports/group-reports.ts';
import { mustKnowCampaign } from '../known-campaign.ts';
import type { Period } from '../../reports/reports.ts';
import { count, errorBody, name, period } from '../wire/wire.ts';

const tags = ['reports'];
const wanted = period.extend({ campaign: name.optional() });

const lineFigures = z.object({
  line: z.string(),
  attempts: count,
  answered: count,
  answerRate: z.number(),
  liveAnswers: count,
  connected: count,
  abandoned: count,
  failed: count,
  meanSetupMs: z.number().nullable(),
  talkMs: z.number(),
});
const dispositionFigures = z.object({
  campaign: z.string(),
  disposition: z.string(),
  agent: z.string(),
  count,
  share: z.number(),
  talkMs: z.number(),
});
const callbackFigures = z.object({
  campaign: z.string(),
  agent: z.string().describe('Empty: any agent’s'),
  set: count,
  kept: count,
  keptOnTime: count,
  pending: count,
  overdue: count,
  cancelled: count,
  expired: count,
});

function asked({ from, to, campaign }: z.infer<typeof wanted>): {
  readonly period: Period;
  readonly campaign?: string;
} {
  const times = { ...defined({ fromAt: from, toAt: to }) };
  return { period: times, ...defined({ campaign }) };
}

export function groupReportRoutes(api: Api, context: RouteContext): void {
  const { store, clock } = context;
  const known = async (query: z.infer<typeof wanted>): Promise<ReturnType<typeof asked>> => {
    await mustKnowCampaign(context, query.campaign);
    return asked(query);
  };
  for (const [path, by, summary] of [
    ['trunks', 'trunk', 'Attempts, answers and failures of each trunk'],
    ['caller-ids', 'callerId', 'The same of each number that people saw'],
  ] as const) {
    api.get(
      `/reports/${path}`,
      {
        schema: {
          tags,
          summary,
          querystring: wanted,
          response: { 200: z.array(lineFigures).readonly(), 404: errorBody },
        },
      },
      async (request) => lineReport(store, by, await known(request.query)),
    );
  }
  api.get(
    '/reports/dispositions',
    {
      schema: {
        tags,
        summary: 'What agents said their conversations were',
        querystring: wanted,
        response: { 200: z.array(dispositionFigures).readonly(), 404: errorBody },
      },
    },
    async (request) => dispositionReport(store, await known(request.query)),
  );
  api.get(
    '/reports/callbacks',
    {
      schema: {
        tags,
        summary: 'Callbacks agreed on for a time in the period: kept, pending, overdue',
        querystring: wanted,
        response: { 200: z.array(callbackFigures).readonly(), 404: errorBody },
      },
    },
    async (request) => callbackReport(store, await known(request.query), clock.now()),
  );
}
