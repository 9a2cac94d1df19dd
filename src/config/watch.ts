// Keeps the campaigns as their files say while the daemon runs. A file that becomes faulty changes nothing: its last
// good version stays, and the faults are reported. Campaigns whose files did not change stay the same objects.

import { createHash } from 'node:crypto';
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pause } from '../base/clock.ts';
import type { Clock } from '../base/clock.ts';
import { OperationalError } from '../base/errors.ts';
import type { CampaignName } from '../terms.ts';
import type { CampaignContext } from './checking.ts';
import type { ConfigFault } from './faults.ts';
import { gatherCampaigns, readCampaignText, readCampaignTexts } from './load-campaigns.ts';
import type { CampaignText, LoadedCampaigns, ReadCampaign } from './load-campaigns.ts';
import { readRegularFile } from './regular-file.ts';

export interface WatchOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** What is known around the files, asked at each reading. */
  readonly context: () => CampaignContext;
  /** Called after each reading that changed a campaign or a fault, one call at a time. */
  readonly onChange: (loaded: LoadedCampaigns) => void;
  /** Reads one file; on a thread of its own where calls must not wait. */
  readonly read?: (text: CampaignText, context: CampaignContext) => Promise<ReadCampaign>;
  /** How long the folder must be quiet before it is read. */
  readonly quietMs?: number;
  /** How often it is looked at when nothing is reported: some file systems report nothing. */
  readonly lookMs?: number;
}

interface Known {
  readonly hash: string;
  readonly read: ReadCampaign;
}

/** Watches a campaigns folder (and `holidays/`, `rules/` and `scripts/` beside it) from `start` to `stop`. */
export class CampaignWatch {
  readonly #options: WatchOptions;
  #known = new Map<string, Known>();
  #owners: ReadonlyMap<CampaignName, string> = new Map();
  #surroundings = '';
  #last: LoadedCampaigns = { campaigns: [], files: new Map(), written: new Map(), ruleLines: new Map(), faults: [] };
  #watchers: FSWatcher[] = [];
  #cancels = new Map<'quiet' | 'look', () => void>();
  #reading: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** The campaigns as they are now; from here on changes are reported. Throws `campaigns-unreadable`. */
  async start(): Promise<LoadedCampaigns> {
    await this.#queue(() => this.#read({ everything: true }));
    for (const folder of this.#folders()) this.#watchFolder(folder);
    this.#lookLater();
    return this.#last;
  }

  /** Reads every file again, changed or not. */
  async reload(): Promise<LoadedCampaigns> {
    await this.#queue(async () => {
      if (await this.#read({ everything: true })) this.#options.onChange(this.#last);
    });
    return this.#last;
  }

  /** The campaigns as last reported. */
  current(): LoadedCampaigns {
    return this.#last;
  }

