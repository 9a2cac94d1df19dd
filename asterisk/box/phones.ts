// SIP softphones for agents: baresip processes, each with any number of accounts, in the hands of tests and
// the demo: dial, answer, press keys, hang up, and wait for what happens. Nothing here knows outdial.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OperationalError } from '../../src/base/errors.ts';
import { commandsOf, type PhoneAddress, type PhoneCommand, type PhoneCommands } from './phone-commands.ts';
import { PhoneControl, type PhoneEvent } from './phone-control.ts';
import { end, isGone, signal, startDetached, type KnownProcess } from './processes.ts';
import { HOST } from './render.ts';
import { writeTone } from './tone-file.ts';

export interface PhoneAccount {
  readonly username: string;
  readonly password: string;
  /** Picks up by itself; false when left out. */
  readonly autoAnswer?: boolean;
  /** Pitch of the tone that this phone sends instead of a voice, Hz; 0 for silence; one of eight when left out. */
  readonly toneHz?: number;
}

export interface PhonesOptions {
  /** How long a call can last before the phone's tone is over and it hangs up, 10 minutes when left out; each call keeps its tone in memory, 16 kB a second. */
  readonly toneSeconds?: number;
  /** Time after which a registration is renewed; 60 s when left out. */
  readonly registerSeconds?: number;
  /** Registers over TLS and takes no call without SRTP; the box needs a certificate. */
  readonly encrypted?: boolean;
  /** Keeps what each call of its phones hears, as `*-dec.wav` in `dir`. */
  readonly record?: boolean;
}

export interface PhonesStart extends PhonesOptions {
  readonly accounts: readonly PhoneAccount[];
  readonly dir: string;
  /** host:port */
  readonly registrar: string;
  readonly controlPort: number;
  readonly sipPort: number;
  readonly rtp: readonly [number, number];
  /** Called with the process, so that it can be ended after a crash. */
  started(known: KnownProcess): void;
}

/** What can be waited for; `idle` is no call at all, `ringing` a call of ours that rings at the other end. */
export type PhoneCondition = 'registered' | 'refused' | 'incoming' | 'ringing' | 'established' | 'idle';

type CallState = 'incoming' | 'outgoing' | 'ringing' | 'established';

const CALL_STATES: Readonly<Record<string, CallState>> = {
  CALL_INCOMING: 'incoming',
  CALL_OUTGOING: 'outgoing',
  CALL_RINGING: 'ringing',
  CALL_PROGRESS: 'ringing',
  CALL_ESTABLISHED: 'established',
};

interface PhonePlace {
  readonly control: PhoneControl;
  readonly commands: PhoneCommands;
  readonly address: PhoneAddress;
}

export class Phone {
  readonly username: string;
  readonly toneHz: number;
  readonly #control: PhoneControl;
  readonly #commands: PhoneCommands;
  readonly #address: PhoneAddress;
  readonly #calls = new Map<string, CallState>();
  readonly #watchers = new Set<() => void>();
  #registration: 'none' | 'registered' | 'refused' = 'none';

  constructor(username: string, toneHz: number, at: PhonePlace) {
    this.username = username;
    this.toneHz = toneHz;
    this.#control = at.control;
    this.#commands = at.commands;
    this.#address = at.address;
  }

  /** Takes in what baresip says about this account. */
  observe(event: PhoneEvent): void {
    const state = CALL_STATES[event.type];
    const id = event.id ?? '';
    if (state !== undefined) this.#calls.set(id, state);
    else if (event.type === 'CALL_CLOSED') this.#calls.delete(id);
    else if (event.type === 'REGISTER_OK') this.#registration = 'registered';
    else if (event.type === 'REGISTER_FAIL') this.#registration = 'refused';
    else if (event.type === 'UNREGISTERING') this.#registration = 'none';
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Whether the condition holds now. */
  is(condition: PhoneCondition): boolean {
    if (condition === 'registered' || condition === 'refused') return this.#registration === condition;
    if (condition === 'idle') return this.#calls.size === 0;
    return [...this.#calls.values()].includes(condition);
  }

  /** Resolves when the condition holds, at once if it does already; refuses after `limitMs`. */
  until(condition: PhoneCondition, limitMs = 10_000): Promise<void> {
    if (this.is(condition)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const watcher = (): void => {
        if (!this.is(condition)) return;
        stop();
        resolve();
      };
      const timer = setTimeout(() => {
        stop();
        const now = `${this.#registration}, calls: ${[...this.#calls.values()].join(', ') || 'none'}`;
        const message = `phone ${this.username} is not ${condition} after ${limitMs} ms (${now})`;
        reject(new OperationalError('phone-timeout', message, { hint: 'The phones log has the SIP side of it.' }));
      }, limitMs);
      const stop = (): void => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
      };
      this.#watchers.add(watcher);
    });
  }

  /** Calls a number at the registrar, as *55. */
  async dial(number: string): Promise<void> {
    await this.#do(this.#commands.dial(this.#address, number));
  }

  /** Picks up a call that rings here. */
  async answer(): Promise<void> {
    await this.#do(this.#commands.answer(this.#address, this.#call('incoming')));
  }

  /** Ends the call, or turns it down when it rings here. */
  async hangUp(): Promise<void> {
    await this.#do(this.#commands.hangUp(this.#address, this.#call()));
  }

