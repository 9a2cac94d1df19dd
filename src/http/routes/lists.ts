// Lists and their imports. The daemon reads the file itself: a path on its own machine, below the folders of the settings.

import { z } from 'zod';
import { ENCODINGS } from '../../base/encodings.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { removeList } from '../../privacy/list-removal.ts';
import { refuseUnreadable } from '../../imports/readable-file.ts';
import { errorBody, listName, listShown, listSummary, removedName } from '../wire/wire.ts';
import { columnUse, countryCodeUse, decimalMark, importJob, importPreview } from '../wire/imports.ts';
import { DUPLICATES } from '../../terms.ts';

const tags = ['lists'];

const importRequest = z.object({
  file: z
    .string()
    .min(1)
    .max(4096)
    .describe("Absolute path of a CSV file on the daemon's machine, below files.incoming or files.roots"),
  list: listName,
  columns: z.record(z.string(), columnUse).default({}).describe('By header; the others are found out'),
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  encoding: z.enum(ENCODINGS).exactOptional(),
  header: z.boolean().exactOptional().describe('False: the first line is data; columns are named column 1 and so on'),
  countryCode: countryCodeUse.exactOptional(),
  decimal: decimalMark.exactOptional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .exactOptional()
    .describe('Of numbers without a plus sign; default: the settings’'),
  duplicates: z.enum(DUPLICATES).default('skip'),
  key: z.string().min(1).max(64).exactOptional().describe('The field by which contacts are the same; default: phones'),
  resume: z
    .enum(['when-possible', 'only', 'never'])
    .default('when-possible')
    .describe('What becomes of an import into the list that was cut off'),
});

export function listRoutes(api: Api, context: RouteContext): void {
  const { store, control, campaigns, clock } = context;
  api.get(
    '/lists',
    { schema: { tags, summary: 'All lists', response: { 200: z.array(listSummary).readonly() } } },
    () => store.lists.all(),
  );
  api.get(
    '/lists/:name',
    {
      schema: {
        tags,
        summary: 'A list and its first contacts',
        params: z.object({ name: listName }),
        querystring: z.object({ limit: z.coerce.number().int().min(0).max(1000).default(20) }),
        response: { 200: listShown, 404: errorBody },
      },
    },
    (request) => store.lists.show(request.params.name, request.query.limit),
  );
  api.delete(
    '/lists/:name',
    {
      config: { audit: 'list.delete' },
      schema: {
        tags,
        summary: 'Removes a list; refused while a running or paused campaign uses it',
        params: z.object({ name: listName }),
        response: { 200: removedName, 404: errorBody, 409: errorBody },
      },
    },
    async (request) => {
      const list = request.params.name;
      await removeList({ store, campaigns, clock, stateOf: (name) => control.campaign(name)?.state }, list);
      await control.listsChanged();
      return { removed: list };
    },
  );
}

export function importRoutes(api: Api, context: RouteContext): void {
  startRoutes(api, context);
  progressRoutes(api, context);
}

function startRoutes(api: Api, { imports, importer, settings, campaigns }: RouteContext): void {
  const reaches = settings.trunks.map(({ name: trunk, reach }) => ({ trunk, ...reach }));
  const fieldsOf = (list: string) => {
    const users = campaigns.all().filter(({ campaign }) => campaign.lists.includes(list));
    return { fields: users.flatMap(({ campaign }) => campaign.fields ?? []) };
  };
  api.post(
    '/imports',
    {
      config: { audit: 'list.import' },
      schema: {
        tags,
        summary: 'Starts the import of a CSV file; ask for its progress',
        body: importRequest,
        response: { 202: importJob, 400: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      const { file, ...options } = request.body;
      await refuseUnreadable(file, settings.files.roots);
      noteChange(request, { subject: options.list });
      const wanted = { country: settings.country, ...request.body, ...fieldsOf(options.list), reaches };
      return reply.code(202).send(imports.start(wanted));
    },
  );
  api.post(
    '/imports/preview',
    {
      config: { audit: 'list.preview' },
      schema: {
        tags,
        summary: 'What an import would make of the first rows; changes nothing',
        body: importRequest,
        response: { 200: importPreview, 400: errorBody },
      },
    },
    async (request) => {
      const { file, ...options } = request.body;
      await refuseUnreadable(file, settings.files.roots);
      noteChange(request, { subject: options.list });
      return importer.preview(file, { country: settings.country, ...options, ...fieldsOf(options.list), reaches });
    },
  );
}

function progressRoutes(api: Api, { imports }: RouteContext): void {
  const params = z.object({ id: z.string() });
  api.get(
    '/imports',
    {
      schema: { tags, summary: 'The last imports, newest first', response: { 200: z.array(importJob).readonly() } },
    },
    () => imports.all(),
  );
  api.get(
    '/imports/:id',
    { schema: { tags, summary: 'Progress of an import', params, response: { 200: importJob, 404: errorBody } } },
    (request) => imports.get(request.params.id),
  );
  api.delete(
    '/imports/:id',
    {
      config: { audit: 'list.import-stop' },
      schema: {
        tags,
        summary: 'Stops an import; nothing of it stays',
        params,
        response: { 200: importJob, 404: errorBody },
      },
    },
    (request) => imports.stop(request.params.id),
  );
}
