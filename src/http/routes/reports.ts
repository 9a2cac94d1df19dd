// Reports from the store's rows, by period.

import { defined } from '../../base/defined.ts';
import { timeZone } from '../wanted-time.ts';
import { z } from 'zod';
import type { AttemptRow } from '../../engine/store/attempts.ts';
import { abandonmentLedger } from '../../reports/abandonment-ledger.ts';
import { attemptPages } from '../../reports/attempt-pages.ts';
import { campaignUnknown } from '../../campaign/refusals.ts';
import { mustKnowCampaign } from '../known-campaign.ts';
import type { Api, RouteContext } from '../context.ts';
import { abandonmentReport, agentReport, campaignReport, type Period } from '../../reports/reports.ts';
import { attemptRow, errorBody, name, period, waited } from '../wire/wire.ts';

const tags = ['reports'];
const counts = z.record(z.string(), z.number()).readonly();

const campaignFigures = z.object({
  campaign: z.string(),
  attempts: z.number(),
  open: z.number(),
  liveAnswers: z.number(),
  connected: z.number(),
  abandoned: z.number(),
  abandonRate: z.number(),
  byResult: counts,
  byDisposition: counts,
  answerDelayMs: z.object({ p50: z.number(), p99: z.number(), max: z.number(), count: z.number() }),
  waited,
  records: z.object({
    byState: counts,
    byResult: counts,
    byDisposition: counts,
    nextDueAt: z.number().nullable(),
  }),
});

const agentFigures = z.object({
  agent: z.string(),
  name: z.string(),
  ms: counts,
  signedInMs: z.number(),
  utilisation: z.number(),
  connected: z.number(),
  talkMs: z.number(),
});

const abandonmentDay = z.object({
  campaign: z.string(),
  day: z.string(),
  attempts: z.number(),
  liveAnswers: z.number(),
  abandoned: z.number(),
  abandonRate: z.number(),
});

const ledgerDay = z.object({
  campaign: z.string(),
  rule: z.string().describe('campaign, or the clause of a rule pack'),
  definition: z.string(),
  citation: z.string(),
  day: z.string(),
  zone: z.string(),
  liveAnswers: z.number(),
  abandoned: z.number(),
  machines: z.number().describe('Taken for machines, without a conversation'),
  windowFromAt: z.number(),
  windowEndsAt: z.number().exactOptional(),
  detectorError: z.number(),
  countedLive: z.number().describe('In the window so far, as the definition counts'),
  countedAbandoned: z.number(),
  rate: z.number(),
  limit: z.number(),
  isKept: z.boolean(),
});

function periodOf(query: z.infer<typeof period>): Period {
  return {
    ...defined({ fromAt: query.from, toAt: query.to }),
  };
}

export function reportRoutes(api: Api, context: RouteContext): void {
  figureRoutes(api, context);
  ledgerRoutes(api, context);
  attemptRoutes(api, context);
}

function figureRoutes(api: Api, context: RouteContext): void {
  const { store, control, clock } = context;
  api.get(
    '/reports/campaigns/:name',
    {
      schema: {
        tags,
        summary: 'Attempts, results, abandon rate, answer delay, records',
        params: z.object({ name }),
        querystring: period,
        response: { 200: campaignFigures, 404: errorBody },
      },
    },
    (request) => {
      if (!control.campaign(request.params.name)) throw campaignUnknown(request.params.name);
      return campaignReport(store, request.params.name, periodOf(request.query));
    },
  );
  api.get(
    '/reports/agents',
    {
      schema: {
        tags,
        summary: 'Hours by state, utilisation, conversations',
        querystring: period.extend({ campaign: name.optional() }),
        response: { 200: z.array(agentFigures).readonly(), 404: errorBody },
      },
    },
    async (request) => {
      const { from, to, campaign } = request.query;
      await mustKnowCampaign(context, campaign);
      const now = clock.now();
      return agentReport(store, { fromAt: from ?? 0, toAt: to ?? now }, { now, campaign });
    },
  );
}

function ledgerRoutes(api: Api, { store, campaigns }: RouteContext): void {
  api.get(
    '/reports/abandonment/ledger',
    {
      schema: {
        tags,
        summary: 'The abandonment ledger: every day by each definition of the campaigns and their rule packs',
        querystring: period.extend({ campaign: name.optional() }),
        response: { 200: z.array(ledgerDay).readonly(), 404: errorBody },
      },
    },
    (request) => {
      const { campaign: wanted, ...times } = request.query;
      const all = campaigns.all().map(({ campaign }) => campaign);
      const chosen = all.filter((campaign) => wanted === undefined || campaign.name === wanted);
      if (wanted !== undefined && chosen.length === 0) throw campaignUnknown(wanted);
      return abandonmentLedger(store, { campaigns: chosen, period: periodOf(times) });
    },
  );
}

function attemptRoutes(api: Api, context: RouteContext): void {
  const { store } = context;
  api.get(
    '/reports/abandonment',
    {
      schema: {
        tags,
        summary: 'Live answers and abandoned ones per campaign and day',
        querystring: period.extend({ campaign: name.optional(), zone: z.string().max(64).default('UTC') }),
        response: { 200: z.array(abandonmentDay).readonly(), 400: errorBody, 404: errorBody },
      },
    },
    async (request) => {
      const { zone: wanted, campaign, ...times } = request.query;
      const zone = timeZone(wanted);
      await mustKnowCampaign(context, campaign);
      return abandonmentReport(store, periodOf(times), { zone, ...defined({ campaign }) });
    },
  );
  api.get(
    '/reports/attempts',
    {
      schema: {
        tags,
        summary: 'Attempts, oldest first',
        querystring: period.extend({
          campaign: name.optional(),
          record: z.coerce.number().int().positive().optional(),
          number: z.string().max(20).optional(),
          limit: z.coerce.number().int().min(1).max(10_000).default(1000),
        }),
        response: { 200: z.array(attemptRow).readonly(), 404: errorBody },
      },
    },
    async (request) => {
      const { campaign, record, number, limit, ...times } = request.query;
      await mustKnowCampaign(context, campaign);
      const rows: AttemptRow[] = [];
      const query = {
        ...periodOf(times),
        limit,
        ...defined({ campaign, record, number }),
      };
      for await (const page of attemptPages(store, query)) rows.push(...page);
      return rows;
    },
  );
}
