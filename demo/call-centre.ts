// A whole call centre on this machine: the network in a box, the daemon as a process of its own, agents with SIP
// phones. The demo shows it; tests and benchmarks put it under load and break it.

import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PbxAddress } from '../asterisk/box/address.ts';
import { startBox, type Box } from '../asterisk/box.ts';
import { population } from '../asterisk/box/numbers.ts';
import type { Phone, PhonesOptions } from '../asterisk/box/phones.ts';
import type { PeerTrunk } from '../asterisk/box/trunks.ts';
import { connectDaemon, type DaemonClient } from '../src/cli/daemon-client.ts';
import { loadSettings } from '../src/config/load-settings.ts';
import type { Settings } from '../src/config/settings.ts';
import { agentView, campaignView } from '../src/http/wire/wire.ts';
import type { Store } from '../src/engine/store/store.ts';
import { credentials } from '../src/http/wire/agents.ts';
import { importJob } from '../src/http/wire/imports.ts';
import { openStore } from '../src/store/open.ts';
import { RobotAgent } from './robot-agent.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
export const CAMPAIGN = 'demo';
const PIN = '4711';
/** Agents who sign in at the same time. */
const AT_ONCE = 5;

export interface CallCentreOptions {
  readonly agents: number;
  readonly records: number;
  readonly seed: number;
  /** Replaces the carrier's dialplan. */
  readonly carrierDir?: string;
  /** Global variables of that dialplan. */
  readonly carrierGlobals?: Readonly<Record<string, string>>;
  /** Trunks besides `main`, which leads to the box's own network; campaigns name them. */
  readonly trunks?: readonly PeerTrunk[];
  /** Multiplies how long called people talk. */
  readonly talkScale?: number;
  /** Lines of the campaign's YAML that replace those of the same key. */
  readonly campaign?: Readonly<Record<string, string>>;
  /** Numbers to call instead of the mixed population's. */
  readonly numbers?: readonly string[];
  /** The list of people as CSV, from their numbers. */
  readonly people?: (numbers: readonly string[]) => string;
  /** The telephone network records what called people hear. */
  readonly record?: boolean;
  /** Where the daemon finds ARI and AMI when not at the box itself: the near ends of cables that a test can cut. */
  readonly link?: (pbx: PbxAddress) => Promise<LinkAddress>;
  /** More of the daemon's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** How the agents' softphones are started. */
  readonly phones?: PhonesOptions;
  /** Agents hear campaigns, dispositions and pause reasons by name, made by this command. */
  readonly speech?: readonly string[];
  /** `store:` of the settings; default an SQLite file in the folder. */
  readonly store?: string;
  /** Mean wrap-up of the agents, ms. */
  readonly wrapUpMs?: number;
  /** Tells what is being done. */
  readonly say?: (text: string) => void;
}

type LinkAddress = Pick<PbxAddress, 'ariUrl' | 'amiHost' | 'amiPort'>;

/** What a call centre is made in. */
interface Place {
  readonly box: Box;
  readonly dir: string;
  readonly link: LinkAddress;
}

export class CallCentre {
  readonly box: Box;
  readonly dir: string;
  readonly settingsFile: string;
  readonly settings: Settings;
  readonly robots: RobotAgent[] = [];
  readonly #options: CallCentreOptions;
  #daemon: ChildProcess | undefined;
  #client: DaemonClient | undefined;
  #looking: Promise<Store> | undefined;

  constructor({ box, dir, link }: Place, options: CallCentreOptions) {
    this.box = box;
    this.dir = dir;
    this.#options = options;
    this.settingsFile = path.join(dir, 'outdial.yaml');
    writeFileSync(this.settingsFile, settingsYaml({ box, dir, link }, options), { mode: 0o600 });
    this.settings = loadSettings(this.settingsFile);
    mkdirSync(path.join(dir, 'campaigns'), { recursive: true });
    writeFileSync(path.join(dir, 'campaigns', `${CAMPAIGN}.yaml`), campaignYaml(options.campaign ?? {}));
    const numbers = options.numbers ?? population(options.seed, options.records);
    writeFileSync(path.join(dir, 'people.csv'), (options.people ?? peopleCsv)(numbers));
  }

