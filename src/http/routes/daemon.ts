// The daemon itself: health, live events, reading the configuration again, draining.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import type { Api, RouteContext } from '../context.ts';
import { health } from '../wire/health.ts';
import { errorBody, name, reloaded } from '../wire/wire.ts';

const tags = ['daemon'];

export function daemonRoutes(api: Api, context: RouteContext): void {
  watchingRoutes(api, context);
  steeringRoutes(api, context);
}

function watchingRoutes(api: Api, { control, live }: RouteContext): void {
  api.get(
    '/health',
    {
      schema: {
        tags,
        summary: 'Whether it is ready (200) or not (503); needs no token',
        security: [],
        response: { 200: health, 503: health },
      },
    },
    (_request, reply) => {
      const now = control.health();
      void reply.code(now.ready ? 200 : 503);
      return now;
    },
  );
  api.get(
    '/live',
    {
      schema: {
        tags,
        summary: 'Server-Sent Events: `campaign`, `agent` and `call`; first how everything stands now',
        querystring: z.object({ campaign: name.optional() }),
        produces: ['text/event-stream'],
      },
    },
    (request, reply) => {
      const { campaign } = request.query;
      live.add(reply.raw, { address: request.ip, ...defined({ campaign }) });
      reply.hijack();
    },
  );
}

function steeringRoutes(api: Api, { control, log }: RouteContext): void {
  api.post(
    '/reload',
    {
      config: { audit: 'daemon.reload' },
      schema: {
        tags,
        summary: 'Reads the campaign files again; a faulty file changes nothing and is reported',
        response: { 200: reloaded, 400: errorBody },
      },
    },
    async () => {
      await control.reload();
      return { campaigns: control.campaigns().length };
    },
  );
  api.post(
    '/drain',
    {
      config: { audit: 'daemon.drain' },
      schema: {
        tags,
        summary: 'No new calls from now on; live conversations go on to their end',
        response: { 202: z.object({ draining: z.literal(true), calls: z.number() }) },
      },
    },
    (_request, reply) => {
      control.drain().catch((error: unknown) => log.error({ error: String(error) }, 'draining failed'));
      void reply.code(202);
      return { draining: true as const, calls: control.health().calls };
    },
  );
}
