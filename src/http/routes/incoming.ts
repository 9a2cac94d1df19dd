// Handing over files that are imported, for whoever cannot or may not put them on the daemon's machine otherwise.

import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OperationalError } from '../../base/errors.ts';
import { noteChange } from '../audit-hook.ts';
import type { Api, RouteContext } from '../context.ts';
import { Incoming } from '../../imports/incoming.ts';
import { errorBody, removedName } from '../wire/wire.ts';
import { incomingFile, incomingFiles } from '../wire/imports.ts';

const tags = ['lists'];
const PIECE_BYTES = 8 * 1024 * 1024;

const id = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('16 digits a–f and 0–9, chosen by the caller: the same for the same file');
const name = z
  .string()
  .min(1)
  .max(200)
  // eslint-disable-next-line no-control-regex -- what no file's name has
  .regex(/^[^./\u0000-\u001f][^/\u0000-\u001f]*$/)
  .describe('The name that the file has, without a folder');

type Refuse = (id: string) => void;

export function incomingRoutes(api: Api, context: RouteContext): void {
  const { settings, imports, numberImports } = context;
  const incoming = new Incoming(settings.files);
  const refuseInUse: Refuse = (of) => {
    const running = [...imports.all(), ...numberImports.all()].filter(({ state }) => state === 'running');
    if (!running.some(({ file }) => incoming.holds(of, file))) return;
    throw new OperationalError('incoming-in-use', 'The file is being imported.', {
      hint: 'Wait for the import, or stop it.',
      httpCode: 409,
    });
  };
  // A scope of their own: no other route takes anything but JSON.
  void api.register((scope, _options, done) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, parsed) => {
      parsed(null, body);
    });
    const own = scope.withTypeProvider<ZodTypeProvider>();
    givingRoutes(own, { ...context, incoming, refuseInUse });
    fetchingRoutes(own, { incoming, refuseInUse });
    done();
  });
}

interface Parts {
  readonly incoming: Incoming;
  readonly refuseInUse: Refuse;
}

function givingRoutes(api: Api, { incoming, refuseInUse, clock }: Parts & Pick<RouteContext, 'clock'>): void {
  api.post(
    '/incoming',
    {
      config: { audit: 'file.hand-over' },
      schema: {
        tags,
        summary: 'Begins to hand a file over; its pieces follow',
        body: z.object({ id, name }),
        response: { 200: incomingFile, 400: errorBody, 409: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { id: of, name: called } = request.body;
      refuseInUse(of);
      noteChange(request, { subject: of });
      return { file: await incoming.begin(of, called, clock.now()), bytes: 0 };
    },
  );
  api.put(
    '/incoming/:id/:name',
    {
      // Its beginning is in the log.
      config: { audit: false },
      bodyLimit: PIECE_BYTES,
      schema: {
        tags,
        summary: 'A piece of the file, application/octet-stream, at most 8 MiB',
        params: z.object({ id, name }),
        querystring: z.object({ at: z.coerce.number().int().min(0).describe('Bytes that went before it') }),
        response: { 200: incomingFile, 404: errorBody, 409: errorBody, 413: errorBody, 503: errorBody },
      },
    },
    async (request) => {
      const { id: of, name: called } = request.params;
      refuseInUse(of);
      const piece = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      return incoming.add({ id: of, name: called }, { at: request.query.at, piece });
    },
  );
}

function fetchingRoutes(api: Api, { incoming, refuseInUse }: Parts): void {
  api.get(
    '/incoming/:id',
    {
      schema: {
        tags,
        summary: 'What was handed over so far, and what imports have left beside it: rejected rows, notes',
        params: z.object({ id }),
        response: { 200: incomingFiles, 404: errorBody },
      },
    },
    (request) => incoming.files(request.params.id),
  );
  api.get(
    '/incoming/:id/:name',
    {
      config: { audit: 'file.fetch' },
      schema: {
        tags,
        summary: 'A file that lies with what was handed over: rejected rows, notes',
        params: z.object({ id, name }),
        produces: ['application/octet-stream'],
      },
    },
    async (request, reply) => {
      const { id: of, name: called } = request.params;
      const handle = await incoming.read(of, called);
      return reply.header('content-type', 'application/octet-stream').send(handle.createReadStream({ start: 0 }));
    },
  );
  api.delete(
    '/incoming/:id',
    {
      config: { audit: 'file.remove' },
      schema: {
        tags,
        summary: 'Removes what was handed over, with its rejected rows and notes',
        params: z.object({ id }),
        response: { 200: removedName, 409: errorBody },
      },
    },
    async (request) => {
      refuseInUse(request.params.id);
      await incoming.remove(request.params.id);
      return { removed: request.params.id };
    },
  );
}
