// Writes every change that came through the API into the audit log, and every export of people's data, before the answer
// leaves. A route says with `config: {audit: 'campaign.:action'}` what it does, its handler may say more with `noteChange`;
// a changing route that says nothing is logged by its address. Only a route that changes nothing opts out, with
// `audit: false`; one that only looks is logged when it has a word for it.

import type { FastifyRequest } from 'fastify';
import { OperationalError } from '../base/errors.ts';
import { actorOf, type Api, type HttpOptions } from './context.ts';
import { maskNumbers } from './error-shape.ts';
import { noteChange as writeChange } from '../engine/audit-trail.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The word of the audit log for what the route does; `:param` stands for a part of the address. */
    readonly audit?: string | false;
  }
}

/** What the handler knows of its change; what is absent is taken from the request. */
export interface ChangeNote {
  /** To what: no names or whole numbers of people. */
  readonly subject?: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** It belongs to a request that is in the log already. */
  readonly isPart?: true;
}

const notes = new WeakMap<FastifyRequest, ChangeNote>();
const CHANGING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const SECRETS = /(^pin|password|secret|^token)$/i;
const MAX_TEXT = 2000;

/** Says what the audit log shall hold of the change that the request makes. */
export function noteChange(request: FastifyRequest, note: ChangeNote): void {
  notes.set(request, { ...notes.get(request), ...note });
}

/** Logs the changes of all routes that are added after this. A change that cannot be logged is answered with `audit-log-failed`. */
export function auditChanges(api: Api, { store, clock, log }: Pick<HttpOptions, 'store' | 'clock' | 'log'>): void {
  api.addHook('onSend', async (request, reply, payload) => {
    if (!isLogged(request) || reply.statusCode >= 400) return payload;
    const note = notes.get(request) ?? {};
    if (note.isPart) return payload;
    const entry = {
      at: clock.now(),
      what: wordOf(request),
      subject: note.subject ?? subjectOf(request),
      from: note.from ?? null,
      to: 'to' in note ? note.to : askedOf(request),
    };
    await writeChange({ audit: store.audit }, actorOf(request), entry).catch((cause: unknown) => {
      log.error({ what: entry.what, cause }, 'what was done could not be written into the audit log');
      throw auditLogFailed(cause);
    });
    return payload;
  });
}

function paramsOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  if (typeof params !== 'object' || params === null) return {};
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
}

/** Whether the route changes something, or takes out what is worth an entry. */
export function isLogged({ method, routeOptions }: FastifyRequest): boolean {
  const { audit } = routeOptions.config;
  return routeOptions.url !== undefined && audit !== false && (audit !== undefined || CHANGING.has(method));
}

/** The word of the audit log for what the request does. */
export function wordOf(request: FastifyRequest): string {
  const { audit: word } = request.routeOptions.config;
  if (typeof word !== 'string') return `${request.method} ${request.routeOptions.url ?? ''}`;
  const params = paramsOf(request);
  return word.replace(/:(\w+)/g, (_whole, name: string) => params[name] ?? name);
}

/** The first part of the address that has a name. */
function subjectOf(request: FastifyRequest): string {
  const [first = ''] = Object.values(paramsOf(request));
  return maskNumbers(first).slice(0, 200);
}

/** Refusal of an answer whose entry in the audit log could not be written. */
export function auditLogFailed(cause: unknown): OperationalError {
  const message = 'The audit log cannot be written: a change was made without its entry, or data stays where it is.';
  return new OperationalError('audit-log-failed', message, {
    hint: 'See to the disk of the database; do not repeat a change without looking.',
    cause,
    httpCode: 503,
  });
}

/** The body, or the search of a request without one, without secrets; long texts are cut. */
function askedOf({ body, query, method }: FastifyRequest): unknown {
  const asked = CHANGING.has(method) ? body : query;
  if (typeof asked !== 'object' || asked === null || Object.keys(asked).length === 0) return null;
  return withoutSecrets(asked);
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (Array.isArray(value)) {
    const shown = value.slice(0, 20).map(withoutSecrets);
    return value.length > shown.length ? [...shown, `and ${value.length - shown.length} more`] : shown;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]: [string, unknown]) => {
    return [key, SECRETS.test(key) ? '…' : withoutSecrets(part)] as const;
  });
  return Object.fromEntries(entries);
}
