// One request to Asterisk's REST interface, quickly: Node's own HTTP over connections that stay open.
// It carries the commands of running calls; connecting and listening are ari.ts's. Retries nothing that could be done twice.

import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari`, each part already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Asterisk's refusal (`status` is its HTTP code) or no answer at all (`status` 0: link down; -1: too late). */
export class AriFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'AriFailure';
    this.status = status;
  }
}

export const STATUS_LINK_DOWN = 0;
export const STATUS_TIMEOUT = -1;

export interface AriRestOptions {
  /** Root of Asterisk's web server, e.g. `http://127.0.0.1:8088`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly timeoutMs: number;
}

/** Below Asterisk's own 15 s (`session_keep_alive`), so that a connection is never used as Asterisk closes it. */
const IDLE_CONNECTION_MS = 9_000;
const MAX_CONNECTIONS = 32;

/** Requests to one Asterisk, many at a time. */
export class AriRest {
  readonly #options: AriRestOptions;
  readonly #base: URL;
  readonly #agent: HttpAgent;
  readonly #authorization: string;

  constructor(options: AriRestOptions) {
    this.#options = options;
    this.#base = new URL(options.url);
    const agentOptions = { keepAlive: true, maxSockets: MAX_CONNECTIONS, timeout: IDLE_CONNECTION_MS };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
    this.#authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
  }

  /** Asterisk's answer as parsed JSON (undefined when it is empty); rejects with `AriFailure`, at the latest after the timeout. */
  async send(request: RestRequest): Promise<unknown> {
    try {
      return await this.#once(request);
    } catch (error) {
      if (error instanceof StaleConnection) return this.#once(request);
      throw error;
    }
  }

  /** Closes idle connections; requests under way end by themselves. */
  close(): void {
    this.#agent.destroy();
  }

  #once(request: RestRequest): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const sent = this.#open(request);
      const timer = setTimeout(() => {
        reject(new AriFailure(STATUS_TIMEOUT, `no answer from Asterisk within ${this.#options.timeoutMs} ms`));
        // reset: what has not reached Asterisk by now must not do so when the way is free again
        if (sent.socket) sent.socket.resetAndDestroy();
        else sent.destroy();
      }, this.#options.timeoutMs);
      sent.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        // The server closed an idle connection at the moment we used it: nothing was carried out, so once more is safe.
        const stale = sent.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale ? new StaleConnection() : new AriFailure(STATUS_LINK_DOWN, error.message));
      });
      sent.on('response', (response) => {
        readAnswer(response, (failure, answer) => {
          clearTimeout(timer);
          if (failure) reject(failure);
          else resolve(answer);
        });
      });
    });
  }

  #open(request: RestRequest): ClientRequest {
    const query = request.query ? `?${new URLSearchParams(request.query).toString()}` : '';
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const send = this.#base.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = send({
      host: this.#base.hostname,
      port: this.#base.port,
      agent: this.#agent,
      method: request.method,
      path: `${this.#base.pathname.replace(/\/$/, '')}/ari${request.path}${query}`,
      headers: {
        authorization: this.#authorization,
        ...(body === undefined
          ? { 'content-length': 0 }
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    sent.end(body);
    return sent;
  }
}

class StaleConnection extends Error {}

function readAnswer(response: IncomingMessage, done: (failure: AriFailure | undefined, answer: unknown) => void): void {
  const status = response.statusCode ?? 0;
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (part: string) => (text += part));
  response.on('error', (error) => done(new AriFailure(STATUS_LINK_DOWN, error.message), undefined));
  response.on('end', () => {
    if (status >= 200 && status < 300) done(undefined, parseJson(text));
    else done(new AriFailure(status, errorText(text) ?? response.statusMessage ?? `HTTP ${status}`), undefined);
  });
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    // An answer of 2xx that is no JSON has been carried out; its text is of no use to us.
    return undefined;
  }
}

/** The sentence in an error's body: `{"message": …}` or `{"error": …}`; undefined when there is none. */
export function errorText(body: string): string | undefined {
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { message, error } = parsed as { message?: unknown; error?: unknown };
  if (typeof message === 'string') return message;
  return typeof error === 'string' ? error : undefined;
}

/** A path of ARI with every part encoded: an id with a slash in it stays one part. */
export function ariPath(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
