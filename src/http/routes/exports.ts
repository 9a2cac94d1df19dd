// Exports over the API, streamed.

import { defined } from '../../base/defined.ts';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { RESULTS } from '../../terms.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { exportAttempts, exportRecords, type ExportFormat } from '../../reports/exports.ts';
import { mustKnowCampaign } from '../known-campaign.ts';
import { name, period, recordState } from '../wire/wire.ts';

const tags = ['exports'];
const format = z.enum(['csv', 'jsonl']).default('csv');
const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', jsonl: 'application/x-ndjson' };

function send(
  reply: FastifyReply,
  text: AsyncGenerator<string>,
  as: { format: ExportFormat; file: string },
): FastifyReply {
  return reply
    .header('content-type', `${TYPES[as.format]}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${as.file}.${as.format}"`)
    .send(Readable.from(text));
}

export function exportRoutes(api: Api, context: RouteContext): void {
  const { store } = context;
  api.get(
    '/export/records',
    {
      config: { audit: 'export.records' },
      schema: {
        tags,
        summary: 'Records as CSV, safe for spreadsheets, or as JSON lines; streamed',
        querystring: z.object({
          format,
          campaign: name.optional(),
          state: recordState.optional(),
          result: z.enum(RESULTS).optional(),
          disposition: z.string().max(64).optional(),
        }),
        produces: Object.values(TYPES),
      },
    },
    async (request, reply) => {
      const { format: as, campaign, state, result, disposition } = request.query;
      await mustKnowCampaign(context, campaign);
      noteChange(request, { subject: campaign ?? '' });
      const query = {
        ...defined({ campaign, state, result, disposition }),
      };
      return send(reply, exportRecords(store, query, as), { format: as, file: 'records' });
    },
  );
  api.get(
    '/export/attempts',
    {
      config: { audit: 'export.attempts' },
      schema: {
        tags,
        summary: 'Attempts as CSV, safe for spreadsheets, or as JSON lines; streamed, oldest first',
        querystring: period.extend({ format, campaign: name.optional() }),
        produces: Object.values(TYPES),
      },
    },
    async (request, reply) => {
      const { format: as, campaign, from, to } = request.query;
      await mustKnowCampaign(context, campaign);
      noteChange(request, { subject: campaign ?? '' });
      const query = {
        ...defined({ campaign, fromAt: from, toAt: to }),
      };
      return send(reply, exportAttempts(store, query, as), { format: as, file: 'attempts' });
    },
  );
}
