// The audit log: who did what to what. It is read here and written by the hook alone.

import { z } from 'zod';
import type { Api, RouteContext } from '../context.ts';
import { period } from '../wire.ts';
import { auditCheck, auditEntry } from '../wire-audit.ts';

const tags = ['audit'];

const search = period.extend({
  who: z.string().max(64).optional(),
  what: z.string().max(100).optional().describe('`campaign` finds `campaign.start` too'),
  subject: z.string().max(200).optional(),
  before: z.coerce.number().int().positive().optional().describe('Only entries below this number'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export function auditRoutes(api: Api, { store }: RouteContext): void {
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
        ...(from === undefined ? {} : { fromAt: from }),
        ...(to === undefined ? {} : { toAt: to }),
        ...(who === undefined ? {} : { who }),
        ...(what === undefined ? {} : { what }),
        ...(subject === undefined ? {} : { subject }),
        ...(before === undefined ? {} : { before }),
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
