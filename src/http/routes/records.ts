// Records: find, show, and why one would or would not be dialed now.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { recordUnknown } from '../../engine/store/refusals.ts';
import type { Api, RouteContext } from '../context.ts';
import { explainRecords, type ExplainSources } from '../../reports/explain.ts';
import { RESULTS } from '../../terms.ts';
import { recordExplanation } from '../wire/explanation.ts';
import { attemptRow, errorBody, name, recordRow, recordState } from '../wire/wire.ts';

const tags = ['records'];

const search = z.object({ text: z.string().min(1).max(200), campaign: name.optional() });

const find = z.object({
  text: z.string().max(200).default(''),
  campaign: name.optional(),
  state: recordState.optional(),
  result: z.enum(RESULTS).optional().describe('Of the last attempt'),
  disposition: z.string().max(64).optional(),
  agent: z.string().max(10).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export function recordRoutes(api: Api, context: RouteContext): void {
  const { store, control, campaigns, clock, readNumber } = context;
  const sources: ExplainSources = {
    store,
    readNumber,
    definitions: () => campaigns.all(),
    now: (wanted) => control.campaign(wanted) ?? { dialing: false, why: 'The campaign is not loaded.' },
  };

  api.get(
    '/records',
    {
      schema: {
        tags,
        summary: 'Records by name, number or field of their contact, and by how they stand',
        querystring: find,
        response: { 200: z.array(recordRow).readonly() },
      },
    },
    (request) => {
      const { text, limit, campaign, state, result, disposition, agent } = request.query;
      return store.records.find({
        text,
        limit,
        ...defined({ campaign, state, result, disposition, agent }),
      });
    },
  );
  api.get(
    '/records/explain',
    {
      schema: {
        tags,
        summary: 'Why a record (by id), every record with a number, or a number would or would not be dialed now',
        querystring: search,
        response: { 200: z.array(recordExplanation).readonly(), 404: errorBody },
      },
    },
    (request) => {
      const { text, campaign } = request.query;
      return explainRecords(sources, { text, ...defined({ campaign }) }, clock.now());
    },
  );
  showRoute(api, context);
}

function showRoute(api: Api, { store }: RouteContext): void {
  api.get(
    '/records/:id',
    {
      schema: {
        tags,
        summary: 'One record and its attempts',
        params: z.object({ id: z.coerce.number().int().positive() }),
        response: { 200: recordRow.extend({ attemptsMade: z.array(attemptRow).readonly() }), 404: errorBody },
      },
    },
    async (request) => {
      const row = await store.records.show(request.params.id);
      if (!row) throw recordUnknown(request.params.id);
      return { ...row, attemptsMade: await store.attempts.list({ record: row.id, limit: 200 }) };
    },
  );
}
