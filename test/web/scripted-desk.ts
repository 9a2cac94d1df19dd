// A desk whose server says what the test wants: the real pages from the real route, and behind them the contract of
// src/http/wire with a view that the test sets. Commands are noted and answered as the test says.

import fastify from 'fastify';
import type { ServerResponse } from 'node:http';
import type { DeskCommand } from '../../src/http/wire/desk-commands.ts';
import type { DeskChange, DeskView } from '../../src/http/wire/desk.ts';
import { pages } from '../../src/http/pages.ts';
import { builtPages } from './built.ts';
import { aView } from './views.ts';

interface Refusing {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly missing?: readonly { readonly code: string; readonly message: string }[];
}

type DeskCall = NonNullable<DeskView['call']>;
type Answering = (command: DeskCommand) => Refusing | undefined | 'silence';

export class ScriptedDesk {
  view: DeskView = aView();
  /** Null: none is signed in. */
  user: { readonly name: string; readonly agent?: string } | null = { name: 'eve', agent: '101' };
  readonly commands: DeskCommand[] = [];
  /** Answers of GET by path, such as the pages of campaigns. */
  readonly gets = new Map<string, unknown>();
  script: unknown = null;
  callbackTimes: (query: { readonly date?: string }) => unknown = () => undefined;
  /** What GET /api/agent/call/agents answers. */
  colleagues: unknown = [];
  timeline: unknown = [];
  readonly orders: string[] = [];
  /** What was sent with an order. */
  readonly orderBodies: unknown[] = [];
  onOrder: (order: string) => Partial<DeskCall> | null | 'silence' = () => ({});
  readonly scriptActs: unknown[] = [];
  onScript: (act: unknown) => void = () => undefined;
  /** Undefined: it is done. */
  answer: Answering = () => undefined;
  url = '';
  readonly #api = fastify({ forceCloseConnections: true });
  readonly #streams = new Set<ServerResponse>();
  #beats: ReturnType<typeof setInterval> | undefined;
  #isMute = false;
  #waiting: (() => void)[] = [];

