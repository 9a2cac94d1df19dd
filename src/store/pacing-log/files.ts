// The pacing's decisions on disk: one file for each campaign and local day, lines appended once a second. Whoever
// writes never waits: while the disk does not keep up lines gather in memory, and beyond that they are dropped and the
// stretch is over. Files, and not the database: they are much written, seldom read, and may be lost.

import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { PacingLog, PacingLogs } from '../../engine/dialing/campaign-pacer.ts';

export interface PacingLogOptions {
  readonly folder: string;
  /** 0: nothing is written. */
  readonly keepMs: number;
  readonly maxBytes: number;
}

const FLUSH_MS = 1_000;
const SWEEP_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Lines wait in memory up to so many characters of all campaigns. */
const MOST_WAITING = 8_000_000;
const ENDING = '.jsonl';

interface DayFile {
  waiting: string[];
  length: number;
  isLost: boolean;
}

export class PacingLogFiles implements PacingLogs {
  readonly #options: PacingLogOptions;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #files = new Map<string, DayFile>();
  #waiting = 0;
  #flushing: Promise<void> = Promise.resolve();
  #isFlushing = false;
  #cancels: (() => void)[] = [];
  #complained = false;

  private constructor(options: PacingLogOptions, parts: { readonly clock: Clock; readonly log: Log }) {
    this.#options = options;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** Clears away what is too old or too much, and goes on doing so. */
  static async open(
    options: PacingLogOptions,
    parts: { readonly clock: Clock; readonly log: Log },
  ): Promise<PacingLogFiles> {
    const files = new PacingLogFiles(options, parts);
    await files.#sweep();
    files.#again(FLUSH_MS, () => files.#flushSoon());
    files.#again(SWEEP_MS, () => void files.#sweep());
    return files;
  }

  open(campaign: string, day: string): PacingLog {
    if (this.#options.keepMs === 0) return { write: () => true };
    const file = path.join(this.#options.folder, campaign, `${day}${ENDING}`);
    const dayFile: DayFile = { waiting: [], length: 0, isLost: false };
    // A file that is there already may end in the middle of a line, and an older stretch in it is over.
    this.#write(dayFile, '');
    const older = this.#files.get(file);
    if (older) dayFile.waiting.unshift(...older.waiting);
    this.#files.set(file, dayFile);
    return { write: (line) => this.#write(dayFile, line) };
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    await this.#flushing;
    await this.#flush();
  }

  #write(file: DayFile, line: string): boolean {
    if (!file.isLost && this.#waiting > MOST_WAITING) {
      file.isLost = true;
      this.#complain('the disk does not keep up');
    }
    if (file.isLost) return false;
    file.waiting.push(line);
    this.#waiting += line.length + 1;
    return true;
  }

  #flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#flushing = this.#flush().finally(() => {
      this.#isFlushing = false;
    });
  }

  async #flush(): Promise<void> {
    for (const [file, dayFile] of this.#files) {
      if (dayFile.waiting.length === 0) continue;
      const lines = dayFile.waiting;
      dayFile.waiting = [];
      const text = `${lines.join('\n')}\n`;
      this.#waiting -= text.length;
      try {
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await appendFile(file, text, { mode: 0o600 });
        this.#complained = false;
      } catch (fault) {
        dayFile.isLost = true;
        this.#complain(fault instanceof Error ? fault.message : String(fault));
      }
    }
  }

  /** Reported once until it works again. */
  #complain(why: string): void {
    if (this.#complained) return;
    this.#complained = true;
    this.#log.warn(
      { folder: this.#options.folder, why },
      'the pacing log cannot be written: dialing goes on without it',
    );
  }

  /** Removes days older than is kept, then the oldest ones until the rest has room; never a day of now. */
  async #sweep(): Promise<void> {
    const { folder, keepMs, maxBytes } = this.#options;
    try {
      const files = await logFiles(folder);
      const now = this.#clock.now();
      let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      for (const file of files) {
        const isOfNow = file.changedAt > now - DAY_MS;
        const isOld = file.changedAt < now - keepMs;
        if (isOfNow || (!isOld && bytes <= maxBytes)) continue;
        await rm(file.path, { force: true });
        bytes -= file.bytes;
      }
    } catch (fault) {
      this.#log.warn({ folder, fault }, 'old pacing logs could not be cleared away');
    }
  }

  #again(everyMs: number, work: () => void): void {
    const place = this.#cancels.length;
    const turn = (): void => {
      work();
      this.#cancels[place] = this.#clock.after(everyMs, turn);
    };
    this.#cancels.push(this.#clock.after(everyMs, turn));
  }
}

interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly changedAt: number;
}

/** Every log file under the folder, oldest first. */
async function logFiles(folder: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const campaign of await namesIn(folder)) {
    for (const name of await namesIn(path.join(folder, campaign))) {
      if (!name.endsWith(ENDING)) continue;
      const file = path.join(folder, campaign, name);
      const { size, mtimeMs } = await stat(file);
      found.push({ path: file, bytes: size, changedAt: mtimeMs });
    }
  }
  return found.sort((a, b) => a.changedAt - b.changedAt);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw fault;
  }
}
