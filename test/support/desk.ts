// A desk in a real call centre: one box, one daemon, and campaigns, lists and agents that each test makes for itself.

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Phone, Phones, PhonesOptions } from '../../asterisk/box/phones.ts';
import { openCallCentre, type CallCentre, type CallCentreOptions } from '../../demo/call-centre.ts';
import { attemptsOf } from '../../demo/figures.ts';
import type { AttemptRow } from '../../src/engine/store/attempts.ts';
import { agentView, campaignDetails, campaignView } from '../../src/http/wire/wire.ts';
import { credentials } from '../../src/http/wire/agents.ts';
import { importJob } from '../../src/http/wire/imports.ts';
import { until } from './until.ts';

/** An agent with a registered phone. */
export interface DeskAgent {
  readonly number: string;
  readonly pin: string;
  readonly phone: Phone;
  /** The process that the phone runs in, and what it registers with. */
  readonly phones: Phones;
  readonly account: string;
  readonly sipPassword: string;
}

const LIMIT_MS = 60_000;
const OUTDIAL = path.resolve(import.meta.dirname, '../../bin/outdial');

/** What a campaign of a test has unless it says otherwise; each key one line of YAML. */
const USUAL: Readonly<Record<string, string>> = {
  mode: 'progressive',
  trunk: 'main',
  caller_ids: '{choose: fixed, numbers: ["+12125550100"]}',
  pacing: '{ring: 20s, min_ring: 15s, max_lines: 20, max_calls_per_second: 20}',
  answer: '{detection: off, no_agent: {after: 2s, play: outdial/abandon}}',
  wrap_up: '{limit: 30s, disposition: required, over: ready}',
  dispositions: '[{code: sale, label: Sold, key: 1}, {code: no, label: Not interested, key: 2}]',
  pause_reasons: '[{code: break, label: Break, key: 1}, {code: lunch, label: Lunch, key: 2}]',
};

export class Desk {
  readonly centre: CallCentre;
  #agents = 0;
  /** The daemon imports one list at a time. */
  #importing: Promise<void> = Promise.resolve();

  private constructor(centre: CallCentre) {
    this.centre = centre;
  }

  static async open(options: Partial<CallCentreOptions> = {}): Promise<Desk> {
    const centre = await openCallCentre({ agents: 0, records: 0, seed: 1, numbers: [], ...options });
    await centre.startDaemon().catch(async (error: unknown) => {
      await centre.close();
      throw error;
    });
    return new Desk(centre);
  }

  /** Writes a campaign's file, as an admin would, and waits until the daemon knows it; its agents are group and list of its name. */
  async campaign(name: string, changes: Readonly<Record<string, string>> = {}): Promise<void> {
    this.write(name, { description: `Test ${name}`, lists: `[${name}]`, agents: `[${name}]`, ...changes });
    await until(`campaign ${name} is known`, () => this.show(name), LIMIT_MS);
  }

  /** Replaces a campaign's file; says nothing of what becomes of it. */
  write(name: string, changes: Readonly<Record<string, string>>): void {
    const keys = Object.entries({ ...USUAL, lists: `[${name}]`, agents: `[${name}]`, ...changes });
    writeFileSync(this.fileOf(name), [`campaign: ${name}`, ...keys.map((key) => key.join(': ')), ''].join('\n'));
  }

  fileOf(name: string): string {
    return path.join(this.centre.dir, 'campaigns', `${name}.yaml`);
  }

  /** Imports people with these numbers (`mobile,home` of who has two) into a list, after those of tests that run beside this one. */
  list(name: string, numbers: readonly string[]): Promise<void> {
    const imported = this.#importing.then(() => this.#import(name, numbers));
    this.#importing = imported.catch(() => undefined);
    return imported;
  }

