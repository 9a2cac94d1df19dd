// The script of the call that an agent has in hand: what is read out and asked, what the agent does with it; and, for those
// who see people, what was answered in conversations.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import type { Api, RouteContext } from '../context.ts';
import { answersReport } from '../../reports/answers-report.ts';
import { mustKnowCampaign } from '../known-campaign.ts';
import { ownAgent } from '../own-agent.ts';
import { answerRow, answersReportRow, scriptActBody, scriptRefused, scriptView } from '../wire/scripts.ts';
import { agentNumber, errorBody, name, period } from '../wire/wire.ts';

export function scriptRoutes(api: Api, context: RouteContext): void {
  agentRoutes(api, context);
  answerRoutes(api, context);
  reportRoute(api, context);
}

function agentRoutes(api: Api, { control }: RouteContext): void {
  const tags = ['agent'];
  api.get(
    '/agent/script',
    {
      schema: {
        tags,
        summary: 'The script of the call in hand: what to read out and ask now, what was answered, what is open',
        querystring: z.object({
          attempt: z.string().max(128).optional().describe('Default: the call in hand'),
          agent: agentNumber.optional().describe('For programs with a token; a person’s is their own'),
        }),
        response: { 200: scriptView, 403: errorBody, 404: errorBody, 409: errorBody },
      },
    },
    (request) => control.script(ownAgent(request, request.query.agent), request.query.attempt),
  );
  api.post(
    '/agent/script',
    {
      // Kept as it is typed, with its own history: what was answered is in the timeline.
      config: { audit: false },
      schema: {
        tags,
        summary:
          'Answers questions, goes on, back, or out; of two writers the later is refused and shown how it stands',
        body: scriptActBody,
        response: { 200: scriptView, 403: errorBody, 404: errorBody, 409: z.union([scriptRefused, errorBody]) },
      },
    },
    async (request, reply) => {
      const { agent, ...asked } = request.body;
      const { view, refused } = await control.actOnScript({ agent: ownAgent(request, agent), ...asked });
      if (refused === undefined) return view;
      return reply.code(409).send({ error: refused, answer: 'refused' as const, view });
    },
  );
}

function answerRoutes(api: Api, context: RouteContext): void {
  api.get(
    '/answers',
    {
      schema: {
        tags: ['records'],
        summary: 'What was answered to scripts, newest conversation first',
        querystring: period.extend({
          campaign: name.optional(),
          attempt: z.string().max(128).optional(),
          contact: z.coerce.number().int().min(1).optional(),
          question: z.string().max(64).optional(),
          answer: z.string().max(4000).optional().describe('Code of a choice, a number, a day, or a whole text'),
          text: z.string().max(200).optional().describe('Somewhere in the answer; capitals do not matter'),
          limit: z.coerce.number().int().min(1).max(10_000).default(100),
        }),
        response: { 200: z.array(answerRow).readonly(), 404: errorBody },
      },
    },
    async (request) => {
      const { from, to, ...asked } = request.query;
      await mustKnowCampaign(context, asked.campaign);
      return context.store.scripts.find(defined({ ...asked, fromAt: from, toAt: to }));
    },
  );
}

function reportRoute(api: Api, context: RouteContext): void {
  api.get(
    '/reports/answers/:campaign',
    {
      schema: {
        tags: ['reports'],
        summary: "What was answered to the campaign's script, by question and choice",
        params: z.object({ campaign: name }),
        querystring: period,
        response: { 200: z.array(answersReportRow).readonly(), 404: errorBody },
      },
    },
    async (request) => {
      const { campaign } = request.params;
      const { from, to } = request.query;
      await mustKnowCampaign(context, campaign);
      return answersReport(context.store, campaign, defined({ fromAt: from, toAt: to }));
    },
  );
}
