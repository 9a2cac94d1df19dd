// Names as sounds, for agents who work by phone alone: made by a command of the admin's choice, kept in a folder that
// Asterisk plays from, each under a name that follows from what it says. Made in advance, one after the other; no call
// waits for one.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../base/log.ts';
import type { SpeechSettings } from '../config/settings.ts';
import type { SpokenNames } from '../engine/ports.ts';
import { telephoneSound } from './telephone-sound.ts';

/** A command that has not made its sound by then is ended. */
const MAKE_WITHIN_MS = 15_000;
/** A minute of sound: nothing that is a name takes longer. */
const MOST_BYTES = 60 * 16_000;
/** What begins with it says the name of a person, and goes when their call is over. */
const PERSON = 'person-';

export class SpokenNameFiles implements SpokenNames {
  readonly #settings: SpeechSettings;
  readonly #log: Log;
  /** Files that are there. */
  readonly #made = new Set<string>();
  /** Texts under way or waiting. */
  readonly #wanted = new Set<string>();
  /** How often each person's name is needed; its sound goes with the last. */
  readonly #lent = new Map<string, number>();
  readonly #stopped = new AbortController();
  #last: Promise<void> = Promise.resolve();

  constructor(settings: SpeechSettings, log: Log) {
    this.#settings = settings;
    this.#log = log;
  }

  soundOf(text: string): string | undefined {
    const name = [this.#nameOf(text), this.#nameOf(text, PERSON)].find((one) => this.#made.has(one));
    return name === undefined ? undefined : `${this.#settings.sounds}/${name}`;
  }

  lend(text: string): void {
    this.#lent.set(text, (this.#lent.get(text) ?? 0) + 1);
    const name = this.#nameOf(text, PERSON);
    if (!this.#made.has(name)) this.#last = this.#last.then(() => this.#lentNow(text, name));
  }

  giveBack(text: string): void {
    const left = (this.#lent.get(text) ?? 1) - 1;
    if (left > 0) return void this.#lent.set(text, left);
    this.#lent.delete(text);
    const name = this.#nameOf(text, PERSON);
    this.#made.delete(name);
    this.#last = this.#last.then(() => this.#remove(text, name));
  }

  /** Names of people that a daemon before us left behind, killed in the middle of their calls. */
  async clear(): Promise<void> {
    const files = await readdir(this.#settings.folder).catch(() => []);
    const left = files.filter((file) => file.startsWith(PERSON));
    await Promise.all(left.map((file) => rm(path.join(this.#settings.folder, file), { force: true })));
  }

  /** Given back meanwhile, it is not made any more. */
  async #lentNow(text: string, name: string): Promise<void> {
    if (this.#lent.has(text) && !this.#made.has(name)) await this.#prepared(text, name);
  }

  async #remove(text: string, name: string): Promise<void> {
    if (this.#lent.has(text)) return;
    await rm(this.#fileOf(name), { force: true }).catch((fault: unknown) => {
      this.#log.warn({ fault }, 'the sound of a name could not be removed');
    });
  }

  prepare(texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#wanted.has(text) || this.#made.has(this.#nameOf(text))) continue;
      this.#wanted.add(text);
      this.#last = this.#last.then(() => this.#prepared(text));
    }
  }

  /** Resolves when all that was asked for is made or given up. */
  settled(): Promise<void> {
    return this.#last;
  }

  /** Ends what is being made; nothing is made any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#last;
    await this.clear();
  }

  /** A failed text is tried again when it is asked for again. */
  async #prepared(text: string, name = this.#nameOf(text)): Promise<void> {
    try {
      if (this.#stopped.signal.aborted) return;
      if (!(await isThere(this.#fileOf(name)))) await this.#make(text, name);
      this.#made.add(name);
    } catch (fault) {
      if (!this.#stopped.signal.aborted)
        this.#log.warn(
          { fault, ...(name.startsWith(PERSON) ? {} : { text }) },
          'a name could not be made into a sound',
        );
    } finally {
      this.#wanted.delete(text);
    }
  }

  async #make(text: string, name: string): Promise<void> {
    const sound = telephoneSound(await spoken(this.#settings.command, text, this.#stopped.signal));
    await openFolder(this.#settings.folder);
    const half = `${this.#fileOf(name)}.${process.pid}`;
    try {
      await writeFile(half, sound);
      await chmod(half, 0o644);
      await rename(half, this.#fileOf(name));
    } catch (fault) {
      await rm(half, { force: true });
      throw fault;
    }
  }

  #fileOf(name: string): string {
    return path.join(this.#settings.folder, `${name}.wav`);
  }

  /** Another command is another voice. */
  #nameOf(text: string, kind = ''): string {
    const digest = createHash('sha256').update(JSON.stringify([this.#settings.command, text]));
    return `${kind}${digest.digest('hex').slice(0, 24)}`;
  }
}

/** Speaks a word and makes the folder, as the daemon would; throws what stands in the way. */
export async function trySpeech({ command, folder }: SpeechSettings): Promise<void> {
  telephoneSound(await spoken(command, 'ready', new AbortController().signal));
  await openFolder(folder);
  await access(folder, constants.W_OK);
}

/** Asterisk is another user and must read there, whatever the daemon's umask is; a folder of the admin's stays as it is. */
async function openFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o755);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** What the command writes when it is given the text. */
function spoken([program = '', ...words]: readonly string[], text: string, stopped: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(MAKE_WITHIN_MS)]);
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], signal });
    const parts: Buffer[] = [];
    let length = 0;
    let complaint = '';
    child.stdout.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= MOST_BYTES) parts.push(part);
      else child.kill();
    });
    child.stderr.on('data', (part: Buffer) => {
      complaint = (complaint + part.toString()).slice(-500);
    });
    child.stdin.on('error', () => undefined); // it ended without reading: its exit shows it
    child.once('error', reject);
    child.once('close', (code) => {
      if (length > MOST_BYTES) reject(new Error('The speech command writes more than a minute of sound.'));
      else if (code === 0) resolve(Buffer.concat(parts));
      else reject(new Error(`The speech command ended with ${code ?? 'a signal'}: ${complaint.trim()}`));
    });
    child.stdin.end(text);
  });
}
