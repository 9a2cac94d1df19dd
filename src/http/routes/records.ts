// Records: find, show, and why one would or would not be dialed now.

import { defined } from '../../base/defined.ts';
import { z } from 'zod';
import { recordUnknown } from '../../engine/store/refusals.ts';
import { maskNumber } from '../../base/log.ts';
import { RECORD_SORTS, type RecordRow, type TablePlace } from '../../engine/store/records.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { findRecords } from '../../reports/find-records.ts';
import { explainRecords, type ExplainSources } from '../../reports/explain.ts';
import { RESULTS } from '../../terms.ts';
import { recordExplanation } from '../wire/explanation.ts';
import { recordPrioritised, recordTable } from '../wire/records.ts';
import { attemptRow, errorBody, listName, name, recordRow, recordState } from '../wire/wire.ts';

const tags = ['records'];

const search = z.object({ text: z.string().min(1).max(200), campaign: name.optional() });

const instantAsked = z.coerce.number().int().min(0);

const standing = z.object({
  text: z.string().max(200).default(''),
  campaign: name.optional(),
  state: recordState.optional(),
  result: z.enum(RESULTS).optional().describe('Of the last attempt'),
  disposition: z.string().max(64).optional(),
  agent: z.string().max(10).optional(),
  list: listName.optional().describe('Of contacts on this list'),
  condition: z.string().min(1).max(4000).optional().describe('CEL over fields and contact.name, as of a filter'),
  from: instantAsked.optional().describe('Epoch ms: whose last attempt was dialed from then'),
  to: instantAsked.optional().describe('… to before then'),
});
const find = standing.extend({ limit: z.coerce.number().int().min(1).max(500).default(50) });

const tableQuery = standing.extend({
  sort: z.enum(RECORD_SORTS).default('taken-up'),
  order: z.enum(['up', 'down']).default('up'),
  after: z
    .string()
    .regex(/^\d{1,16}\.\d{1,16}$/)
    .optional()
    .describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
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
      const { from, to, text, limit, ...rest } = request.query;
      return findRecords(store, { text, limit, ...defined({ ...rest, lastFromAt: from, lastToAt: to }) });
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
  tableRoute(api, context);
  showRoute(api, context);
  priorityRoute(api, context);
}

function tableRoute(api: Api, { store }: RouteContext): void {
  api.get(
    '/records/table',
    {
      schema: {
        tags,
        summary: 'A page of the table of records, filtered and sorted; numbers masked',
        querystring: tableQuery,
        response: { 200: recordTable, 400: errorBody, 404: errorBody },
      },
    },
    async (request) => {
      const { from, to, after, text, sort, order, limit, ...rest } = request.query;
      const behind = after === undefined ? undefined : placeOf(after);
      const { rows, next, matches } = await store.records.table({
        text,
        sort,
        descending: order === 'down',
        limit,
        ...defined({ ...rest, lastFromAt: from, lastToAt: to, after: behind }),
      });
      return {
        rows: rows.map(masked),
        next: next === undefined ? null : `${next.key}.${next.id}`,
        matches: matches ?? null,
      };
    },
  );
}

function placeOf(written: string): TablePlace {
  const [key = 0, id = 0] = written.split('.').map(Number);
  return { key, id };
}

function masked({ contact, ...row }: RecordRow): RecordRow {
  const phones = contact.phones.map((phone) => ({ ...phone, number: maskNumber(phone.number) }));
  return { ...row, contact: { ...contact, phones } };
}

function priorityRoute(api: Api, { store, clock }: RouteContext): void {
  api.post(
    '/records/:id/priority',
    {
      config: { audit: 'record.priority' },
      schema: {
        tags,
        summary: 'Sets the priority of a record: higher ones are dialed first',
        params: z.object({ id: z.coerce.number().int().positive() }),
        body: z.object({ priority: z.number().int().min(-1000).max(1000) }),
        response: { 200: recordPrioritised, 404: errorBody },
      },
    },
    async (request) => {
      const { id: record } = request.params;
      const { priority } = request.body;
      const change = await store.records.prioritise({ record, priority, by: byWhom(request), at: clock.now() });
      noteChange(request, { subject: `record ${record}`, ...change });
      return change;
    },
  );
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
