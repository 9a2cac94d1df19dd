// A call centre on a virtual clock whose agents work through the API alone: the real engine, store and server, simulated
// telephones. Requests take no virtual time; time passes only when a test lets it.

import { mkdtemp, rm } from 'node:fs/promises';
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
import { readStream, type Stream } from './event-stream.ts';

const MINUTE_MS = 60_000;
export const PASSWORD = 'correct horse battery';
export const TOKEN = 'x'.repeat(43);

export class DeskCentre {
  readonly rig: Rig;
  readonly url: string;
  /** Lines of the server's log, as text. */
  readonly logged: string[];
  #server: HttpServer;
  readonly #folder: string;

  private constructor(parts: { rig: Rig; server: HttpServer; folder: string; logged: string[] }) {
    this.rig = parts.rig;
    this.url = parts.server.url;
    this.logged = parts.logged;
    this.#server = parts.server;
    this.#folder = parts.folder;
  }

  /** As `kill -9` of the daemon and its next start: what was in memory alone is gone. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.#server.close();
    this.rig.killEngine();
    await this.rig.startEngine();
    this.#server = await serve({ rig: this.rig, folder: this.#folder, logged: this.logged, port });
    await this.rig.clock.runFor(1_000);
  }

  /** The campaign runs; no agent has a session. */
  static async open(options: RigOptions): Promise<DeskCentre> {
    const rig = await Rig.start(options);
    const folder = await mkdtemp(path.join(tmpdir(), 'outdial-desk-'));
    const logged: string[] = [];
    const server = await serve({ rig, folder, logged, port: 0 });
    const centre = new DeskCentre({ rig, server, folder, logged });
    await rig.startCampaign();
    return centre;
  }

  /** A user who is an agent; the phone is registered. */
  async agent(
    index: number,
  ): Promise<{ readonly agent: string; readonly name: string; readonly phone: SimulatedPhone }> {
    const agent = String(100 + index);
    const phone = this.rig.exchange.phone(`a${agent}`, { answers: 'at-once' });
    if (!phone) throw new Error(`the phone of ${agent} was not provisioned`);
    phone.register();
    const name = `eve${index}`;
    await this.admin('POST', '/api/users', { name, role: 'agent', agent, password: PASSWORD });
    return { agent, name, phone };
  }

  /** An agent at a browser, signed in. */
  async seat(index = 0): Promise<Seat> {
    const { agent, name, phone } = await this.agent(index);
    await this.rig.clock.runFor(1_000);
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

interface Served {
  readonly rig: Rig;
  readonly folder: string;
  readonly logged: string[];
  readonly port: number;
}

function serve({ rig, folder, logged, port }: Served): Promise<HttpServer> {
  const { clock, store } = rig;
  const refuse = (): never => {
    throw new Error('nothing is imported here');
  };
  return startHttp({
    host: '127.0.0.1',
    port,
    token: TOKEN,
    control: rig.engine,
    store,
    settings: settingsIn(folder, 0),
    clock,
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
  stream(after?: string): Promise<Stream> {
    return readStream(this.centre.url, this.browser, after);
  }
}

function writingLog(logged: string[]): Log {
  const write = (fields: object, message: string): number => logged.push(`${JSON.stringify(fields)} ${message}`);
  return { ...silentLog, info: write, warn: write, error: write, child: () => writingLog(logged) };
}
