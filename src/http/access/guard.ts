// Before any route: is the request for us, who asks, may they? What was refused to somebody known, and would have changed
// something or taken something out, is in the audit log.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../base/clock.ts';
import { isLoopback } from '../../base/addresses.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { Store } from '../../engine/store/store.ts';
import type { Settings } from '../../config/settings.ts';
import { METRICS_ADDRESS } from '../metrics/address.ts';
import { isLogged, wordOf } from '../audit-hook.ts';
import { actorOf, byWhom, type Api } from '../context.ts';
import type { Refusals } from '../refusals.ts';
import type { Access } from './access.ts';
import { callerOf, hasRight, setCaller, type Caller } from './caller.ts';
import { readCookie } from './cookies.ts';
import { askedFor, whoHas, type Right } from './rights.ts';
import type { WebAddress } from './web-address.ts';
import { noteChange } from '../../engine/audit-trail.ts';

export interface GuardOptions {
  readonly settings: Settings;
  readonly access: Access;
  readonly web: WebAddress;
  readonly refusals: Refusals;
  readonly store: Pick<Store, 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The same refusal is logged once a minute; of so many kinds. */
const SAY_EVERY_MS = 60_000;
const MAX_SAID = 1_000;
const MAX_WORD = 100;

export function guard(api: Api, options: GuardOptions): void {
  const { access, web } = options;
  const said = new Map<string, number>();
  api.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    requireOurHost(request, web);
    const { url } = request.routeOptions;
    const asked = url === undefined ? 'signed-in' : askedFor(request.method, url);
    if (asked === 'open' || isOpenHere(request, options.settings)) return;
    const caller = callerBy(request, options);
    setCaller(request, caller);
    if (asked !== 'signed-in' && !hasRight(caller, asked)) {
      await noteRefused(request, { asked, said, ...options });
      throw rightMissing(caller, asked);
    }
    endWith(access, caller, reply);
  });
  // A body may take its time: who was let in at its beginning has to be so still.
  api.addHook('preHandler', (request, _reply, done) => {
    const caller = callerOf(request);
    if (!caller || access.holds(caller, request.headers.authorization)) done();
    else done(caller.kind === 'user' ? sessionEnded() : tokenWrong());
  });
}

/** The metrics, where the settings give them to whoever is on this machine: nothing that a proxy passes on. */
function isOpenHere({ routeOptions, raw, headers }: FastifyRequest, { metrics }: Settings): boolean {
  if (routeOptions.url !== METRICS_ADDRESS || metrics.access !== 'loopback') return false;
  const isPassedOn = ['x-forwarded-for', 'forwarded', 'via'].some((name) => headers[name] !== undefined);
  return !isPassedOn && isLoopback(raw.socket.remoteAddress ?? '');
}

function requireOurHost({ raw, headers }: FastifyRequest, web: WebAddress): void {
  const hosts = raw.rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length === 1 && web.isOwn(headers.host)) return;
  throw new OperationalError('host-refused', 'The API does not answer under this host name.', {
    hint: 'Use the address or name of the machine itself, or set http.url to the one that a proxy with TLS has.',
    httpCode: 421,
  });
}

/** By its token; without one by its cookie. Refused with 401, and where a page of somebody else's may have sent it. */
function callerBy(request: FastifyRequest, { access, web, refusals }: GuardOptions): Caller {
  const { authorization, cookie } = request.headers;
  const id = authorization === undefined ? readCookie(cookie, web.cookies(request).session) : undefined;
  if (id === undefined) {
    const caller = access.byToken(authorization);
    if (caller) return caller;
    // A page that asks whether anybody is signed in guesses nothing.
    if (authorization !== undefined || request.routeOptions.url !== '/api/session') refusals.note(request.ip);
    throw tokenWrong();
  }
  web.requireOwnRequest(request);
  const caller = access.bySession(id);
  if (caller) return caller;
  throw sessionEnded();
}

function tokenWrong(): OperationalError {
  return new OperationalError('token-wrong', 'The request carries no valid token.', {
    hint: 'Send "Authorization: Bearer TOKEN" with the token from http.token_file or one of outdial token add.',
    httpCode: 401,
  });
}

function sessionEnded(): OperationalError {
  return new OperationalError('session-ended', 'You are no longer signed in.', {
    hint: 'Sign in again. Conversations go on meanwhile.',
    httpCode: 401,
  });
}

function rightMissing(caller: Caller, asked: Right): OperationalError {
  const who = caller.kind === 'token-file' ? 'The token' : `The ${caller.kind} ${caller.name}`;
  return new OperationalError('right-missing', `${who} lacks the right ${asked}.`, {
    hint: whoHas(asked),
    httpCode: 403,
  });
}

interface Refused extends GuardOptions {
  readonly asked: Right;
  /** When each was logged last. */
  readonly said: Map<string, number>;
}

async function noteRefused(request: FastifyRequest, { asked, said, store, clock, log }: Refused): Promise<void> {
  if (!isLogged(request)) return;
  const who = byWhom(request);
  // A word may hold a part of the address, which whoever asks can make up without end: the route counts.
  const what = wordOf(request).slice(0, MAX_WORD);
  const key = `${who} ${request.method} ${request.routeOptions.url ?? ''}`;
  const now = clock.now();
  if (now - (said.get(key) ?? -Infinity) < SAY_EVERY_MS) return;
  said.delete(key);
  said.set(key, now);
  const [oldest] = said.keys();
  if (said.size > MAX_SAID && oldest !== undefined) said.delete(oldest);
  log.warn({ who, what, asked }, 'refused: the right is missing');
  const change = { at: now, what: 'right.refused', subject: what, to: { right: asked } };
  await noteChange(store, actorOf(request), change).catch((error: unknown) => {
    log.error({ error: String(error) }, 'a refusal could not be written into the audit log');
  });
}

/** Answers that still run when the caller's session or token ends are cut off; a page comes again and is asked to sign in. */
function endWith(access: Access, caller: Caller, reply: FastifyReply): void {
  const unwatch = access.watch(caller, () => endAnswer(reply));
  reply.raw.once('close', unwatch);
}

/** One that has not begun is the answer to what ended the session. Streams of events end, a file is cut off. */
function endAnswer({ raw, sent }: FastifyReply): void {
  if (!raw.headersSent || raw.writableEnded) return;
  if (sent) raw.end();
  else raw.destroy();
}