  /** Presses keys 0–9, * and # during a call, waiting for it to be established. */
  async press(keys: string): Promise<void> {
    await this.until('established');
    await this.#do(this.#commands.press(this.#address, this.#call(), keys));
  }

  /** Mutes the microphone, or unmutes it. */
  async mute(): Promise<void> {
    await this.#do(this.#commands.mute(this.#address, this.#call()));
  }

  /** The id of the newest call, or of the newest in that state; empty when there is none, baresip then says so. */
  #call(wanted?: CallState): string {
    const calls = [...this.#calls].filter(([, state]) => wanted === undefined || state === wanted);
    return calls.at(-1)?.[0] ?? '';
  }

  async #do(commands: readonly PhoneCommand[]): Promise<void> {
    await this.#control.run(...commands);
  }
}

export class Phones {
  readonly #phones = new Map<string, Phone>();
  readonly #start: PhonesStart;
  readonly #process: KnownProcess;
  #control: PhoneControl | undefined;

  constructor(start: PhonesStart, known: KnownProcess) {
    this.#start = start;
    this.#process = known;
  }

  /** Where the process has its files. */
  get dir(): string {
    return this.#start.dir;
  }

  /** Connects to the process and gives it the accounts; they register at once. */
  async open(): Promise<void> {
    const control = await PhoneControl.open(this.#start.controlPort, (event) => {
      const username = /^sips?:([^@]*)@/.exec(event.accountaor ?? '')?.[1];
      this.#phones.get(username ?? '')?.observe(event);
    });
    this.#control = control;
    const commands = commandsOf(await control.run(['about']));
    for (const account of this.#start.accounts) await this.#add(control, commands, account);
  }

  async #add(control: PhoneControl, commands: PhoneCommands, account: PhoneAccount): Promise<void> {
    const { registrar, dir, toneSeconds = 600, registerSeconds = 60, encrypted = false } = this.#start;
    const toneHz = account.toneHz ?? 400 + 100 * (this.#phones.size % 8);
    const tone = path.join(dir, `tone-${toneHz}.wav`);
    if (!existsSync(tone)) await writeTone(tone, toneHz, toneSeconds);
    const uri = `sip:${account.username}@${registrar}`;
    const address: PhoneAddress = { uri, position: this.#phones.size };
    this.#phones.set(account.username, new Phone(account.username, toneHz, { control, commands, address }));
    const line = [
      `<${uri}${encrypted ? ';transport=tls' : ''}>`,
      `auth_user=${account.username}`,
      `auth_pass=${account.password}`,
      `answermode=${account.autoAnswer === true ? 'auto' : 'manual'}`,
      `regint=${registerSeconds}`,
      `audio_source=aufile,${tone}`,
      ...(encrypted ? ['mediaenc=srtp-mand'] : []),
    ];
    await control.run(['uanew', line.join(';')]);
  }

  /** The phone of an account given at the start. */
  phone(username: string): Phone {
    const phone = this.#phones.get(username);
    if (!phone)
      throw new OperationalError('no-such-phone', `no phone ${username} here`, { hint: 'Name one of the accounts.' });
    return phone;
  }

  /** All phones, in the order of their accounts. */
  all(): Phone[] {
    return [...this.#phones.values()];
  }

  /** Resolves when every phone is registered. */
  async registered(limitMs = 10_000): Promise<void> {
    await Promise.all(this.all().map((phone) => phone.until('registered', limitMs)));
  }

  /** kill -9: calls stay up at the other end, no BYE, no audio. */
  async kill(): Promise<void> {
    this.disconnect();
    signal(this.#process, 'SIGKILL');
    await isGone(this.#process, 5000);
  }

  /** Hangs up, signs off and ends the process. */
  async stop(): Promise<void> {
    this.disconnect();
    await end(this.#process);
  }

  /** Lets the control connection go; the phones live on. */
  disconnect(): void {
    this.#control?.close();
  }
}

const MODULES = ['g711', 'srtp', 'aubridge', 'aufile', 'uuid', 'account', 'menu', 'ctrl_tcp'];

function writeConfig(start: PhonesStart): void {
  const lines = [
    `sip_listen ${HOST}:${start.sipPort}`,
    `rtp_ports ${start.rtp[0]}-${start.rtp[1]}`,
    `ctrl_tcp_listen ${HOST}:${start.controlPort}`,
    'call_max_calls 0',
    'call_local_timeout 300',
    'call_hold_other_calls no', // one account's call is nothing to another's
    // No source is bridged to this player: what is heard goes nowhere. (aufile's own player crashes now and then.)
    'audio_player aubridge,nowhere',
    'audio_alert none,none',
    ...[...MODULES, ...(start.record === true ? ['sndfile'] : [])].map((name) => `module ${name}.so`),
    ...(start.record === true ? [`snd_path ${start.dir}`] : []),
    'module_path /usr/lib/baresip/modules',
  ];
  mkdirSync(start.dir, { recursive: true });
  writeFileSync(path.join(start.dir, 'config'), `${lines.join('\n')}\n`);
  for (const empty of ['accounts', 'contacts']) writeFileSync(path.join(start.dir, empty), '');
}

/** Starts a softphone process with these accounts; resolves when it can be commanded, before they have registered. */
export async function startPhones(start: PhonesStart): Promise<Phones> {
  writeConfig(start);
  const known = startDetached('phones', ['baresip', ['-f', start.dir]], path.join(start.dir, 'phones.log'));
  start.started(known);
  const phones = new Phones(start, known);
  await phones.open();
  return phones;
}
