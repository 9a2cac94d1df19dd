// Supervisors: who listens to whom, begin, change, end.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { listening, listeningOrder } from '../wire/listening.ts';
import { agentNumber, errorBody } from '../wire/wire.ts';

const tags = ['agents'];
const params = z.object({ number: agentNumber });

export function listeningRoutes(api: Api, { control }: RouteContext): void {
  api.get(
    '/listening',
    { schema: { tags, summary: 'Who listens to whom now', response: { 200: z.array(listening).readonly() } } },
    () => control.listenings(),
  );
  api.post(
    '/agents/:number/listen',
    {
      config: { audit: 'agent.listen' },
      schema: {
        tags,
        summary: 'Listens to the agent by a phone, which is rung; asked again it changes how',
        params,
        body: listeningOrder,
        response: { 200: listening, 409: errorBody },
      },
    },
    async (request) => {
      const { mode, phone, stays } = request.body;
      const { number } = request.params;
      noteChange(request, { subject: number, to: { mode, phone, stays: stays === true } });
      return control.listen(number, { mode, phone, by: byWhom(request), ...defined({ stays }) });
    },
  );
  api.delete(
    '/agents/:number/listen',
    {
      config: { audit: 'agent.listen-end' },
      schema: {
        tags,
        summary: 'Ends it, by one phone or whoever listens',
        params,
        querystring: z.object({ phone: agentNumber.optional() }),
        response: { 200: z.array(listening).readonly() },
      },
    },
    async (request) => {
      await control.endListening(request.params.number, request.query.phone);
      return control.listenings();
    },
  );
}
