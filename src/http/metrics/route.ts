// GET /metrics, for Prometheus. Who may read it, access/guard.ts says.

import type { Api, RouteContext } from '../context.ts';
import { METRICS_ADDRESS } from './address.ts';
import { Scrapes } from './scrape.ts';

/** Adds the metrics to the server, unless the settings have them off. */
export function metricsRoute(api: Api, context: RouteContext, version: string): void {
  if (context.settings.metrics.access === 'off') return;
  const scrapes = new Scrapes({ ...context, version });
  api.get(METRICS_ADDRESS, { schema: { hide: true } }, async (_request, reply) => {
    const text = await scrapes.text();
    return reply.type(scrapes.contentType).send(text);
  });
  api.addHook('onClose', () => scrapes.stop());
}
