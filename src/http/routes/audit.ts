// The audit log: who did what to what. The hook writes it; only what commands take out past the API is noted here.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { auditLogFailed } from '../audit-hook.ts';
import { actorOf, type Api, type RouteContext } from '../context.ts';
import { errorBody, period } from '../wire/wire.ts';
import { auditCheck, auditEntry, contentFault, noted } from '../wire/audit.ts';
import { noteChange } from '../../engine/audit-trail.ts';

const tags = ['audit'];

/** What commands take out by themselves, past the API. */
const dataExport = z.object({
  what: z.enum(['export.records', 'export.attempts', 'report.attempts', 'report.answers', 'backup.make']),
  subject: z.string().max(200).default(''),
  to: z.record(z.string(), z.unknown()),
});

const search = period.extend({
  who: z.string().max(64).optional(),
  what: z.string().max(100).optional().describe('`campaign` finds `campaign.start` too'),
  subject: z.string().max(200).optional(),
  before: z.coerce.number().int().positive().optional().describe('Only entries below this number'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function auditRoutes(api: Api, context: RouteContext): void {
  lookingRoutes(api, context);
  contentRoute(api, context);
  takingRoute(api, context);
}

function contentRoute(api: Api, { control }: RouteContext): void {
  api.get(
    '/audit/content',
    {
      schema: {
        tags,
        summary: 'What lives on the exchange and disagrees with what the daemon believes: bridges, legs, conversations',
        response: { 200: z.array(contentFault).readonly(), 503: errorBody },
      },
    },
    () => control.content(),
  );
}

/** Commands read the store themselves, which costs the daemon nothing; it only writes down that they do. */
function takingRoute(api: Api, { store, clock }: RouteContext): void {
  api.post(
    '/audit/data-export',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'Logs that data of people is taken out, by a command that reads the store itself',
        body: dataExport,
        response: { 200: noted, 503: errorBody },
      },
    },
    async (request) => {
      const change = { at: clock.now(), ...request.body };
      const number = await noteChange(store, actorOf(request), change).catch((cause: unknown) => {
        throw auditLogFailed(cause);
      });
      return { entry: number };
    },
  );
}

function lookingRoutes(api: Api, { store }: RouteContext): void {
  api.get(
    '/audit/log',
    {
      schema: {
        tags,
        summary: 'Who did what to what, newest first',
        querystring: search,
        response: { 200: z.array(auditEntry).readonly() },
      },
    },
    (request) => {
      const { from, to, who, what, subject, before, limit } = request.query;
      return store.audit.list({
        limit,
        ...defined({ fromAt: from, toAt: to, who, what, subject, before }),
      });
    },
  );
  api.get(
    '/audit/check',
    {
      schema: {
        tags,
        summary: 'Whether the chain of the audit log is whole, and where it breaks',
        querystring: z.object({
          entry: z.coerce.number().int().positive().optional(),
          hash: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional(),
        }),
        response: { 200: auditCheck },
      },
    },
    (request) => {
      const { entry, hash } = request.query;
      return store.audit.check(entry !== undefined && hash !== undefined ? { entry, hash } : undefined);
    },
  );
}
