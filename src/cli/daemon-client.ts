// How commands speak to the running daemon: its HTTP API with the token file. Refusals arrive as the same errors that
// the daemon made; a daemon that is not there is `daemon-not-running`.

import { createWriteStream } from 'node:fs';
import { isIPv6 } from 'node:net';
import { userInfo } from 'node:os';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { OperationalError } from '../base/errors.ts';
import type { Settings } from '../config/settings.ts';
import { readToken } from '../secrets/token-file.ts';
import { health } from '../http/wire/health.ts';
import { errorBody, type Schema } from '../http/wire/wire.ts';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';
import type { Actor } from '../engine/actor.ts';

const ANSWER_MS = 60_000;
const CONNECT_MS = 5000;
/** What `/health` answers with when the daemon is not ready. */
const NOT_READY = 503;

export interface DaemonClient {
  /** Each answer is checked against `schema`; refused with `answer-not-understood` when it is something else. */
  get<T>(schema: Schema<T>, path: string, query?: Query): Promise<T>;
  /** How it is; a daemon that is not ready says so with 503, which is an answer and no refusal. */
  health(): Promise<HealthAnswer>;
  post<T>(schema: Schema<T>, path: string, body?: unknown): Promise<T>;
  put<T>(schema: Schema<T>, path: string, body: unknown): Promise<T>;
  patch<T>(schema: Schema<T>, path: string, body: unknown): Promise<T>;
  delete<T>(schema: Schema<T>, path: string, query?: Query): Promise<T>;
  /** Sends bytes as they are. */
  upload<T>(schema: Schema<T>, path: string, bytes: Uint8Array): Promise<T>;
  /** Writes an answer that is no JSON to a file; resolves with its bytes, and refuses a file that is there already. */
  download(path: string, file: string): Promise<number>;
  /** The live events until `signal` ends them; rejects when the daemon goes away. */
  live(query: Query, signal: AbortSignal): AsyncGenerator<ServerSentEvent>;
}

type HealthAnswer = ReturnType<typeof health.parse>;
type Query = Readonly<Record<string, string | number | undefined>>;

function baseOf({ host, port }: Settings['http']): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}/api`;
}

function notRunning(settings: Settings, cause: unknown): OperationalError {
  return new OperationalError('daemon-not-running', `No outdial daemon answers at ${baseOf(settings.http)}.`, {
    hint: `Start it with outdial run --config ${settings.file} (or systemctl start outdial).`,
    cause,
    httpCode: 503,
  });
}

/** Whether a daemon answers at the settings' address. */
export async function isDaemonRunning(settings: Settings): Promise<boolean> {
  try {
    await fetch(`${baseOf(settings.http)}/health`, { signal: AbortSignal.timeout(CONNECT_MS) });
    return true;
  } catch {
    return false; // no agent there: that is the answer
  }
}

function withQuery(path: string, query: Query): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) given.set(key, String(value));
  return given.size === 0 ? path : `${path}?${given.toString()}`;
}

/** What the daemon refused with, as it was made there. */
async function refusalOf(response: Response): Promise<OperationalError> {
  const body = errorBody.safeParse(await response.json().catch(() => undefined));
  if (!body.success)
    return new OperationalError('answer-not-understood', `The daemon answered ${response.status} without a reason.`, {
      hint: 'Another program may be listening on this port; see http.port.',
    });
  const { code, message, hint, places = [] } = body.data.error;
  return new OperationalError(code, message, { hint, httpCode: response.status, places });
}

/** The name that changes are recorded under: the user of this command. */
export function callerName(): string {
  try {
    return `cli.${userInfo()
      .username.replace(/[^\w.-]/g, '_')
      .slice(0, 40)}`;
  } catch {
    return 'cli'; // a user without an entry in the password file
  }
}

/** The user of this command, for the audit log. */
export const callerActor = (): Actor => ({ kind: 'command', name: callerName() });

/** The daemon answers, but what opens its door is gone. */
function tokenLost({ http }: Settings, cause: unknown): OperationalError {
  return new OperationalError('token-missing', `The daemon runs, but its token file ${http.tokenFile} is gone.`, {
    hint: 'Restart the daemon: it makes a new one, and conversations go on meanwhile.',
    cause,
    httpCode: 401,
    places: [{ file: http.tokenFile }],
  });
}

/**
 * A client for the daemon of these settings; refused with `daemon-not-running`, and with `token-missing` when it runs and
 * the token file is gone.
 */
export async function connectDaemon(settings: Settings): Promise<DaemonClient> {
  const token = await readToken(settings.http.tokenFile).catch(async (error: unknown) => {
    const isMissing = error instanceof OperationalError && error.code === 'token-missing';
    if (!isMissing) throw error;
    throw (await isDaemonRunning(settings)) ? tokenLost(settings, error) : notRunning(settings, error);
  });
  const headers = { authorization: `Bearer ${token}`, 'x-outdial-by': callerName() };
  const reach = (path: string, init: RequestInit): Promise<Response> =>
    fetch(`${baseOf(settings.http)}${path}`, init).catch((error: unknown) => {
      throw failureOf(settings, error);
    });
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await reach(path, init);
    if (response.ok) return response;
    throw await refusalOf(response);
  };
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await ask(path, {
      method,
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.json();
  };
  return {
    health: async () => {
      const response = await reach('/health', { signal: AbortSignal.timeout(ANSWER_MS), headers });
      if (!response.ok && response.status !== NOT_READY) throw await refusalOf(response);
      return parseAnswer(health, await response.json());
    },
    get: async (schema, path, query = {}) => parseAnswer(schema, await send('GET', withQuery(path, query))),
    post: async (schema, path, body) => parseAnswer(schema, await send('POST', path, body)),
    patch: async (schema, path, body) => parseAnswer(schema, await send('PATCH', path, body)),
    put: async (schema, path, body) => parseAnswer(schema, await send('PUT', path, body)),
    delete: async (schema, path, query = {}) => parseAnswer(schema, await send('DELETE', withQuery(path, query))),
    upload: async (schema, path, bytes) => {
      const given = { ...headers, 'content-type': 'application/octet-stream' };
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await ask(path, { method: 'PUT', signal, headers: given, body: Uint8Array.from(bytes) });
      return parseAnswer(schema, await response.json());
    },
    download: async (path, file) => saveTo(file, await ask(path, { headers })),
    async *live(query, signal) {
      const response = await ask(withQuery('/live', query), { headers, signal });
      if (response.body) yield* readServerSentEvents(response.body);
    },
  };
}

function failureOf(settings: Settings, error: unknown): OperationalError {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new OperationalError('daemon-silent', 'The daemon did not answer in time.', {
      hint: 'Look at its log; outdial doctor checks what it depends on.',
      cause: error,
      httpCode: 503,
    });
  return notRunning(settings, error);
}

function parseAnswer<T>(schema: Schema<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new OperationalError('answer-not-understood', 'The daemon gave an answer that this command does not know.', {
    hint: 'Daemon and command are of different versions: restart the daemon.',
    cause: parsed.error,
  });
}

async function saveTo(file: string, response: Response): Promise<number> {
  try {
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    if (response.body) await pipeline(Readable.fromWeb(response.body), target);
    return target.bytesWritten;
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new OperationalError('file-unwritable', `The file ${file} cannot be written.`, {
      hint: isThere ? 'It is there already: name another with --out.' : 'Check its folder and the space on the disk.',
      places: [{ file }],
      cause,
    });
  }
}
