// A call centre on a virtual clock whose agents work through the API alone: the real engine, store and server, simulated
// telephones. Requests take no virtual time; time passes only when a test lets it.

import { mkdtemp, rm } from 'node:fs/promises';
import { request as ask, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog, type Log } from '../../src/base/log.ts';
import { Emergencies } from '../../src/engine/campaigns/emergencies.ts';
import { startHttp, type HttpServer } from '../../src/http/server.ts';
import type { DeskAct, DeskWish } from '../../src/http/wire/desk-commands.ts';
import { deskView, type DeskView } from '../../src/http/wire/desk.ts';
import { readPhone } from '../../src/numbers/phone.ts';
import type { SimulatedPhone } from '../../src/sim/phone.ts';
import { Rig, type RigOptions } from '../support/rig.ts';
import { settingsIn } from './api.ts';
import { Browser, type BrowserAnswer } from './browser.ts';

const MINUTE_MS = 60_000;
const PASSWORD = 'correct horse battery';
export const TOKEN = 'x'.repeat(43);

export class DeskCentre {
  readonly rig: Rig;
  readonly url: string;
  /** Lines of the server's log, as text. */
  readonly logged: string[];
  readonly #server: HttpServer;
  readonly #folder: string;

  private constructor(parts: { rig: Rig; server: HttpServer; folder: string; logged: string[] }) {
    this.rig = parts.rig;
    this.url = parts.server.url;
    this.logged = parts.logged;
    this.#server = parts.server;
    this.#folder = parts.folder;
  }

  /** The campaign runs; no agent has a session. */
  static async open(options: RigOptions): Promise<DeskCentre> {
    const rig = await Rig.start(options);
    const folder = await mkdtemp(path.join(tmpdir(), 'outdial-desk-'));
    const logged: string[] = [];
    const { clock, store } = rig;
    const refuse = (): never => {
      throw new Error('nothing is imported here');
    };
    const server = await startHttp({
      ...{
        host: '127.0.0.1',
        port: 0,
        token: TOKEN,
        control: rig.engine,
        store,
        settings: settingsIn(folder, 0),
        clock,
      },
      campaigns: {
        all: () => [rig.campaign, ...rig.others].map((campaign) => ({ campaign, file: '', faults: [] })),
        check: refuse,
        warnings: () => Promise.resolve([]),
      },
      emergencies: new Emergencies(store.emergencies, { clock: systemClock, onChange: () => Promise.resolve() }),
      importer: { preview: refuse, run: refuse },
      numberImporter: refuse,
      readNumber: (text) => readPhone(text, 'US'),
      log: writingLog(logged),
    });
    const centre = new DeskCentre({ rig, server, folder, logged });
    await rig.startCampaign();
    return centre;
  }

  /** An agent at a browser, signed in; the phone is registered. */
  async seat(index = 0): Promise<Seat> {
    const agent = String(100 + index);
    const phone = this.rig.exchange.phone(`a${agent}`, { answers: 'at-once' });
    if (!phone) throw new Error(`the phone of ${agent} was not provisioned`);
    phone.register();
    await this.rig.clock.runFor(1_000);
    const name = `eve${index}`;
    await this.admin('POST', '/api/users', { name, role: 'agent', agent, password: PASSWORD });
    const browser = new Browser(this.url);
    expect((await browser.signIn(name, PASSWORD)).code).toBe(200);
    return new Seat({ centre: this, agent, phone, browser });
  }

