// One Asterisk of a box: started, asked whether it is fully booted, given commands, ended or killed.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { OperationalError } from '../../src/base/errors.ts';
import type { AsteriskHome } from './asterisk-home.ts';
import { sideDirectories, type Side } from './layout.ts';
import { end, isAlive, isGone, signal, startDetached, type KnownProcess } from './processes.ts';
import { logFiles } from './render.ts';

const run = promisify(execFile);
const BOOT_LIMIT_MS = 60_000;

/** The lines of a log that say what is wrong, for an error's message. */
function lastWords(dir: string): string {
  const file = logFiles(dir).console;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .split('\n')
    .filter((line) => /ERROR|WARNING|error/.test(line))
    .slice(-5)
    .join('\n');
}

export class AsteriskProcess {
  readonly side: Side;
  readonly #home: AsteriskHome;
  readonly #dir: string;
  #known: KnownProcess | undefined;

  constructor(side: Side, home: AsteriskHome, dir: string) {
    this.side = side;
    this.#home = home;
    this.#dir = dir;
  }

  /** The process now running; undefined before the first start. */
  get known(): KnownProcess | undefined {
    return this.#known;
  }

  get #configFile(): string {
    return this.#home.inner(`${sideDirectories(this.#dir).etc}/asterisk.conf`);
  }

  /** Starts the process; `booted` says when it can take calls. */
  start(): KnownProcess {
    rmSync(sideDirectories(this.#dir).socket, { force: true });
    this.#known = startDetached(
      this.side,
      this.#home.command(['-f', '-C', this.#configFile]),
      logFiles(this.#dir).console,
    );
    return this.#known;
  }

  /** Takes up a process that an earlier run started. */
  adopt(known: KnownProcess): void {
    this.#known = known;
  }

  /** Resolves when Asterisk is fully booted; refuses when it ends or takes longer than a minute. */
  async booted(): Promise<void> {
    const until = performance.now() + BOOT_LIMIT_MS;
    const { socket } = sideDirectories(this.#dir);
    while (performance.now() < until) {
      if (!this.#known || !isAlive(this.#known)) break;
      if (existsSync(socket)) {
        const answer = await this.command('core waitfullybooted').catch(() => '');
        if (answer.includes('fully booted')) return;
      }
      await delay(50);
    }
    throw new OperationalError('asterisk-not-started', `the box's ${this.side} did not boot: ${lastWords(this.#dir)}`, {
      hint: `The whole log is ${logFiles(this.#dir).console}.`,
    });
  }

  /** Runs one command on Asterisk's console and gives what it printed. */
  async command(text: string): Promise<string> {
    const [file, args] = this.#home.command(['-C', this.#configFile, '-r', '-x', text]);
    const { stdout } = await run(file, [...args], { timeout: BOOT_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  }

  /** Ends the process in an orderly way; calls are hung up. */
  async stop(): Promise<void> {
    if (this.#known) await end(this.#known);
  }

  /** SIGSTOP: it stands still with all that it holds, until `goOn`. */
  freeze(): void {
    if (this.#known) signal(this.#known, 'SIGSTOP');
  }

  goOn(): void {
    if (this.#known) signal(this.#known, 'SIGCONT');
  }

  /** kill -9. */
  async kill(): Promise<void> {
    if (!this.#known) return;
    signal(this.#known, 'SIGKILL');
    await isGone(this.#known, 5000);
  }
}
