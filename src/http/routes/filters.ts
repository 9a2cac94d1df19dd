// Saved filters: conditions on contact fields under a name, and how many contacts a condition fits before it is used.

import { filterUnknown } from '../../engine/store/refusals.ts';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { fieldDoubts } from '../field-doubts.ts';
import { filterCount, filterFields, savedFilter } from '../wire/filters.ts';
import type { FieldNames } from '../../engine/store/lists.ts';
import { errorBody, listName, removedName } from '../wire/wire.ts';

const tags = ['filters'];
const filterName = z.string().regex(/^[a-z\d][\w.-]{0,63}$/i);
const expression = z.string().min(1).max(4000).describe('CEL over fields and contact.name');

export function filterRoutes(api: Api, context: RouteContext): void {
  const { store } = context;
  api.get(
    '/filters',
    { schema: { tags, summary: 'All saved filters', response: { 200: z.array(savedFilter).readonly() } } },
    () => store.filters.all(),
  );
  api.get(
    '/filters/fields',
    {
      schema: {
        tags,
        summary: 'The fields that a condition may ask for: those of the lists, and what campaigns say they are',
        response: { 200: filterFields },
      },
    },
    async () => knownFields(await store.lists.fieldNames(), context.campaigns),
  );
  api.post(
    '/filters/count',
    {
      config: { audit: false },
      schema: {
        tags,
        summary: 'How many contacts a filter fits: of some lists, or of the whole directory',
        body: z.object({ expression, lists: z.array(listName).max(100).default([]) }),
        response: { 200: filterCount, 400: errorBody, 404: errorBody },
      },
    },
    async ({ body }) => ({ ...(await store.filters.count(body)), warnings: await fieldDoubts(store, body) }),
  );
  changeRoutes(api, context);
}

type Fields = z.input<typeof filterFields>;

/** Each field once, with the lists that have it and the type that a campaign gives it. */
function knownFields(lists: readonly FieldNames[], campaigns: RouteContext['campaigns']): Fields {
  const known = new Map<string, Fields[number]>();
  const add = (field: string, more: Partial<Fields[number]>): void => {
    known.set(field, { field, lists: [], type: null, choices: [], ...known.get(field), ...more });
  };
  for (const { list, fields } of lists) {
    for (const field of fields) add(field, { lists: [...(known.get(field)?.lists ?? []), list] });
  }
  for (const { campaign } of campaigns.all()) {
    for (const { field, type, choices = [] } of campaign.fields ?? []) add(field, { type, choices });
  }
  return [...known.values()].toSorted((a, b) => (a.field < b.field ? -1 : 1));
}

function changeRoutes(api: Api, { store, clock, control, campaigns }: RouteContext): void {
  const params = z.object({ name: filterName });
  api.put(
    '/filters/:name',
    {
      config: { audit: 'filter.save' },
      schema: {
        tags,
        summary: 'Saves a filter; campaigns that use it follow at once',
        params,
        body: z.object({ expression }),
        response: { 200: savedFilter, 400: errorBody },
      },
    },
    async (request) => {
      const { name } = request.params;
      const before = (await store.filters.all()).find((filter) => filter.name === name);
      const filter = { name, expression: request.body.expression, by: byWhom(request), at: clock.now() };
      await store.filters.save(filter);
      noteChange(request, { subject: `filter ${name}`, from: before?.expression ?? null, to: filter.expression });
      await followFilters(control);
      return filter;
    },
  );
  api.delete(
    '/filters/:name',
    {
      config: { audit: 'filter.delete' },
      schema: {
        tags,
        summary: 'Deletes a filter; refused while a campaign uses it',
        params,
        response: { 200: removedName, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const { name } = request.params;
      const user = campaigns.all().find(({ campaign }) => campaign.savedFilter === name);
      if (user)
        throw new OperationalError('filter-in-use', `The campaign ${user.campaign.name} uses the filter ${name}.`, {
          hint: 'Write another filter into its file first.',
          httpCode: 409,
        });
      const saved = await store.filters.all();
      const gone = saved.find((filter) => filter.name === name);
      if (await store.filters.remove(name)) {
        noteChange(request, { subject: `filter ${name}`, from: gone?.expression ?? null, to: null });
        return { removed: name };
      }
      throw filterUnknown(name, saved);
    },
  );
}

/** Campaigns that use a saved filter are read again; one that has a fault now stays as it was, which its log says. */
async function followFilters(control: RouteContext['control']): Promise<void> {
  try {
    await control.reload();
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'campaign-faulty') throw error;
  }
}
