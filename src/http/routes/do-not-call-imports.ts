// Imports of do-not-call lists. The daemon reads the file itself: a path on its own machine.

import { z } from 'zod';
import { refuseMistypedList } from '../do-not-call-list.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { refuseUnreadable } from '../../imports/readable-file.ts';
import { errorBody } from '../wire/wire.ts';
import { countryCodeUse, numberImportJob } from '../wire/imports.ts';
import { doNotCallListName } from './do-not-call.ts';

const tags = ['do-not-call'];

export function doNotCallImportRoutes(api: Api, context: RouteContext): void {
  const { numberImports, settings } = context;
  const params = z.object({ id: z.string() });
  api.post(
    '/do-not-call-imports',
    {
      config: { audit: 'do-not-call.import' },
      schema: {
        tags,
        summary: 'Starts the import of a file of numbers, all of it or nothing; ask for its progress',
        body: z.object({
          file: z
            .string()
            .min(1)
            .max(4096)
            .describe("Absolute path of a text file on the daemon's machine, below files.incoming or files.roots"),
          list: doNotCallListName,
          mode: z.enum(['add', 'replace']).default('add'),
          country: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .exactOptional()
            .describe('Of numbers without a plus sign; default: the settings’'),
          countryCode: countryCodeUse.exactOptional(),
        }),
        response: { 202: numberImportJob, 400: errorBody, 409: errorBody },
      },
    },
    async (request, reply) => {
      await refuseUnreadable(request.body.file, settings.files.roots);
      await refuseMistypedList(context, request.body.list);
      const wanted = { country: settings.country, ...request.body, by: byWhom(request) };
      return reply.code(202).send(numberImports.start(wanted));
    },
  );
  api.get(
    '/do-not-call-imports/:id',
    { schema: { tags, summary: 'Progress of an import', params, response: { 200: numberImportJob, 404: errorBody } } },
    (request) => numberImports.get(request.params.id),
  );
  api.delete(
    '/do-not-call-imports/:id',
    {
      config: { audit: 'do-not-call.stop-import' },
      schema: {
        tags,
        summary: 'Stops an import; nothing of it stays',
        params,
        response: { 200: numberImportJob, 404: errorBody },
      },
    },
    (request) => numberImports.stop(request.params.id),
  );
}
