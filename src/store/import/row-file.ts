// A file of rows beside the imported one: rejected ones, or ones with a note. Each row stands as it was behind its line
// and a reason, so that somebody can correct and import it. It is made new, for its owner alone, never through a link,
// and no file that is there already is written over: somebody may be correcting it.

import type { WriteStream } from 'node:fs';
import { constants, link, open, rm } from 'node:fs/promises';
import { dirname, basename, extname, join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { guarded } from '../../base/csv.ts';
import { OperationalError } from '../../base/errors.ts';
import type { Delimiter } from './dialect.ts';
import { ownColumns } from './mapping.ts';
import type { ImportPlan } from './plan.ts';

/** Files of one name beside each other. */
const MOST_NAMES = 1000;

/** Where the file is until all of its rows are there. */
export function partOf(file: string): string {
  return `${file}.part`;
}

export class RowFile {
  readonly #file: string;
  readonly #header: readonly string[];
  readonly #delimiter: Delimiter;
  /** Says UTF-8 where the imported file is written otherwise: whoever imports it again may say that it is the same. */
  readonly #mark: string;
  /** Columns of a file of ours that is imported again: it does not get them twice. */
  readonly #own: number;
  #stream: WriteStream | undefined;
  /** What is in the file, and what has been handed to the system of it. */
  #length = 0;
  #isFlushed = true;

  /** `columns` stand before those of the imported file. */
  constructor(file: string, columns: readonly string[], plan: Pick<ImportPlan, 'columns' | 'delimiter' | 'encoding'>) {
    const names = plan.columns.map(({ header }) => header);
    this.#file = file;
    this.#own = ownColumns(names);
    this.#header = [...columns, ...names.slice(this.#own)];
    this.#delimiter = plan.delimiter;
    this.#mark = plan.encoding === 'utf-8' ? '' : '\uFEFF';
  }

  /** `values` for the columns of its own, then the row's. */
  async add(values: readonly string[], cells: readonly string[]): Promise<void> {
    await this.#trying(async () => {
      this.#stream ??= await this.#start();
      if (!this.#write(this.#stream, [...values, ...cells.slice(this.#own)])) await once(this.#stream, 'drain');
    });
  }

  /** Goes on behind the first `bytes` of a file that was cut off; false when they are not there any more. */
  async resume(bytes: number): Promise<boolean> {
    if (bytes === 0) return true;
    const { O_WRONLY, O_APPEND, O_NOFOLLOW } = constants;
    const handle = await open(this.#part(), O_WRONLY | O_APPEND | O_NOFOLLOW).catch(() => undefined);
    if (!handle) return false;
    const found = await handle.stat();
    if (!found.isFile() || found.nlink > 1 || found.size < bytes) {
      await handle.close();
      return false;
    }
    await this.#trying(async () => {
      await handle.truncate(bytes);
      this.#stream = handle.createWriteStream();
      this.#length = bytes;
    });
    return true;
  }

  /** The length of the file, once all of it has been handed to the system. */
  async flushed(): Promise<number> {
    const stream = this.#stream;
    if (stream && !this.#isFlushed) {
      await this.#trying(
        () => new Promise((resolve, reject) => stream.write('', (error) => (error ? reject(error) : resolve()))),
      );
      this.#isFlushed = true;
    }
    return this.#length;
  }

  /** Puts the file in its place, under the next name that is free; undefined when it has no rows. */
  async finish(): Promise<string | undefined> {
    const stream = this.#stream;
    if (!stream) return undefined;
    let name: string | undefined;
    await this.#trying(async () => {
      stream.end();
      await finished(stream);
      name = await this.#place();
    });
    return name;
  }

  async discard(): Promise<void> {
    this.#stream?.destroy();
    await rm(this.#part(), { force: true });
  }

  async #place(): Promise<string> {
    const extension = extname(this.#file);
    const stem = basename(this.#file, extension);
    for (let count = 1; count <= MOST_NAMES; count += 1) {
      const name = count === 1 ? this.#file : join(dirname(this.#file), `${stem}-${count}${extension}`);
      try {
        await link(this.#part(), name);
        await rm(this.#part(), { force: true });
        return name;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
    }
    throw new Error(`there are ${MOST_NAMES} files of that name already`);
  }

  async #start(): Promise<WriteStream> {
    await rm(this.#part(), { force: true });
    const handle = await open(this.#part(), 'wx', 0o600);
    const stream = handle.createWriteStream();
    const [first = '', ...rest] = this.#header;
    this.#write(stream, [first, ...rest], this.#mark);
    return stream;
  }

  #write(stream: WriteStream, cells: readonly string[], mark = ''): boolean {
    const text = `${mark}${cells.map((cell) => this.#quoted(cell)).join(this.#delimiter)}\n`;
    this.#length += Buffer.byteLength(text);
    this.#isFlushed = false;
    return stream.write(text);
  }

  #part(): string {
    return partOf(this.#file);
  }

  /** What a terminal or a spreadsheet would obey is made visible or harmless; an import reads it as it was. */
  #quoted(value: string): string {
    const cell = guarded(value.replace(/[^\P{Cc}\t\r\n]/gu, '\uFFFD'));
    const isPlain = !/["\r\n]/.test(cell) && !cell.includes(this.#delimiter);
    return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new OperationalError('import-rejected-file', `The rows that were left out cannot be written: ${reason}.`, {
        hint: 'Make room, or name another file for them; nothing was imported.',
        cause: error,
        places: [{ file: this.#file }],
      });
    }
  }
}
