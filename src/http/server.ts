// The HTTP API: on loopback by default, for the holder of the token, JSON only, every refusal in one shape.
// It asks the engine and the store and decides nothing; nothing here may hold call control up.

import type { Server } from 'node:http';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { inNetworks } from '../base/addresses.ts';
import { OperationalError } from '../base/errors.ts';
import { idMaker } from '../base/ids.ts';
import { auditChanges } from './audit-hook.ts';
import { Access } from './access/access.ts';
import { metricsRoute } from './metrics/route.ts';
import { guard } from './access/guard.ts';
import { SignIns } from './access/sign-in.ts';
import { WebAddress } from './access/web-address.ts';
import type { Api, HttpOptions, RouteContext } from './context.ts';
import { answerToUnreadable, maskNumbers, refusalOf } from './error-shape.ts';
import { ImportJobs } from '../imports/import-jobs.ts';
import { BoardHub } from './board/board-hub.ts';
import { LiveHub } from './live.ts';
import { listImports } from '../imports/list-imports.ts';
import { numberImports } from '../imports/number-imports.ts';
import { pages } from './pages.ts';
import { ROUTES } from './route-table.ts';
import { DeskCommands } from './desk/commands.ts';
import { ListeningLines } from './phone/listening-lines.ts';
import { PhoneLines } from './phone/lines.ts';
import { phoneSocket } from './phone/socket.ts';
import { desksFirst } from './desk/desks-first.ts';
import { Workspaces } from './desk/workspaces.ts';
import { Writings } from './desk/written.ts';
import { Refusals } from './refusals.ts';
import { Tokens } from './tokens.ts';

export interface HttpServer {
  /** `http://127.0.0.1:8088` */
  readonly url: string;
  /** Ends live readers and suspends a running import, then closes. */
  close(): Promise<void>;
}

const VERSION = '0.1.0';
const BODY_LIMIT_BYTES = 1_048_576;
/** A client has this long for its headers, and this many connections at once; all together have so many. */
const HEADERS_WITHIN_MS = 10_000;
const MAX_CONNECTIONS = 1_000;
const MAX_CONNECTIONS_OF_ONE = 250;

/**
 * Starts the API; resolves when it listens. Refused with `http-port-taken`, `http-port-forbidden` or
 * `http-address-unknown`.
 */
export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const api = newServer(options.settings);
  const context = contextOf(options);
  const { access, signIns, live, board, workspaces, imports, numberImports: numberJobs } = context;
  await access.start();
  await signIns.start();
  board.past.start();

  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  takeJsonOnly(api);
  shapeRefusals(api, options);
  guard(api, context);
  desksFirst(api, options.control.desks);
  auditChanges(api, options);
  await describe(api);
  pages(api, options.pages);
  metricsRoute(api, context, VERSION);
  await api.register(
    (scope, _options, done) => {
      for (const addRoutes of ROUTES) addRoutes(scope.withTypeProvider<ZodTypeProvider>(), context);
      done();
    },
    { prefix: '/api' },
  );
  phoneSocket(api.server, {
    ...context,
    lines: context.phoneLines,
    listening: context.listeningLines,
    ariUrl: options.settings.asterisk.ari.url,
  });
  api.addHook('preClose', async () => {
    context.phoneLines.closeAll();
    context.listeningLines.closeAll();
    live.close();
    board.close();
    await workspaces.close();
    await imports.close();
    await numberJobs.close();
    await access.stop();
  });
  const url = await listen(api, options);
  return { url, close: () => api.close() };
}

/** A server without routes, within its limits: of what it reads, of how long that takes, of how many connect. */
function newServer({ http: { url: publicUrl, proxies } }: HttpOptions['settings']): Api {
  const api: Api = fastify({
    trustProxy: publicUrl === undefined ? false : [...proxies],
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    http: { headersTimeout: HEADERS_WITHIN_MS, connectionsCheckingInterval: 2_000 },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 8192 },
    clientErrorHandler: (fault, socket) => {
      if (fault.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      else socket.end(answerToUnreadable(fault));
    },
    frameworkErrors: (error, _request, reply: FastifyReply) => {
      const { httpCode, body } = refusalOf(error);
      void reply.code(httpCode).send(body);
    },
  }).withTypeProvider<ZodTypeProvider>();
  boundConnections(api.server, inNetworks(publicUrl === undefined ? [] : proxies));
  return api;
}

