// The live board of supervisors.

import { z } from 'zod';
import type { Api, RouteContext } from '../context.ts';
import { boardHistory, boardView } from '../wire/board.ts';

const tags = ['board'];

export function boardRoutes(api: Api, { board }: RouteContext): void {
  api.get(
    '/board',
    {
      schema: {
        tags,
        summary: 'Campaigns, agents, the switch and the health as they stand',
        response: { 200: boardView },
      },
    },
    () => board.view(),
  );
  api.get(
    '/board/history',
    {
      schema: {
        tags,
        summary: 'The last hours, a value a minute, since the daemon’s start',
        querystring: z.object({ hours: z.coerce.number().min(1).max(8).default(4) }),
        response: { 200: boardHistory },
      },
    },
    (request) => board.past.show(request.query.hours),
  );
  api.get(
    '/board/stream',
    {
      schema: {
        tags,
        summary: 'Server-Sent Events: `state` first, then `change`, and a `beat` every two seconds',
        produces: ['text/event-stream'],
      },
    },
    (_request, reply) => {
      void board.add(reply.raw);
      reply.hijack();
    },
  );
}