  static async start(): Promise<ScriptedDesk> {
    const desk = new ScriptedDesk();
    pages(desk.#api, await builtPages());
    desk.#routes();
    desk.url = await desk.#api.listen({ host: '127.0.0.1', port: 0 });
    desk.#beats = setInterval(() => desk.#send('beat', { at: Date.now(), version: desk.view.version }), 500);
    return desk;
  }

  /** Sets sections of the view and tells every page. */
  show(change: Partial<DeskView>): void {
    const at = Date.now();
    const stamped: DeskChange = { ...change, at, version: this.view.version + 1 };
    this.view = { ...this.view, ...stamped } as DeskView;
    this.#send('change', stamped);
  }

  /** No word comes any more, though the connection stands. */
  mute(isMute: boolean): void {
    this.#isMute = isMute;
  }

  cut(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  takeOver(): void {
    this.#send('taken-over', { at: Date.now(), agent: '101' });
    for (const stream of this.#streams) stream.end();
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** The next command that fits. */
  async awaitCommand(what: string): Promise<DeskCommand> {
    const found = (): DeskCommand | undefined => this.commands.find((one) => whatOf(one) === what);
    while (found() === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return found() as DeskCommand;
  }

  did(what: string): readonly DeskCommand[] {
    return this.commands.filter((one) => whatOf(one) === what);
  }

  async close(): Promise<void> {
    clearInterval(this.#beats);
    this.cut();
    await this.#api.close();
  }

  #routes(): void {
    const api = this.#api;
    api.get('/api/session', (_request, reply) =>
      this.user
        ? { who: `user:${this.user.name}`, kind: 'user', rights: ['work'], ...this.user }
        : reply.code(401).send(refused('token-wrong')),
    );
    api.post('/api/session', (request, reply) => {
      const { user, password } = request.body as { user: string; password: string };
      if (password !== 'correct horse battery')
        return reply.code(401).send(refused('sign-in-wrong', 'The name or the password is wrong.', 'Try again.'));
      this.user = { name: user, agent: '101' };
      return { who: `user:${user}`, kind: 'user', rights: ['work'], ...this.user };
    });
    api.delete('/api/session', () => {
      this.user = null;
      return { signedOut: 1 };
    });
    api.get('/api/agent', (_request, reply) =>
      this.user ? this.view : reply.code(401).send(refused('session-ended')),
    );
    api.get('/api/agent/stream', (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      if (!this.user) return void raw.writeHead(401).end();
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      // Of two windows the newer has it, as with the real server.
      this.takeOver();
      this.#streams.add(raw);
      request.raw.on('close', () => this.#streams.delete(raw));
      raw.write(frame('state', { ...this.view, at: Date.now() }));
    });
    api.post('/api/agent/commands', (request, reply) => this.#command(request.body as DeskCommand, reply));
    api.get('/api/agent/call/agents', () => this.colleagues);
    api.post('/api/agent/phone', (_request, reply) =>
      reply.code(503).send(refused('asterisk-unreachable', 'There is no link to Asterisk.', 'It is tried again.')),
    );
    api.post('/api/agent/call/:order', (request) => {
      const { order } = request.params as { order: string };
      this.orders.push(order);
      this.orderBodies.push(request.body);
      const change = this.onOrder(order);
      if (change === 'silence') return new Promise(() => undefined);
      const { call } = this.view;
      this.show({ call: change === null || call === null ? null : { ...call, ...change } });
      return { call: this.view.call };
    });
    api.get('/api/agent/callback-times', (request) => this.callbackTimes(request.query as { date?: string }));
    api.get('/api/agent/contacts/:id/timeline', () => this.timeline);
    api.get('/api/agent/script', (_request, reply) => this.script ?? reply.code(404).send(refused('script-none')));
    api.post('/api/agent/script', (request) => {
      const { act } = request.body as { act: unknown };
      this.scriptActs.push(act);
      this.onScript(act);
      return this.script;
    });
    api.get(
      '/api/agent/*',
      (request, reply) => this.gets.get(request.url) ?? reply.code(404).send(refused('route-unknown')),
    );
  }

  #command(command: DeskCommand, reply: { code(code: number): { send(body: unknown): unknown } }): unknown {
    const isRepeated = this.commands.some(({ key }) => key === command.key);
    if (!isRepeated) this.commands.push(command);
    for (const wake of this.#waiting.splice(0)) wake();
    const answer = this.answer(command);
    if (answer === 'silence') return new Promise(() => undefined);
    if (answer !== undefined) {
      const { code, message, hint, missing = [] } = answer;
      return reply.code(409).send({ answer: 'refused', error: { code, message, hint }, missing, view: this.view });
    }
    if (!isRepeated) this.#carryOut(command);
    return { answer: isRepeated ? 'repeated' : 'done', view: { ...this.view, at: Date.now() } };
  }

  /** Notes, half-typed forms, outcomes and dismissed notices are as the real server has them; everything else is the test's to say. */
  #carryOut(command: DeskCommand): void {
    const one = this.view.interaction;
    if ('wish' in command) {
      const { wish } = command;
      if (wish.do === 'dismiss-notice')
        this.show({ notices: this.view.notices.filter(({ id }) => id !== wish.notice) });
      return;
    }
    if (one === null || command.interaction !== one.id) return;
    const { act } = command;
    if (act.do === 'write-notes') {
      this.show({ interaction: { ...one, notes: { text: act.text, version: one.notes.version + 1, at: Date.now() } } });
    }
    if (act.do === 'keep-form') {
      const { form, inputs, base } = act;
      const others = this.view.forms.filter((kept) => kept.form !== form);
      this.show({ forms: [...others, { form, inputs, version: base + 1 }] });
    }
    if (act.do === 'dispose') {
      const { code, reason = null, phone = null } = act;
      const missing = one.missing.filter((gap) => gap.code !== 'disposition');
      this.show({ interaction: { ...one, version: one.version + 1, missing, disposition: { code, reason, phone } } });
    }
  }

  #send(event: string, data: unknown): void {
    if (this.#isMute) return;
    for (const stream of this.#streams) stream.write(frame(event, data));
  }
}

const whatOf = (command: DeskCommand): string => ('wish' in command ? command.wish.do : command.act.do);
const frame = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
const refused = (code: string, message = code, hint = ''): object => ({ error: { code, message, hint } });
