// A daemon that says to the console what the test wants: the real page from the real route, and behind it the contract of
// src/http/wire with a picture that the test sets. What is asked for is noted, and answered as the test says.

import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import { changeForm, readForm } from '../../src/config/campaign-form.ts';
import { ROLE_RIGHTS, type Right } from '../../src/http/access/rights.ts';
import { pages } from '../../src/http/pages.ts';
import type { BoardChange, BoardView } from '../../src/http/wire/board.ts';
import { builtPages } from './built.ts';
import { aCentre, aPast } from './centres.ts';

export interface Asked {
  /** `POST /api/agents/101/move` */
  readonly what: string;
  readonly body: unknown;
}

interface Refusing {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly places?: readonly object[];
}

export class ScriptedConsole {
  view: BoardView = aCentre();
  /** Null: no one is signed in. */
  user: { readonly name: string; readonly role: keyof typeof ROLE_RIGHTS } | null = {
    name: 'sue',
    role: 'campaign-manager',
  };
  /** Answers of GET by address, such as the file of a campaign. */
  readonly gets = new Map<string, unknown>();
  readonly asked: Asked[] = [];
  /** What a change is answered; undefined: {}. */
  answer: (asked: Asked) => unknown = () => undefined;
  refuse: (asked: Asked) => Refusing | undefined = () => undefined;
  url = '';
  readonly #api = fastify({ forceCloseConnections: true });
  readonly #streams = new Set<ServerResponse>();
  #beats: ReturnType<typeof setInterval> | undefined;
  #isMute = false;
  #waiting: (() => void)[] = [];

  static async start(): Promise<ScriptedConsole> {
    const made = new ScriptedConsole();
    pages(made.#api, await builtPages());
    made.#routes();
    made.url = await made.#api.listen({ host: '127.0.0.1', port: 0 });
    made.#beats = setInterval(() => made.#send('beat', { at: Date.now(), version: made.view.version }), 500);
    return made;
  }

  /** Tells every page what is different. */
  show(change: Partial<BoardView>): void {
    const stamped: BoardChange = { ...change, at: Date.now(), version: this.view.version + 1 };
    const by = <T>(all: readonly T[], news: readonly T[] | undefined, keyOf: (one: T) => string): readonly T[] =>
      all.map((one) => news?.find((other) => keyOf(other) === keyOf(one)) ?? one);
    const { campaigns, agents, ...rest } = stamped;
    this.view = {
      ...this.view,
      ...(rest as Partial<BoardView>),
      campaigns: by(this.view.campaigns, campaigns, ({ name }) => name),
      agents: by(this.view.agents, agents, ({ number }) => number),
    };
    this.#send('change', stamped);
  }

  /** No word comes any more, though the connection stands. */
  mute(isMute: boolean): void {
    this.#isMute = isMute;
  }

  cut(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  /** The next request that fits. */
  async awaitAsked(what: string): Promise<Asked> {
    const found = (): Asked | undefined => this.asked.find((one) => one.what === what);
    while (found() === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return found() as Asked;
  }

  async close(): Promise<void> {
    clearInterval(this.#beats);
    this.cut();
    await this.#api.close();
  }

  #routes(): void {
    const api = this.#api;
    api.get(
      '/api/session',
      (_request, reply) => this.#session() ?? reply.code(401).send(refused({ code: 'token-wrong' })),
    );
    api.post('/api/session', (request) => {
      const { user } = request.body as { user: string };
      this.user = { name: user, role: 'campaign-manager' };
      return this.#session();
    });
    api.delete('/api/session', () => {
      this.user = null;
      return { signedOut: 1 };
    });
    api.get('/api/board', (_request, reply) =>
      this.user ? this.view : reply.code(401).send(refused({ code: 'session-ended' })),
    );
    api.get('/api/board/history', () => this.gets.get('/api/board/history') ?? aPast());
    api.get('/api/board/stream', (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      if (!this.user) return void raw.writeHead(401).end();
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      this.#streams.add(raw);
      request.raw.on('close', () => this.#streams.delete(raw));
      raw.write(frame('state', { ...this.view, at: Date.now() }));
    });
    api.get(
      '/api/*',
      (request, reply) => this.gets.get(request.url) ?? reply.code(404).send(refused({ code: 'route-unknown' })),
    );
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      api.route({ method, url: '/api/*', handler: (request, reply) => this.#change(request, reply) });
  }

  #session(): object | undefined {
    if (this.user === null) return undefined;
    const { name, role } = this.user;
    const rights: readonly Right[] = ROLE_RIGHTS[role];
    return { who: `user:${name}`, kind: 'user', name, role, fullName: '', rights };
  }

  #change(request: FastifyRequest, reply: FastifyReply): unknown {
    const asked = { what: `${request.method} ${request.url}`, body: request.body ?? null };
    if (asked.what === 'POST /api/campaigns/form') return formOf(asked.body as Parameters<typeof formOf>[0]);
    this.asked.push(asked);
    for (const wake of this.#waiting.splice(0)) wake();
    const refusal = this.refuse(asked);
    if (refusal !== undefined) return reply.code(409).send(refused(refusal));
    return this.answer(asked) ?? { warnings: [] };
  }

  #send(event: string, data: unknown): void {
    if (this.#isMute) return;
    for (const stream of this.#streams) stream.write(frame(event, data));
  }
}

/** As the daemon's own route does it. */
function formOf({ yaml, set = {} }: { readonly yaml: string; readonly set?: Readonly<Record<string, string>> }) {
  const changed = changeForm(yaml, set) ?? yaml;
  return { yaml: changed, fields: readForm(changed) ?? null };
}

const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const refused = (refusal: Partial<Refusing>): object => ({
  error: { message: refusal.code ?? '', hint: '', ...refusal },
});
