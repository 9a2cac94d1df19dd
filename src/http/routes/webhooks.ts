// Webhooks: how they stand, trying again what was given up, trying one out.

import { z } from 'zod';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { errorBody, name } from '../wire/wire.ts';
import { webhookRetried, webhooks, webhookTested } from '../wire/webhooks.ts';

const tags = ['webhooks'];
const params = z.object({ webhook: name });

export function webhookRoutes(api: Api, context: RouteContext): void {
  api.get(
    '/webhooks',
    {
      schema: {
        tags,
        summary: 'Every webhook: what waits, what was given up, the last fault',
        response: { 200: webhooks },
      },
    },
    () => shown(context),
  );
  api.post(
    '/webhooks/:webhook/retry',
    {
      config: { audit: 'webhook.retry' },
      schema: {
        tags,
        summary: 'Tries again what was given up',
        params,
        response: { 200: webhookRetried, 404: errorBody },
      },
    },
    async (request) => {
      const { webhook } = request.params;
      const { outbox } = mustKnow(context, webhook);
      const retried = await outbox.retry(webhook);
      noteChange(request, { subject: `webhook ${webhook}`, to: { retried } });
      return { retried };
    },
  );
  api.post(
    '/webhooks/:webhook/test',
    {
      config: { audit: 'webhook.test' },
      schema: { tags, summary: 'Sends one message now', params, response: { 200: webhookTested, 404: errorBody } },
    },
    async (request) => {
      const { webhook } = request.params;
      const { outbox } = mustKnow(context, webhook);
      const outcome = await outbox.test(webhook);
      noteChange(request, { subject: `webhook ${webhook}`, to: { outcome: outcome?.kind ?? 'none' } });
      return { isTaken: outcome?.kind === 'sent', ...defined({ fault: outcome?.fault }) };
    },
  );
}

async function shown({ outbox }: RouteContext): Promise<z.infer<typeof webhooks>> {
  if (!outbox) return [];
  const standing = new Map((await outbox.standing()).map((one) => [one.hook, one]));
  return outbox.figures().map((figures) => {
    const { waiting = 0, givenUp = 0, oldestAt = null, fault } = standing.get(figures.name) ?? {};
    return {
      ...figures,
      waiting,
      givenUp,
      oldestAt,
      ...defined({ lastFault: figures.lastFault ?? fault ?? undefined }),
    };
  });
}

function mustKnow({ outbox }: RouteContext, wanted: string): { readonly outbox: NonNullable<RouteContext['outbox']> } {
  if (outbox?.figures().some((one) => one.name === wanted)) return { outbox };
  throw new OperationalError('webhook-unknown', `There is no webhook ${wanted}.`, {
    hint: 'outdial webhook list shows those of outdial.yaml; after a change there restart the daemon.',
    httpCode: 404,
  });
}