function contextOf(options: HttpOptions): RouteContext {
  const { control, clock, log, store, settings } = options;
  const { tokenFile: file, signIn, url } = settings.http;
  const tokens = new Tokens({ file, token: options.token, clock, onEnd: () => access.tokenFileEnded() });
  const onUsers = (): void => {
    control.usersChanged().catch((error: unknown) => {
      log.warn({ error: String(error) }, 'whether those who listen still may could not be looked at');
    });
  };
  const access = new Access({ store, clock, log, tokens, limits: signIn, onUsers });
  const isCalling = (): boolean => control.health().calls > 0;
  const jobs = { clock, log, nextId: idMaker(() => clock.now()), onDone: () => control.listsChanged(), isCalling };
  const workspaces = new Workspaces(options);
  const writings = new Writings(options);
  return {
    workspaces,
    deskCommands: new DeskCommands({ ...options, desks: control.desks, workspaces, writings }),
    ...options,
    tokens,
    access,
    listeningLines: new ListeningLines({ control, clock, realm: settings.agents.sip.realm }),
    phoneLines: new PhoneLines(control.desks, settings.agents.sip.realm),
    signIns: new SignIns({ access, store, clock, log }),
    web: new WebAddress(url),
    live: new LiveHub({ control, clock, log }),
    board: new BoardHub({ control, store, clock, log }),
    refusals: new Refusals({ clock, log }),
    imports: new ImportJobs(listImports(options.importer), jobs),
    numberImports: new ImportJobs(numberImports(options.numberImporter), jobs),
  };
}

async function listen(api: Api, { host, port }: HttpOptions): Promise<string> {
  try {
    return await api.listen({ host, port });
  } catch (error) {
    await api.close();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new OperationalError('http-port-taken', `Port ${port} on ${host} is taken by another program.`, {
        hint: 'Another outdial may be running; else set http.port to a free one.',
        cause: error,
        httpCode: 503,
      });
    if (code === 'EACCES')
      throw new OperationalError('http-port-forbidden', `The daemon may not listen on port ${port}.`, {
        hint: 'Set http.port to 1024 or above.',
        cause: error,
        httpCode: 503,
      });
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new OperationalError('http-address-unknown', `${host} is no address of this machine.`, {
        hint: 'Set http.host to 127.0.0.1 or an address of this machine.',
        cause: error,
        httpCode: 503,
      });
    throw error;
  }
}

/** Bodies are JSON; an absent body counts as {} so that plain POSTs work. */
function takeJsonOnly(api: Api): void {
  api.removeContentTypeParser('text/plain');
  api.addHook('preValidation', (request, _reply, done) => {
    if (request.body === undefined || request.body === null) request.body = {};
    done();
  });
}

function shapeRefusals(api: Api, { log }: HttpOptions): void {
  const routeOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
  api.setErrorHandler((error: FastifyError, request, reply) => {
    const { httpCode, body, fault } = refusalOf(error);
    if (fault)
      log.error({ route: routeOf(request), error: maskNumbers(error.stack ?? error.message) }, 'request failed');
    else log.debug({ route: routeOf(request), httpCode, code: body.error.code }, 'request refused');
    const wait = error instanceof OperationalError ? error.retryAfterMs : undefined;
    if (wait !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(wait / 1000)));
    return reply.code(httpCode).send(body);
  });
  api.setNotFoundHandler(() => {
    throw new OperationalError('route-unknown', 'There is no such address in the API.', {
      hint: 'See /api/openapi.json for those there are.',
      httpCode: 404,
    });
  });
}

/** One client cannot take the connections of all; a proxy brings those of many. */
function boundConnections(server: Server, isProxy: (address: string) => boolean): void {
  server.maxConnections = MAX_CONNECTIONS;
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (open.get(from) ?? 0) + 1;
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left > 0) open.set(from, left);
      else open.delete(from);
    });
    if (count > MAX_CONNECTIONS_OF_ONE && !isProxy(from)) socket.destroy();
  });
}

async function describe(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'outdial', version: VERSION, description: 'The API of the outdial dialer.' },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: '__Host-outdial' },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
  });
  api.get('/api/openapi.json', { schema: { hide: true } }, () => api.swagger());
}
