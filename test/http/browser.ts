// A browser for tests of the API: keeps cookies, says from which page it asks, and can lie about all of it.

import { request, type IncomingMessage } from 'node:http';

export interface BrowserAnswer {
  readonly code: number;
  readonly setCookies: readonly string[];
  /** Seconds until it may be tried again. */
  readonly retryAfter: string | undefined;
  readonly body: Record<string, unknown> & { readonly error?: { code: string; message: string; hint: string } };
}

export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #url: URL;
  /** Sent with each request; an empty one is left out. */
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = new URL(url);
    this.headers = { origin: this.#url.origin, 'x-outdial-request': '1', ...headers };
  }

  async ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<BrowserAnswer> {
    const response = await this.#send(method, path, body, more);
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const setCookies = response.headers['set-cookie'] ?? [];
    for (const one of setCookies) this.#keep(one);
    const retryAfter = response.headers['retry-after'];
    return { code: response.statusCode ?? 0, setCookies, retryAfter, body: JSON.parse(text) as BrowserAnswer['body'] };
  }

  signIn(user: string, password: string, more: Record<string, string> = {}): Promise<BrowserAnswer> {
    return this.ask('POST', '/api/session', { user, password }, more);
  }

  /** Live events: resolves once they have begun, with what resolves when they end. */
  async live(more: Record<string, string> = {}): Promise<{ readonly code: number; readonly ended: Promise<void> }> {
    const response = await this.#send('GET', '/api/live', undefined, more);
    const ended = new Promise<void>((resolve) => response.once('close', () => resolve()));
    response.resume();
    return { code: response.statusCode ?? 0, ended };
  }

  #send(method: string, path: string, body: unknown, more: Record<string, string>): Promise<IncomingMessage> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all = {
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...this.headers,
      ...more,
    };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    return new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, this.#url), { method, headers }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  #keep(header: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
