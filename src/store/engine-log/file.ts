// Where an engine is written down: one file for each start, lines appended once a second. Whoever writes never waits: when
// the disk does not keep up, or the file is as large as it may be, the rest of this start is not written down.

import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { EngineJournal } from '../../engine/journal/recorder.ts';

export interface EngineLogOptions {
  readonly folder: string;
  /** Files of older starts go after so long. */
  readonly keepMs: number;
  readonly maxBytes: number;
}

interface Parts {
  readonly clock: Clock;
  readonly log: Log;
  readonly about: EngineJournal['about'];
}

const FLUSH_MS = 1_000;
/** Between two digests of what lives: enough to find where two runs part. */
const DIGEST_MS = 1_000;
/** Lines wait in memory up to so many characters. */
const MOST_WAITING = 16_000_000;
const ENDING = '.jsonl';

export class EngineLogFile implements EngineJournal {
  readonly digestEveryMs = DIGEST_MS;
  readonly about: EngineJournal['about'];
  readonly file: string;
  readonly #maxBytes: number;
  readonly #parts: Parts;
  #waiting: string[] = [];
  #waitingLength = 0;
  #length = 0;
  #isOver = false;
  #flushing: Promise<void> = Promise.resolve();
  #cancel: () => void = () => undefined;

  private constructor({ folder, maxBytes }: EngineLogOptions, parts: Parts) {
    const startedAt = new Date(parts.clock.now()).toISOString().replaceAll(':', '-');
    this.file = path.join(folder, `${startedAt}${ENDING}`);
    this.#maxBytes = maxBytes;
    this.#parts = parts;
    this.about = parts.about;
  }

  /** Clears away what is too old. */
  static async open(options: EngineLogOptions, parts: Parts): Promise<EngineLogFile> {
    await sweep(options, parts);
    const log = new EngineLogFile(options, parts);
    parts.log.warn({ file: log.file }, 'everything that happens is written down, with telephone numbers (engine_log)');
    log.#flushAgain();
    return log;
  }

  write(line: string): void {
    if (this.#isOver) return;
    this.#length += line.length + 1;
    if (this.#length > this.#maxBytes) return this.#end('it is as large as engine_log.max_megabytes allows');
    if (this.#waitingLength > MOST_WAITING) return this.#end('the disk does not keep up');
    this.#waiting.push(line);
    this.#waitingLength += line.length + 1;
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    this.#cancel();
    await this.#flushing;
    await this.#flush();
  }

  #flushAgain(): void {
    this.#cancel = this.#parts.clock.after(FLUSH_MS, () => {
      this.#flushing = this.#flush().then(() => this.#flushAgain());
    });
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const text = `${this.#waiting.join('\n')}\n`;
    this.#waiting = [];
    this.#waitingLength = 0;
    try {
      await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
      await appendFile(this.file, text, { mode: 0o600 });
    } catch (fault) {
      this.#end(fault instanceof Error ? fault.message : String(fault));
    }
  }

  #end(why: string): void {
    if (!this.#isOver) this.#parts.log.warn({ file: this.file, why }, 'what happens is no longer written down');
    this.#isOver = true;
  }
}

async function sweep({ folder, keepMs }: EngineLogOptions, { clock, log }: Parts): Promise<void> {
  try {
    for (const file of await engineLogs(folder)) {
      if ((await stat(file)).mtimeMs < clock.now() - keepMs) await rm(file, { force: true });
    }
  } catch (fault) {
    log.warn({ folder, fault }, 'old engine logs could not be cleared away');
  }
}

/** Every log in the folder, oldest first. */
export async function engineLogs(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(ENDING));
    return names.sort().map((name) => path.join(folder, name));
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return [];
    throw fault;
  }
}
