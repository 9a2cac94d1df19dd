// An agent's workspace: how it stands, what the agent does, and the stream of its changes. Whoever is signed in as a user
// with an agent sees and does what is that agent's alone.

import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { OperationalError } from '../../base/errors.ts';
import { callerOf } from '../access/caller.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { CommandRate } from '../desk/command-rate.ts';
import type { Workspace } from '../desk/workspace.ts';
import { COMMAND_EXAMPLES } from '../wire/desk-examples.ts';
import { deskCommand, deskDone, deskRefused } from '../wire/desk-commands.ts';
import { deskView } from '../wire/desk.ts';
import { errorBody } from '../wire/wire.ts';

export const DESK_TAGS = ['agent'];

export function agentDeskRoutes(api: Api, context: RouteContext): void {
  api.get(
    '/agent',
    {
      schema: {
        tags: DESK_TAGS,
        summary: "The agent's workspace as it stands now",
        response: { 200: deskView, 409: errorBody },
      },
    },
    async (request) => {
      const workspace = await workspaceOf(request, context);
      workspace.atScreen.asked();
      return workspace.view();
    },
  );
  commandRoute(api, context);
  streamRoute(api, context);
}

/** The number of the agent that asks; refused with `agent-missing`. */
export function agentAsking(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (caller?.kind === 'user' && caller.agent !== null) return caller.agent;
  throw new OperationalError('agent-missing', 'Whoever asks is no agent.', {
    hint: 'Sign in as a user who is one: outdial user add NAME --role agent --agent NUMBER.',
    httpCode: 409,
  });
}

export function workspaceOf(request: FastifyRequest, { workspaces }: RouteContext): Promise<Workspace> {
  return workspaces.of(agentAsking(request));
}

function commandRoute(api: Api, { deskCommands, clock }: RouteContext): void {
  const rate = new CommandRate(clock);
  api.post(
    '/agent/commands',
    {
      // What is typed by the second would fill the log: each act stands with its attempt, edits and wishes in the log.
      config: { audit: false },
      onRequest: (request) => Promise.resolve().then(() => rate.take(agentAsking(request))),
      schema: {
        tags: DESK_TAGS,
        summary: 'One act or wish of the agent, done once for its key',
        description:
          'Answered with the state as it is then. 409: the state does not allow it, and here is the state. 403: another agent’s interaction, which is logged. 429: more than ten a second after sixty at once; Retry-After says when to go on.',
        body: deskCommand.meta({ examples: Object.values(COMMAND_EXAMPLES) }),
        response: {
          200: deskDone,
          400: errorBody,
          403: errorBody,
          404: errorBody,
          409: z.union([deskRefused, errorBody]),
          429: errorBody,
          503: errorBody,
        },
      },
    },
    async (request, reply) => {
      const { answer, view } = await deskCommands.carryOut(agentAsking(request), actorOf(request), request.body);
      if (typeof answer === 'string') return { answer, view };
      const { missing, ...error } = answer;
      return reply.code(409).send({ answer: 'refused', error, missing, view });
    },
  );
}

function streamRoute(api: Api, context: RouteContext): void {
  api.get(
    '/agent/stream',
    {
      schema: {
        tags: DESK_TAGS,
        summary: 'Server-Sent Events: the workspace, then each change at once',
        description:
          'Events: `state` (a whole view), `change` (sections that are other now), `beat` (every two seconds), `taken-over` (another stream of this agent is open: this one ends). `Last-Event-ID` or `after` goes on behind an event that was read.',
        querystring: z.object({ after: z.string().max(64).optional().describe('As the header Last-Event-ID') }),
        response: { 200: z.string().describe('text/event-stream'), 409: errorBody },
      },
    },
    async (request, reply) => {
      const workspace = await workspaceOf(request, context);
      const header = request.headers['last-event-id'];
      reply.hijack();
      context.workspaces.stream(workspace, reply.raw, typeof header === 'string' ? header : request.query.after);
    },
  );
}
