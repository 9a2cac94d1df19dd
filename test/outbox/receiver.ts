// Somebody else's web server that is informed of events: takes them, and can be broken, slow or away.

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../support/until.ts';

interface Taken {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: {
    readonly id: string;
    readonly event: string;
    readonly at: number;
    readonly data: Record<string, unknown>;
  };
}

export class WebhookServer {
  /** Everything that came, answered well or not. */
  readonly came: Taken[] = [];
  readonly taken: Taken[] = [];
  /** What it answers; `hang`: nothing. */
  answer: number | 'hang' | ((body: Taken['body']) => number) = 200;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        const one = { headers: request.headers, text, body: JSON.parse(text) as Taken['body'] };
        this.came.push(one);
        if (this.answer === 'hang') return;
        const code = typeof this.answer === 'function' ? this.answer(one.body) : this.answer;
        if (code === 200) this.taken.push(one);
        response.writeHead(code, code === 302 ? { location: this.url } : {}).end('{}');
      });
    });
  }

  static async start(): Promise<WebhookServer> {
    const server = new WebhookServer();
    await new Promise<void>((resolve) => {
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events?token=in-the-address`;
  }

  /** Resolves when so many were taken. */
  async took(count: number): Promise<readonly Taken[]> {
    const what = (): string => `${count} messages taken; ${this.taken.length} were, ${this.came.length} came`;
    return until(what, () => Promise.resolve(this.taken.length >= count ? this.taken : undefined), 40_000, 20);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
