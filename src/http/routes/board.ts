// The live board of supervisors.

import type { Api, RouteContext } from '../context.ts';
import { boardView } from '../wire/board.ts';

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
