// The manager link to Asterisk, for what ARI does not report: phones and trunks coming and going, the dialplan.
// The only file that knows asterisk-manager, whose faults it keeps in: actions that are never answered, a wrong
// password that is not reported, leftovers of a dropped connection, CR LF that injects a second action, console output.

import createManager, { type Manager, type ManagerMessage } from 'asterisk-manager';
import { backoffMs } from '../base/backoff.ts';
import { defined } from '../base/defined.ts';
import { OperationalError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { field, type AmiFields } from './ami-events.ts';
import { faultOf, traceOf } from './fault.ts';
import { firstConnection } from './first-connection.ts';
import { within } from './within.ts';

export interface AmiLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly secret: string;
  readonly log: Log;
  /** Waits for an Asterisk that is not there, and reports this once; absent: refused after 6 s. */
  readonly onWait?: (error: unknown) => void;
}

export interface AmiListener {
  /** One event of AMI, keys in lower case. */
  event(event: AmiFields): void;
  link(up: boolean): void;
}

const ACTION_TIMEOUT_MS = 4_000;
const SIGN_IN_TIMEOUT_MS = 5_000;
const PING_EVERY_MS = 4_000;
const RECONNECT = { firstMs: 300, maxMs: 5_000 };

export class AmiLink {
  readonly #options: AmiLinkOptions;
  readonly #listener: AmiListener;
  #manager: Manager | undefined;
  #pinger: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #actions = 0;
  #stopped = false;
  #up = false;
  #gatherers = new Map<string, (event: AmiFields) => void>();
  readonly #waiting = new Set<() => void>();

  constructor(options: AmiLinkOptions, listener: AmiListener) {
    this.#options = options;
    this.#listener = listener;
    refuseLineBreaks({ user: options.user, secret: options.secret });
  }

  get up(): boolean {
    return this.#up;
  }

  /** Resolves when signed in; rejects with `ami-wrong-password` at once, with `ami-unreachable` after 6 s of trying, unless it waits. */
  async start(): Promise<void> {
    const isWorthAnother = (error: unknown): boolean =>
      !this.#stopped && error instanceof OperationalError && error.code === 'ami-unreachable';
    const { onWait } = this.#options;
    const connect = (): Promise<void> => this.#connect();
    await firstConnection({ connect, pauses: RECONNECT, isWorthAnother, ...defined({ onWait }) });
  }

  /** Resolves once the link is up; rejects after `limitMs`. After a restart of Asterisk it comes back later than ARI's. */
  async back(limitMs: number): Promise<void> {
    if (this.#up) return;
    let isBack = (): void => undefined;
    const up = new Promise<void>((resolve) => (isBack = resolve));
    this.#waiting.add(isBack);
    await within(limitMs, up).finally(() => this.#waiting.delete(isBack));
  }

  /** Signs off for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#letGo();
  }

  /** Asterisk's answer to one action; rejects when it refuses, is silent for 4 s, or a value has CR or LF in it. */
  async action(action: string, fields: Readonly<Record<string, string>> = {}): Promise<AmiFields> {
    refuseLineBreaks({ action, ...fields });
    const manager = this.#manager;
    if (!manager || !this.#up) throw linkDown();
    this.#actions += 1;
    return this.#answer(manager, { action, ...fields, actionid: `outdial-${this.#actions}` });
  }

  /** The events that answer a listing action, without its completing one; none when Asterisk has nothing to list. */
  async list(action: string, fields: Readonly<Record<string, string>> = {}): Promise<readonly AmiFields[]> {
    const gathered: AmiFields[] = [];
    const id = `outdial-${this.#actions + 1}`;
    const complete = new Promise<void>((resolve) => {
      this.#gatherers.set(id, (event) => {
        if (field(event, 'eventlist') === 'Complete') resolve();
        else gathered.push(event);
      });
    });
    try {
      await this.action(action, fields);
      await within(ACTION_TIMEOUT_MS, complete);
    } catch (error) {
      if (!(error instanceof ActionRefused)) throw error;
    } finally {
      this.#gatherers.delete(id);
    }
    return gathered;
  }

  #answer(
    manager: Manager,
    action: Readonly<Record<string, string>> & { action: string; actionid: string },
  ): Promise<AmiFields> {
    const answered = new Promise<AmiFields>((resolve, reject) => {
      manager.action({ ...action }, (refusal, answer) => {
        if (refusal) reject(new ActionRefused(`${action.action}: ${field(refusal, 'message')}`));
        else resolve(answer);
      });
    });
    return within(ACTION_TIMEOUT_MS, answered).finally(() => manager.removeAllListeners(action.actionid));
  }