  get client(): DaemonClient {
    if (!this.#client) throw new Error('the daemon has not been started');
    return this.#client;
  }

  get daemonPid(): number | undefined {
    return this.#daemon?.pid;
  }

  /** Starts the daemon and waits until it is ready; rejects with its last words when it ends instead. */
  async startDaemon(): Promise<void> {
    const log = createWriteStream(path.join(this.dir, 'daemon.log'), { flags: 'a' });
    const daemon = spawn(path.join(ROOT, 'bin', 'outdial'), ['run', '--config', this.settingsFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...this.#options.env },
    });
    this.#daemon = daemon;
    let lastWords = '';
    daemon.stderr.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2000);
      log.write(chunk);
    });
    const ended = new Promise<never>((_resolve, reject) => {
      daemon.once('exit', (code) => reject(new Error(`the daemon ended with ${code}: ${lastWords}`)));
    });
    ended.catch(() => undefined);
    await Promise.race([ended, this.#untilReady()]);
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      try {
        this.#client = await connectDaemon(this.settings);
        const now = await this.#client.health();
        if (now.ready) return;
        throw new Error(`the daemon is not ready: ${JSON.stringify(now)}`);
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      await pause(100);
    }
  }

  /** Everything in the daemon stands still, and it notices nothing. */
  freezeDaemon(): void {
    this.#daemon?.kill('SIGSTOP');
  }

  thawDaemon(): void {
    this.#daemon?.kill('SIGCONT');
  }

  /** Ends the daemon: SIGTERM lets live conversations finish, SIGKILL is a crash. Resolves when it is gone. */
  async endDaemon(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const daemon = this.#daemon;
    if (!daemon || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      daemon.once('exit', () => resolve());
    });
    daemon.kill(signal);
    await gone;
  }

  /** Makes the agents, registers their phones and lets each sign in by phone and get ready. */
  async staff(): Promise<void> {
    const { agents, say = () => undefined } = this.#options;
    say(`making ${agents} agents and their SIP accounts in Asterisk`);
    const accounts = [];
    for (let i = 0; i < agents; i += 1) {
      const body = { number: String(101 + i), name: `Agent ${101 + i}`, groups: ['team'], pin: PIN };
      accounts.push(await this.client.post(credentials, '/agents', body));
    }
    say('registering their softphones');
    const phones = await this.box.startPhones(
      accounts.map(({ account, sipPassword }) => ({ username: account, password: sipPassword, autoAnswer: true })),
      this.#options.phones,
    );
    const seats = accounts.map(({ number, account }) => ({ number, phone: phones.phone(account) }));
    await Promise.all(seats.map(({ phone }) => phone.until('registered', 20_000)));
    say('signing the agents in by phone: *55, number, PIN');
    // A few at a time: what one process of softphones is sent for one call may reach another that begins just then.
    for (let first = 0; first < seats.length; first += AT_ONCE) {
      const group = seats.slice(first, first + AT_ONCE);
      await Promise.all(group.map((seat, index) => this.#signIn(seat, first + index)));
    }
  }

  async #signIn(seat: { readonly number: string; readonly phone: Phone }, index: number): Promise<void> {
    const robot = new RobotAgent({
      ...seat,
      pin: PIN,
      signInCode: this.settings.agents.signInCode,
      dispositionKeys: ['1', '2', '3'],
      wrapUpMs: this.#options.wrapUpMs ?? 3_000,
      seed: this.#options.seed * 1000 + index,
    });
    this.robots.push(robot);
    await pause((index % AT_ONCE) * 60);
    await robot.signIn(() => this.#agentState(seat.number));
  }

  async #agentState(number: string): Promise<string> {
    return (await this.client.get(agentView, `/agents/${number}`)).state;
  }

  /** Imports the people and approves the campaign: agents may join it now. */
  async prepareCampaign(): Promise<void> {
    const { say = () => undefined } = this.#options;
    say('importing the list');
    const file = path.join(this.dir, 'people.csv');
    let job = await this.client.post(importJob, '/imports', { file, list: 'people', duplicates: 'skip', columns: {} });
    while (job.state === 'running') {
      await pause(50);
      job = await this.client.get(importJob, `/imports/${job.id}`);
    }
    if (job.error) throw new Error(`${job.error.code}: ${job.error.message}`);
    say('approving the campaign');
    await this.act('approve');
  }

  async act(action: 'approve' | 'start' | 'pause' | 'resume' | 'stop'): Promise<void> {
    await this.client.post(campaignView, `/campaigns/${CAMPAIGN}/${action}`);
  }

  /** Robots press the keys that agents would, from the daemon's live events; ends with the signal. */
  async work(signal: AbortSignal): Promise<void> {
    const byNumber = new Map(this.robots.map((robot) => [robot.number, robot]));
    while (!signal.aborted) {
      try {
        for (const { number, state } of await this.client.get(agentView.array(), '/agents'))
          byNumber.get(number)?.sees(state);
        for await (const { data } of this.client.live({}, signal)) {
          const event = data as { type?: string; agent?: { number?: string; state?: string } };
          if (event.type === 'agent') byNumber.get(event.agent?.number ?? '')?.sees(event.agent?.state ?? '');
        }
      } catch {
        if (!isOver(signal)) await pause(500); // the daemon is away for a moment: agents wait too
      }
    }
  }

  /** Asks the store, which the daemon may work on or not; it stays open for the next question unless this one fails. */
  async look<T>(question: (store: Store) => Promise<T>): Promise<T> {
    try {
      return await question(await (this.#looking ??= openStore(this.settings.store, { readOnly: true })));
    } catch (error) {
      await this.#lookAway();
      throw error;
    }
  }

  async #lookAway(): Promise<void> {
    const looking = this.#looking;
    this.#looking = undefined;
    await looking?.then(
      (store) => store.close(),
      () => undefined, // it was never open, which was told to who asked
    );
  }

  /** Takes everything down and removes what was written. */
  async close(): Promise<void> {
    for (const robot of this.robots) robot.goHome();
    await this.#lookAway();
    await this.endDaemon('SIGKILL');
    await this.box.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Brings the box up and writes settings, campaign and list; the daemon is started by the caller. */
export async function openCallCentre(options: CallCentreOptions): Promise<CallCentre> {
  options.say?.('starting two Asterisks: ours and the telephone network');
  const box = await startBox({
    seed: options.seed,
    talkScale: options.talkScale ?? 1,
    record: options.record ?? false,
    trunks: options.trunks ?? [],
    ...(options.carrierDir === undefined ? {} : { carrierDir: options.carrierDir }),
    ...(options.carrierGlobals === undefined ? {} : { carrierGlobals: options.carrierGlobals }),
  });
  const link = (await options.link?.(box.pbx)) ?? box.pbx;
  return new CallCentre({ box, dir: mkdtempSync(path.join(tmpdir(), 'outdial-demo-')), link }, options);
}

const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** Waits so long, or until `over`. */
export function pause(ms: number, over?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    over?.addEventListener('abort', end, { once: true });
  });
}

function settingsYaml(
  { box, dir, link }: Place,
  { store, speech }: Pick<CallCentreOptions, 'store' | 'speech'>,
): string {
  const { pbx } = box;
  const trunks = [{ name: 'main', endpoint: pbx.trunk }, ...pbx.peers].map(trunkYaml).join('');
  return `store: "${store ?? `sqlite:${path.join(dir, 'outdial.db')}`}"
asterisk:
  app: ${pbx.app}
  ari: {url: "${link.ariUrl}", user: ${pbx.ariUser}, password: "${pbx.ariPassword}"}
  ami: {host: ${link.amiHost}, port: ${link.amiPort}, user: ${pbx.amiUser}, secret: "${pbx.amiSecret}"}
  cdr_file: ${pbx.cdrFile}
  sip_mirror: ${pbx.sipMirror}
trunks:
${trunks}http: {port: ${box.portBase + 480}, token_file: ${path.join(dir, 'token')}}
files: {roots: [${dir}]}
folders: {campaigns: ${path.join(dir, 'campaigns')}}
recordings: {folder: ${pbx.recordingsDir}}
${speech ? `speech: {folder: ${pbx.names.folder}, sounds: ${pbx.names.sounds}, command: ${JSON.stringify(speech)}}\n` : ''}drain: 60s
`;
}

function trunkYaml({ name, endpoint }: { readonly name: string; readonly endpoint: string }): string {
  return `  - {name: ${name}, endpoint: ${endpoint}, max_lines: 300, max_calls_per_second: 200, attempt_header: X-Outdial-Attempt}\n`;
}

const CAMPAIGN_KEYS: Readonly<Record<string, string>> = {
  description: 'A predictive campaign on a real telephone network',
  mode: 'predictive',
  lists: '[people]',
  agents: '[team]',
  trunk: 'main',
  caller_ids: '{choose: fixed, numbers: ["+12125550100"]}',
  pacing: '{abandon_target: 3%, ring: 20s, min_ring: 15s, max_lines: 60, max_calls_per_second: 20}',
  answer: '{detection: parallel, on_machine: hang-up, no_agent: {after: 2s, play: outdial/abandon}}',
  attempts: '{max: 3, per_day: 3}',
  call_again: '[{when: result == "busy", after: 10m}, {when: result == "no-answer", after: 4h}]',
  wrap_up: '{limit: 20s, disposition: required, over: ready}',
  dispositions:
    '[{code: sale, label: Sold, key: 1}, {code: call-later, label: Call later, key: 2}, {code: no, label: Not interested, key: 3}]',
};

function campaignYaml(changes: Readonly<Record<string, string>>): string {
  const keys = Object.entries({ ...CAMPAIGN_KEYS, ...changes }).map(([key, value]) => `${key}: ${value}`);
  return [`campaign: ${CAMPAIGN}`, ...keys, ''].join('\n');
}

function peopleCsv(numbers: readonly string[]): string {
  const rows = numbers.map((number, index) => `Person ${index + 1},${number},${['north', 'south'][index % 2] ?? ''}`);
  return ['name,mobile phone,region', ...rows, ''].join('\n');
}