  async #import(name: string, numbers: readonly string[]): Promise<void> {
    const file = path.join(this.centre.dir, `${name}.csv`);
    const rows = numbers.map((number, index) => `Person ${index + 1},${number}`);
    const columns = numbers.some((number) => number.includes(','))
      ? 'name,mobile phone,home phone'
      : 'name,mobile phone';
    writeFileSync(file, [columns, ...rows, ''].join('\n'));
    const body = { file, list: name, duplicates: 'skip', columns: {} };
    const { id } = await this.centre.client.post(importJob, '/imports', body);
    await until(
      `list ${name} is imported`,
      async () => {
        const job = await this.centre.client.get(importJob, `/imports/${id}`);
        if (job.error) throw new Error(job.error.message);
        return job.state === 'running' ? undefined : true;
      },
      LIMIT_MS,
    );
  }

  /** A campaign with its list, approved; not yet started. */
  async ready(name: string, numbers: readonly string[], changes: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.list(name, numbers);
    await this.campaign(name, changes);
    await this.act(name, 'approve');
  }

  async act(name: string, action: 'approve' | 'start' | 'pause' | 'resume' | 'stop'): Promise<void> {
    await this.centre.client.post(campaignView, `/campaigns/${name}/${action}`);
  }

  async show(name: string) {
    return this.centre.client.get(campaignDetails, `/campaigns/${name}`);
  }

  /** A new agent of a campaign, with a phone of its own that picks up by itself. */
  async agent(campaign: string, options: PhonesOptions = {}): Promise<DeskAgent> {
    this.#agents += 1;
    const number = String(200 + this.#agents);
    const body = { number, name: `Agent ${number}`, groups: [campaign], pin: '4711' };
    const { account, sipPassword } = await this.centre.client.post(credentials, '/agents', body);
    const accounts = [{ username: account, password: sipPassword, autoAnswer: true }];
    const phones = await this.centre.box.startPhones(accounts, options);
    await phones.registered();
    return { number, pin: '4711', phone: phones.phone(account), phones, account, sipPassword };
  }

  /** Dials the code and types number and PIN. */
  async typeIn({ number, phone }: DeskAgent, pin: string): Promise<void> {
    if (!phone.is('established')) {
      await phone.dial(this.centre.settings.agents.signInCode);
      await phone.until('established');
    }
    await phone.press(`${number}#`);
    await phone.press(`${pin}#`);
  }

  /** An agent of the campaign, signed in by phone and ready. */
  async readyAgent(campaign: string, options: PhonesOptions = {}): Promise<DeskAgent> {
    const agent = await this.agent(campaign, options);
    await this.typeIn(agent, agent.pin);
    // The exchange drops audio until it has learned where it comes from, and keys with it: typed again, as a person would.
    await this.isIn(agent, 'paused', undefined, 8000).catch(() => this.typeIn(agent, agent.pin));
    await this.isIn(agent, 'paused');
    await agent.phone.press('1');
    await this.isIn(agent, 'ready');
    return agent;
  }

  async view({ number }: DeskAgent) {
    return this.centre.client.get(agentView, `/agents/${number}`);
  }

  /** Resolves when the agent is in that state (for that reason). */
  async isIn(agent: DeskAgent, state: string, reason?: string, limitMs = LIMIT_MS): Promise<void> {
    let now = '';
    await until(
      () => `agent ${agent.number} is ${state} ${reason ?? ''}; is ${now}`,
      async () => {
        const view = await this.view(agent);
        now = `${view.state} ${view.reason ?? ''}`;
        return view.state === state && (reason === undefined || view.reason === reason) ? true : undefined;
      },
      limitMs,
    );
  }

  async attempts(campaign: string): Promise<readonly AttemptRow[]> {
    return (await attemptsOf(this.centre)).filter((row) => row.campaign === campaign);
  }

  /** The campaign's attempts once that many are over. */
  async ended(campaign: string, count: number, limitMs = LIMIT_MS): Promise<readonly AttemptRow[]> {
    let rows: readonly AttemptRow[] = [];
    return until(
      () => `${count} attempts of ${campaign} are over: ${JSON.stringify(rows)}`,
      async () => {
        rows = await this.attempts(campaign);
        return rows.filter(({ result }) => result !== null).length >= count ? rows : undefined;
      },
      limitMs,
    );
  }

  /** The command line: exit code and its JSON. */
  cli(...args: readonly string[]): Promise<{ readonly code: number; readonly json: unknown }> {
    const words = [...args, '--json', '--config', this.centre.settingsFile];
    return new Promise((resolve, reject) => {
      execFile(OUTDIAL, words, { timeout: 60_000 }, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code);
        try {
          resolve({ code, json: JSON.parse(stdout) as unknown });
        } catch {
          reject(new Error(`outdial ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`));
        }
      });
    });
  }

  /** What the person of an attempt heard, 8000 samples a second from the answer on; the box must record. */
  heard({ attempt }: Pick<AttemptRow, 'attempt'>): Int16Array {
    return this.#recording(`${attempt}.wav`);
  }

  /** What the person of an attempt said, for as long as the other recording. */
  said({ attempt }: Pick<AttemptRow, 'attempt'>): Int16Array {
    return this.#recording(`${attempt}-said.wav`);
  }

  #recording(name: string): Int16Array {
    const wave = readFileSync(path.join(this.centre.box.carrier.recordingsDir, name));
    const samples = wave.subarray(44);
    return new Int16Array(samples.buffer.slice(samples.byteOffset, samples.byteOffset + (samples.length & ~1)));
  }

  close(): Promise<void> {
    return this.centre.close();
  }
}