  async #connect(): Promise<void> {
    const { host, port, user, secret } = this.#options;
    // A new one each time: the library keeps half a message of the last connection otherwise.
    const manager = new createManager(port, host, undefined, undefined, true);
    manager.options.username = user;
    manager.options.password = secret;
    this.#manager = manager;
    try {
      await within(SIGN_IN_TIMEOUT_MS, signedIn(manager, this.#options));
    } catch (error) {
      this.#letGo();
      if (error instanceof OperationalError) throw error;
      throw unreachable(this.#options, error);
    }
    if (this.#stopped) {
      this.#letGo();
      return;
    }
    manager.on('close', () => this.#lost(manager, 'Asterisk closed the connection'));
    manager.on('managerevent', (event) => this.#receive(event));
    this.#up = true;
    // Phones, trunks and restarts only: records and test events of every call would cost more than the rest of AMI.
    this.action('Events', { eventmask: 'system' }).catch((error: unknown) => {
      this.#options.log.warn({ fault: faultOf(error) }, 'AMI sends more than is asked for');
    });
    this.#pinger = setInterval(() => {
      this.action('Ping').catch(() => this.#lost(manager, 'Asterisk has gone silent'));
    }, PING_EVERY_MS);
    this.#listener.link(true);
    for (const isBack of this.#waiting) isBack();
  }

  #receive(event: ManagerMessage): void {
    try {
      const gather = this.#gatherers.get(field(event, 'actionid'));
      if (gather) gather(event);
      else this.#listener.event(event);
    } catch (error) {
      this.#options.log.error({ fault: traceOf(error), event: event.event }, 'an event of AMI could not be handled');
    }
  }

  #lost(manager: Manager, reason: string): void {
    if (this.#manager !== manager || this.#stopped) return;
    this.#letGo();
    this.#options.log.warn({ reason }, 'AMI connection lost');
    this.#listener.link(false);
    this.#reconnect(0);
  }

  #reconnect(tries: number): void {
    this.#retry = setTimeout(
      () => {
        this.#connect().catch((error: unknown) => {
          const { code, message, hint } = error instanceof OperationalError ? error : unreachable(this.#options, error);
          if (code !== 'ami-unreachable') this.#options.log.error({ code, hint }, message);
          if (!this.#stopped) this.#reconnect(tries + 1);
        });
      },
      backoffMs(RECONNECT, tries, Math.random()),
    );
  }

  #letGo(): void {
    clearInterval(this.#pinger);
    const manager = this.#manager;
    this.#manager = undefined;
    this.#up = false;
    if (!manager) return;
    manager.removeAllListeners();
    // Without a listener an error of the dying socket would be thrown at no one.
    manager.on('error', () => undefined);
    manager.disconnect();
  }
}

/** Said when Asterisk answers an action with an error. */
export class ActionRefused extends Error {}

function signedIn(manager: Manager, options: AmiLinkOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    manager.on('error', (error) => reject(unreachable(options, error)));
    manager.on('close', () => reject(unreachable(options, new Error('Asterisk closed the connection'))));
    manager.on('connect', () => {
      manager.login((refusal) => {
        if (refusal === undefined || refusal === null) resolve();
        else reject(wrongPassword(options));
      });
    });
  });
}

function wrongPassword({ host, port }: AmiLinkOptions): OperationalError {
  return new OperationalError('ami-wrong-password', `Asterisk at ${host}:${port} refuses AMI's user or secret`, {
    hint: 'Compare `asterisk.ami` in outdial.yaml with manager.conf; after a change there: `manager reload`.',
    httpCode: 503,
  });
}

function unreachable({ host, port }: AmiLinkOptions, cause: unknown): OperationalError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new OperationalError('ami-unreachable', `no answer from AMI at ${host}:${port}: ${why}`, {
    hint: 'Is Asterisk running, and `enabled = yes` in manager.conf with that address and port?',
    cause,
    httpCode: 503,
  });
}

function linkDown(): OperationalError {
  return new OperationalError('ami-unreachable', 'there is no AMI connection at the moment', {
    hint: 'Try again; the daemon connects by itself.',
    httpCode: 503,
  });
}

/** A line break in a key or value would begin a second action of somebody else's choosing. */
function refuseLineBreaks(fields: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(fields)) {
    if (!/[\r\n\0]/.test(key + value)) continue;
    throw new OperationalError('ami-line-break', `the AMI field ${JSON.stringify(key)} has a line break in it`, {
      hint: 'Remove the line break from the value.',
    });
  }
}
