// One request to Asterisk's REST interface, quickly, over connections that stay open.
// It carries the commands of running calls; connecting and listening are ari.ts's. Retries nothing that could be done twice.

import type { HttpAnswer } from './http-answer.ts';
import { HttpConnection, type NoAnswer } from './http-connection.ts';

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

/** Something to be sent on the next connection that is free. */
type Sender = (connection: HttpConnection) => void;

/** Requests to one Asterisk, many at a time. */
export class AriRest {
  readonly #options: AriRestOptions;
  readonly #base: URL;
  readonly #root: string;
  /** What every request says after its first line. */
  readonly #headers: string;
  readonly #free: HttpConnection[] = [];
  readonly #open = new Set<HttpConnection>();
  readonly #waiting = new Set<Sender>();
  #isClosed = false;

  constructor(options: AriRestOptions) {
    this.#options = options;
    this.#base = new URL(options.url);
    this.#root = `${this.#base.pathname.replace(/\/$/, '')}/ari`;
    const authorization = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
    this.#headers = `host: ${this.#base.host}\r\nauthorization: ${authorization}\r\nconnection: keep-alive\r\n`;
  }

  /** Asterisk's answer as parsed JSON (undefined when it is empty); rejects with `AriFailure`, at the latest after the timeout. */
  send(request: RestRequest): Promise<unknown> {
    const { timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const text = this.#textOf(request);
      let isTooLate = false;
      let under: HttpConnection | undefined;
      const sender: Sender = (connection) => {
        under = connection;
        connection.ask(text, over);
      };
      const over = (answer: HttpAnswer | undefined, failure: NoAnswer | undefined): void => {
        under = undefined;
        // The server closed an idle connection at the moment we used it: nothing was carried out, so once more is safe.
        if (failure?.unused === true && !isTooLate && !this.#isClosed) return sender(this.#connect());
        clearTimeout(timer);
        if (answer) settle(answer, resolve, reject);
        else reject(new AriFailure(STATUS_LINK_DOWN, failure?.why ?? ''));
      };
      const timer = setTimeout(() => {
        isTooLate = true;
        this.#waiting.delete(sender);
        reject(new AriFailure(STATUS_TIMEOUT, `no answer from Asterisk within ${timeoutMs} ms`));
        under?.reset();
      }, timeoutMs);
      this.#soon(sender);
    });
  }

  /** Closes idle connections; requests under way end by themselves. */
  close(): void {
    this.#isClosed = true;
    for (const connection of this.#free.splice(0)) connection.close();
  }

  #soon(sender: Sender): void {
    // The one used last: the others may rest and be closed.
    const free = this.#free.pop();
    if (free) sender(free);
    else if (this.#open.size < MAX_CONNECTIONS) sender(this.#connect());
    else this.#waiting.add(sender);
  }

  #connect(): HttpConnection {
    const connection = new HttpConnection(this.#base, IDLE_CONNECTION_MS, {
      free: (one) => this.#nextOn(one),
      gone: (one) => this.#gone(one),
    });
    this.#open.add(connection);
    return connection;
  }

  #nextOn(connection: HttpConnection): void {
    const next = this.#firstWaiting();
    if (next) next(connection);
    else if (this.#isClosed) connection.close();
    else this.#free.push(connection);
  }

  #gone(connection: HttpConnection): void {
    this.#open.delete(connection);
    const place = this.#free.indexOf(connection);
    if (place >= 0) this.#free.splice(place, 1);
    const next = this.#firstWaiting();
    if (next) this.#soon(next);
  }

  #firstWaiting(): Sender | undefined {
    const [next] = this.#waiting;
    if (next) this.#waiting.delete(next);
    return next;
  }

  #textOf({ method, path, query, body }: RestRequest): string {
    const target = `${this.#root}${path}${query ? searchOf(query) : ''}`;
    if (/[^!-~]/.test(target)) throw new AriFailure(400, `${JSON.stringify(target)} is no path`);
    const json = body === undefined ? '' : JSON.stringify(body);
    const type = body === undefined ? '' : 'content-type: application/json\r\n';
    const length = `content-length: ${Buffer.byteLength(json)}`;
    return `${method} ${target} HTTP/1.1\r\n${this.#headers}${type}${length}\r\n\r\n${json}`;
  }
}

function searchOf(query: Readonly<Record<string, string>>): string {
  let search = '?';
  for (const name in query) search += `${search === '?' ? '' : '&'}${name}=${encodeURIComponent(query[name] ?? '')}`;
  return search;
}

function settle(
  { status, reason, body }: HttpAnswer,
  resolve: (answer: unknown) => void,
  reject: (failure: AriFailure) => void,
): void {
  if (status >= 200 && status < 300) resolve(parseJson(body));
  else reject(new AriFailure(status, errorText(body) ?? (reason || `HTTP ${status}`)));
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