  /** No call of `onChange` begins after this resolves. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const watcher of this.#watchers) watcher.close();
    for (const cancel of this.#cancels.values()) cancel();
    this.#watchers = [];
    this.#cancels.clear();
    await this.#reading.catch(() => undefined); // reported to whoever asked for that reading
  }

  #folders(): readonly string[] {
    return [this.#options.folder, ...surroundingsOf(this.#options.folder)];
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#readWhenQuiet());
      watcher.on('error', () => watcher.close()); // looking now and then goes on
      this.#watchers.push(watcher);
    } catch {
      // No such folder, or no more watches to be had: looking now and then finds what changes.
    }
  }

  #readWhenQuiet(): void {
    this.#after('quiet', this.#quietMs(), () => this.#readAndReport());
  }

  #lookLater(): void {
    this.#after('look', this.#options.lookMs ?? 10_000, () => {
      this.#readAndReport();
      this.#lookLater();
    });
  }

  #after(name: 'quiet' | 'look', delayMs: number, wake: () => void): void {
    if (this.#stopped) return;
    this.#cancels.get(name)?.();
    this.#cancels.set(name, this.#options.clock.after(delayMs, wake));
  }

  #readAndReport(): void {
    void this.#queue(async () => {
      if (this.#stopped || !(await this.#read({ everything: false }))) return;
      this.#options.onChange(this.#last);
    });
  }

  /** One reading at a time, in the order asked for. */
  #queue(work: () => Promise<unknown>): Promise<unknown> {
    this.#reading = this.#reading.catch(() => undefined).then(work); // a failed reading does not stop the next
    return this.#reading;
  }

  /** Reads what changed; whether anything did. */
  async #read({ everything }: { readonly everything: boolean }): Promise<boolean> {
    let texts: readonly CampaignText[];
    try {
      texts = await readCampaignTexts(this.#options.folder);
      if (!everything && !(await this.#isWrittenOut(texts))) return false;
    } catch (error) {
      if (everything) throw error;
      return this.#keepAll(error);
    }
    const surroundings = hashOf(await Promise.all(surroundingsOf(this.#options.folder).map(hashFolder)));
    const isDue = everything || surroundings !== this.#surroundings;
    this.#surroundings = surroundings;
    const known = new Map<string, Known>();
    for (const text of texts) known.set(text.file, await this.#readOne(text, isDue));
    this.#known = known;
    const before = this.#last;
    this.#last = gatherCampaigns(
      [...known.values()].map(({ read }) => read),
      this.#owners,
    );
    this.#owners = this.#last.files;
    return !isSame(before, this.#last);
  }

  /** Whether changed files stay as they were read: else someone is still writing, and they are read again later. */
  async #isWrittenOut(texts: readonly CampaignText[]): Promise<boolean> {
    const isKnown =
      texts.length === this.#known.size && texts.every((text) => this.#known.get(text.file)?.hash === hashOf(text));
    if (isKnown) return true;
    await pause(this.#options.clock, this.#quietMs() / 4);
    if (isEqual(texts, await readCampaignTexts(this.#options.folder))) return true;
    this.#readWhenQuiet();
    return false;
  }

  #quietMs(): number {
    return this.#options.quietMs ?? 200;
  }

  async #readOne(text: CampaignText, isDue: boolean): Promise<Known> {
    const hash = hashOf(text);
    const before = this.#known.get(text.file);
    if (before?.hash === hash && !isDue) return before;
    const context = this.#options.context();
    const read = await (this.#options.read?.(text, context) ?? readCampaignText(text, context));
    const lastGood = before?.read.campaign;
    if (!lastGood) return { hash, read };
    if (!read.campaign) return { hash, read: { ...before.read, faults: read.faults } };
    // The same campaign stays the same object, so that no one takes it for a changed one.
    const campaign = isEqual(read.campaign, lastGood) ? lastGood : read.campaign;
    return { hash, read: { ...read, campaign } };
  }

  #keepAll(error: unknown): boolean {
    if (this.#last.faults.some(isOfFolder)) return false;
    const { message, hint } =
      error instanceof OperationalError ? error : { message: String(error), hint: 'Check the campaigns folder.' };
    const fault: ConfigFault = { file: this.#options.folder, severity: 'fault', key: FOLDER, message, hint };
    this.#last = { ...this.#last, faults: [...this.#last.faults, fault] };
    return true;
  }
}

/** Folders whose files campaigns name: holidays, calling rules and scripts. */
function surroundingsOf(folder: string): readonly string[] {
  return ['holidays', 'rules', 'scripts'].map((name) => join(dirname(folder), name));
}

const FOLDER = 'folders.campaigns';

function isOfFolder({ key }: ConfigFault): boolean {
  return key === FOLDER;
}

function isSame(a: LoadedCampaigns, b: LoadedCampaigns): boolean {
  const campaigns =
    a.campaigns.length === b.campaigns.length && a.campaigns.every((one, at) => one === b.campaigns[at]);
  return campaigns && isEqual([a.faults, [...a.files]], [b.faults, [...b.files]]);
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function hashOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64');
}

function contentOf(file: string): string {
  try {
    return readRegularFile(file);
  } catch {
    return ''; // no campaign can read it either
  }
}

/** Of the names and contents of a folder's files; empty when there is no such folder. */
async function hashFolder(folder: string): Promise<string> {
  try {
    const names = (await readdir(folder)).sort();
    return hashOf([names, names.map((name) => contentOf(join(folder, name)))]);
  } catch {
    return ''; // campaigns without holiday files need no such folder
  }
}
