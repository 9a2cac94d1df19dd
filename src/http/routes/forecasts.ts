// What to expect of a campaign, and a stretch of its past beside other policies: worked out by a process of its own.

import { z } from 'zod';
import { mustKnowCampaign } from '../known-campaign.ts';
import type { Api, RouteContext } from '../context.ts';
import { forecastReport, replayReport } from '../wire/forecasts.ts';
import { errorBody, name } from '../wire/wire.ts';
import { PACED_MODES } from '../../terms.ts';
import { programsOf } from './report-tables.ts';

const tags = ['forecasts'];
const LIMIT_MS = 90_000;

const figure = z
  .string()
  .max(20)
  .regex(/^\d[\d.:%smh]*$/);
const forecastQuery = z.object({
  agents: figure.describe('20, or several teams: 5..50, 5..50:5'),
  campaign: name.optional().describe('By its history and settings; else by the figures'),
  target: figure.optional().describe('3%, or several: 1%..5%'),
  mode: z.enum(PACED_MODES).optional(),
  ratio: figure.optional(),
  maxLines: figure.optional(),
  answerRate: figure.optional().describe('Dials that reach a person, 25%'),
  talk: figure.optional().describe('Mean length of a conversation, 3m'),
  wrapUp: figure.optional(),
  ring: figure.optional(),
  records: figure.optional(),
  hours: figure.optional(),
  days: z.coerce.number().int().min(1).max(20).optional(),
  seed: z.coerce.number().int().min(0).max(1e9).optional(),
});

const OPTIONS = {
  agents: '--agents',
  target: '--target',
  mode: '--mode',
  ratio: '--ratio',
  maxLines: '--max-lines',
  answerRate: '--answer-rate',
  talk: '--talk',
  wrapUp: '--wrap-up',
  ring: '--ring',
  records: '--records',
  hours: '--hours',
  days: '--days',
  seed: '--seed',
} as const satisfies Readonly<Record<Exclude<keyof z.infer<typeof forecastQuery>, 'campaign'>, string>>;

export function forecastRoutes(api: Api, context: RouteContext): void {
  api.get(
    '/forecasts',
    {
      schema: {
        tags,
        summary: 'Utilisation, waiting, abandon rate, lines and time to finish for so many agents',
        querystring: forecastQuery,
        response: { 200: forecastReport, 400: errorBody, 404: errorBody, 503: errorBody },
      },
    },
    async (request, reply) => {
      const { campaign, ...figures } = request.query;
      await mustKnowCampaign(context, campaign);
      const options = Object.entries(OPTIONS).flatMap(([key, option]) => {
        const value = figures[key as keyof typeof OPTIONS];
        return value === undefined ? [] : [option, String(value)];
      });
      const args = ['simulate', ...(campaign === undefined ? [] : [campaign]), ...options, '--json'];
      const text = await programsOf(context).run(args, LIMIT_MS);
      return reply
        .type('application/json; charset=utf-8')
        .serializer((whole: unknown) => whole as string)
        .send(text as never);
    },
  );
  replayRoute(api, context);
}

function replayRoute(api: Api, context: RouteContext): void {
  const policy = z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9:=,.%]*$/);
  api.get(
    '/replays/:campaign',
    {
      schema: {
        tags,
        summary: 'The decisions of a stretch taken again, and what other policies would have done on it',
        params: z.object({ campaign: name }),
        querystring: z.object({
          from: z.coerce.number().int().min(0).describe('Epoch ms'),
          to: z.coerce.number().int().min(0),
          policy: z.union([policy, z.array(policy).max(3)]).optional(),
          days: z.coerce.number().int().min(1).max(10).default(3),
        }),
        response: { 200: replayReport, 400: errorBody, 404: errorBody, 503: errorBody },
      },
    },
    async (request, reply) => {
      const { campaign } = request.params;
      const { from, to, policy: wanted = [], days } = request.query;
      await mustKnowCampaign(context, campaign);
      const times = ['--from', new Date(from).toISOString(), '--to', new Date(to).toISOString()];
      const policies = [wanted].flat().flatMap((one) => ['--policy', one]);
      const args = ['replay', campaign, ...times, ...policies, '--days', String(days), '--json'];
      const text = await programsOf(context).run(args, LIMIT_MS);
      return reply
        .type('application/json; charset=utf-8')
        .serializer((whole: unknown) => whole as string)
        .send(text as never);
    },
  );
}