  async admin(method: string, address: string, body?: unknown): Promise<{ code: number; body: unknown }> {
    const response = await fetch(`${this.url}${address}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { code: response.status, body: await response.json() };
  }

  async close(): Promise<void> {
    await this.#server.close();
    await this.rig.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface SeatParts {
  readonly centre: DeskCentre;
  readonly agent: string;
  readonly phone: SimulatedPhone;
  readonly browser: Browser;
}

export class Seat {
  readonly centre: DeskCentre;
  readonly agent: string;
  readonly phone: SimulatedPhone;
  readonly browser: Browser;
  #keys = 0;

  constructor({ centre, agent, phone, browser }: SeatParts) {
    this.centre = centre;
    this.agent = agent;
    this.phone = phone;
    this.browser = browser;
  }

  key(): string {
    this.#keys += 1;
    return `key-${this.agent}-${this.#keys}`;
  }

  async view(): Promise<DeskView> {
    const { code, body } = await this.browser.ask('GET', '/api/agent');
    expect(code).toBe(200);
    return deskView.parse(body);
  }

  send(command: unknown): Promise<BrowserAnswer> {
    return this.browser.ask('POST', '/api/agent/commands', command);
  }

  wish(wish: DeskWish, key = this.key()): Promise<BrowserAnswer> {
    return this.send({ key, wish });
  }

  /** On the interaction in hand, at the version that it has now. */
  async act(act: DeskAct, key = this.key()): Promise<BrowserAnswer> {
    const { interaction } = await this.view();
    return this.send({ key, interaction: interaction?.id ?? 'none', expects: interaction?.version ?? 0, act });
  }

  /** Opens the session, waits for the phone, and is ready. */
  async sitDown(): Promise<this> {
    const { name: campaign } = this.centre.rig.campaign;
    expect((await this.wish({ do: 'open-session', campaign, phone: { kind: 'account' } })).code).toBe(200);
    await this.until((view) => view.session?.phone.state === 'up');
    expect((await this.wish({ do: 'resume' })).code).toBe(200);
    return this;
  }

  /** Lets time pass until the view is so. */
  async until(isThere: (view: DeskView) => boolean, withinMs = 2 * MINUTE_MS): Promise<DeskView> {
    const { clock } = this.centre.rig;
    for (let passedMs = 0; passedMs <= withinMs; passedMs += 200) {
      const view = await this.view();
      if (isThere(view)) return view;
      await clock.runFor(200);
    }
    throw new Error(`not seen at the desk: ${JSON.stringify(await this.view())}`);
  }

  isIn(state: string): Promise<DeskView> {
    return this.until(({ interaction }) => (interaction?.state ?? 'none') === state);
  }

  /** The agent's stream; `after`: the id of the last event that was read. */
  async stream(after?: string): Promise<Stream> {
    const cookie = [...this.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, ...(after === undefined ? {} : { 'last-event-id': after }) };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      ask(new URL('/api/agent/stream', this.centre.url), { headers }, resolve).on('error', reject).end();
    });
    return new Stream(response);
  }
}

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** What came over a stream so far. */
export class Stream {
  readonly code: number;
  readonly events: StreamEvent[] = [];
  readonly ended: Promise<void>;
  readonly #response: IncomingMessage;
  readonly #watchers: ((event: StreamEvent) => void)[] = [];
  #wake: () => void = () => undefined;

  constructor(response: IncomingMessage) {
    this.code = response.statusCode ?? 0;
    this.#response = response;
    this.ended = this.#read();
  }

  async #read(): Promise<void> {
    let rest = '';
    try {
      for await (const bytes of this.#response) {
        const blocks = (rest + String(bytes)).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
        this.#wake();
      }
    } catch {
      // Cut off: it has ended.
    }
    this.#wake();
  }

  #take(block: string): void {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const data = field('data');
    if (data === undefined) return;
    const event = field('event') ?? 'message';
    const one = { id: field('id'), event, data: JSON.parse(data) as Record<string, unknown> };
    this.events.push(one);
    for (const watcher of this.#watchers) watcher(one);
  }

  /** Calls `watcher` with each event from now on, as it comes. */
  watch(watcher: (event: StreamEvent) => void): void {
    this.#watchers.push(watcher);
  }

  of(name: string): StreamEvent[] {
    return this.events.filter(({ event }) => event === name);
  }

  /** Waits, without letting virtual time pass, until such an event has come. */
  async has(name: string, isIt: (data: Record<string, unknown>) => boolean = () => true): Promise<StreamEvent> {
    for (;;) {
      const found = this.of(name).find(({ data }) => isIt(data));
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#response.destroy();
  }
}

function writingLog(logged: string[]): Log {
  const write = (fields: object, message: string): number => logged.push(`${JSON.stringify(fields)} ${message}`);
  return { ...silentLog, info: write, warn: write, error: write, child: () => writingLog(logged) };
}
