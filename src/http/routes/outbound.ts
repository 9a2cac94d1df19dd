// The switch of all outbound calling.

import { z } from 'zod';
import { noteChange } from '../audit-hook.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { errorBody } from '../wire/wire.ts';
import { outboundHistory, outboundStep } from '../wire/outbound.ts';

const tags = ['daemon'];

export function outboundRoutes(api: Api, { control, store }: RouteContext): void {
  api.get(
    '/outbound',
    { schema: { tags, summary: 'Whether anything may be dialed at all', response: { 200: outboundStep } } },
    () => control.outbound(),
  );
  api.get(
    '/outbound/history',
    { schema: { tags, summary: 'When it was switched off and on, newest first', response: { 200: outboundHistory } } },
    () => store.outbound.history(100),
  );
  api.post(
    '/outbound',
    {
      config: { audit: 'outbound.switch' },
      schema: {
        tags,
        summary: 'Switches all outbound calling off or on; calls that ring or talk go on',
        body: z.object({ on: z.boolean(), reason: z.string().max(200).default('') }),
        response: { 200: outboundStep, 503: errorBody },
      },
    },
    async (request) => {
      const before = control.outbound();
      const step = await control.turnOutbound({ ...request.body, by: actorOf(request) });
      noteChange(request, { subject: 'outbound', from: before.on, to: { on: step.on, reason: step.reason } });
      return step;
    },
  );
}
