// What supervisors do with agents' sessions: ready or paused, to another campaign, ended when they hang.

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { noteChange } from '../audit-hook.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { agentUnknown } from '../../engine/store/refusals.ts';
import { agentNumber, agentView, errorBody, name } from '../wire/wire.ts';

const tags = ['agents'];
const params = z.object({ number: agentNumber });
const answers = { 200: agentView, 404: errorBody, 409: errorBody, 503: errorBody };

export function supervisingRoutes(api: Api, context: RouteContext): void {
  const { control } = context;
  stateRoute(api, context);
  api.post(
    '/agents/:number/move',
    {
      config: { audit: 'agent.move' },
      schema: {
        tags,
        summary: 'Moves the agent to another campaign, after the conversation that is running; the phone is rung there',
        params,
        body: z.object({ campaign: name }),
        response: answers,
      },
    },
    async (request) => {
      const { number } = request.params;
      const { campaign } = request.body;
      noteChange(request, { subject: number, from: (await agentOf(context, number)).campaign ?? null, to: campaign });
      await control.moveAgent(number, campaign, actorOf(request));
      return agentOf(context, number);
    },
  );
  api.post(
    '/agents/:number/end',
    {
      config: { audit: 'agent.end-session' },
      schema: {
        tags,
        summary: 'Ends a session that hangs, at once; refused while a person is on the line',
        params,
        response: answers,
      },
    },
    async (request) => {
      const { number } = request.params;
      noteChange(request, { subject: number, from: (await agentOf(context, number)).state });
      await control.endSession(number, actorOf(request));
      return agentOf(context, number);
    },
  );
}

function stateRoute(api: Api, context: RouteContext): void {
  api.post(
    '/agents/:number/state',
    {
      config: { audit: 'agent.set-state' },
      schema: {
        tags,
        summary: 'Pauses the agent, or makes them ready; in a conversation it is for the time after it',
        params,
        body: z.object({
          to: z.enum(['ready', 'paused']),
          reason: z.string().min(1).max(64).default('pause').describe('A code of the campaign’s reasons, or `pause`'),
        }),
        response: answers,
      },
    },
    async (request) => {
      const { number } = request.params;
      const { to, reason } = request.body;
      noteChange(request, { subject: number, from: (await agentOf(context, number)).state, to: { state: to, reason } });
      const session = to === 'ready' ? ({ do: 'resume' } as const) : ({ do: 'pause', reason } as const);
      const { answer } = await context.control.desks.command(number, { key: randomUUID(), session });
      if (typeof answer === 'object') {
        const { code, message } = answer;
        const isSignedOut = code === 'no-session';
        throw new OperationalError(
          isSignedOut ? 'agent-not-signed-in' : code,
          isSignedOut ? `Agent ${number} has no session.` : message,
          { hint: 'See `outdial agent list` for who is signed in, and pause_reasons of the campaign.', httpCode: 409 },
        );
      }
      return agentOf(context, number);
    },
  );
}

/** How the agent stands now; refused with `agent-unknown`. */
async function agentOf({ control }: RouteContext, number: string) {
  const agents = await control.agents();
  const found = agents.find((agent) => agent.number === number);
  if (found) return found;
  throw agentUnknown(
    number,
    agents.map((agent) => agent.number),
  );
}
