// A person signs in from a browser, asks who they are, changes their password, signs out. The session's id is in a cookie
// that no script can read, and nowhere else.

import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Access, SessionLimits } from '../access/access.ts';
import { callerOf, hasRight, setCaller, type Caller } from '../access/caller.ts';
import { cookieHeader, readCookie } from '../access/cookies.ts';
import { RIGHTS, type Right } from '../access/rights.ts';
import type { WebAddress } from '../access/web-address.ts';
import { setPassword } from '../access/users-admin.ts';
import { noteChange } from '../audit-hook.ts';
import { byWhom, type Api, type RouteContext } from '../context.ts';
import { errorBody } from '../wire/wire.ts';
import { password, session, signedOut } from '../wire/users.ts';

const tags = ['session'];
const DEVICE_MS = 400 * 86_400_000;

export function sessionRoutes(api: Api, context: RouteContext): void {
  signInRoute(api, context);
  ownRoutes(api, context);
  passwordRoute(api, context);
}

function signInRoute(api: Api, { access, web, signIns, settings }: RouteContext): void {
  api.post(
    '/session',
    {
      config: { audit: 'session.begin' },
      schema: {
        tags,
        summary: 'Signs a user in; the session is in a cookie',
        security: [],
        body: z.object({ user: z.string().min(1).max(64), password }),
        response: { 200: session, 401: errorBody, 403: errorBody, 429: errorBody, 503: errorBody },
      },
    },
    async (request, reply) => {
      web.requireOwnPage(request);
      web.requirePrivate(request);
      const cookies = web.cookies(request);
      const { cookie } = request.headers;
      const [device, before] = [readCookie(cookie, cookies.device), readCookie(cookie, cookies.session)];
      const name = request.body.user.toLowerCase();
      const browser = access.knownDevice(device, name);
      const made = await signIns.signIn({ name, password: request.body.password, address: request.ip, device, before });
      setCaller(request, made.caller);
      noteChange(request, { subject: `user ${name}`, to: { address: request.ip, ...defined({ browser }) } });
      const limits = settings.http.signIn;
      void reply.header('set-cookie', [
        cookieHeader(cookies.session, made.session, limits.atMostMs),
        cookieHeader(cookies.device, made.device, DEVICE_MS),
      ]);
      return shown(made.caller, { request, access, limits });
    },
  );
}

function ownRoutes(api: Api, { access, web, settings }: RouteContext): void {
  const limits = settings.http.signIn;
  api.get(
    '/session',
    { schema: { tags, summary: 'Who asks, with which rights, until when', response: { 200: session } } },
    (request) => shown(callerOf(request) ?? { kind: 'token-file' }, { request, access, limits }),
  );
  api.delete(
    '/session',
    {
      config: { audit: 'session.end' },
      schema: { tags, summary: 'Signs out; conversations go on', response: { 200: signedOut, 409: errorBody } },
    },
    async (request, reply) => {
      const { session: id, name } = userAsking(request);
      noteChange(request, { subject: `user ${name}` });
      await access.end(id);
      clearSession(request, reply, web);
      return { signedOut: 1 };
    },
  );
}

function passwordRoute(api: Api, { access, signIns, store, web, clock }: RouteContext): void {
  api.post(
    '/session/password',
    {
      config: { audit: 'session.set-password' },
      schema: {
        tags,
        summary: 'Changes the own password; every session of the user ends, this one too',
        body: z.object({ password, newPassword: password }),
        response: { 200: signedOut, 400: errorBody, 401: errorBody, 409: errorBody, 429: errorBody },
      },
    },
    async (request, reply) => {
      const { name } = userAsking(request);
      const device = readCookie(request.headers.cookie, web.cookies(request).device);
      const wanted = { name, password: request.body.password, address: request.ip, device };
      await signIns.check(wanted, access.user(name)?.passwordHash);
      const open = access.sessionsOf(name).length;
      await setPassword(store, name, { password: request.body.newPassword, now: clock.now() });
      noteChange(request, { subject: `user ${name}`, to: null });
      await access.refresh();
      clearSession(request, reply, web);
      return { signedOut: open };
    },
  );
}

function clearSession(request: FastifyRequest, reply: FastifyReply, web: WebAddress): void {
  void reply.header('set-cookie', cookieHeader(web.cookies(request).session, '', 0));
}

/** Refused with `session-missing`. */
function userAsking(request: FastifyRequest): Extract<Caller, { readonly kind: 'user' }> {
  const caller = callerOf(request);
  if (caller?.kind === 'user') return caller;
  throw new OperationalError('session-missing', 'A token has no session and no password.', {
    hint: 'Sign in as a user first; a token is ended with outdial token revoke NAME.',
    httpCode: 409,
  });
}

interface Asking {
  readonly request: FastifyRequest;
  readonly access: Access;
  readonly limits: SessionLimits;
}

function shown(caller: Caller, { request, access, limits }: Asking): z.output<typeof session> {
  const rights = (Object.keys(RIGHTS) as Right[]).filter((one) => hasRight(caller, one));
  const base = { who: byWhom(request), kind: caller.kind, rights };
  if (caller.kind === 'token-file') return base;
  if (caller.kind === 'token') return { ...base, name: caller.name };
  const { name, role, agent } = caller;
  const open = access.sessionsOf(name).find((one) => one.session === caller.session);
  return {
    ...base,
    name,
    role,
    fullName: access.user(name)?.fullName ?? '',
    ...(agent === null ? {} : { agent }),
    ...(open ? { idleEndsAt: open.seenAt + limits.idleMs, endsAt: open.beganAt + limits.atMostMs } : {}),
  };
}
