// The file of rejected rows: line, reason and the row as it was, so that somebody can mend and import them.

import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { rename, rm, stat, truncate } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { OperationalError } from '../../base/errors.ts';
import type { Delimiter } from './dialect.ts';
import { REJECTED_COLUMNS } from './mapping.ts';
import type { ImportPlan } from './plan.ts';
import type { Row } from './rows.ts';

export class RejectedFile {
  private readonly file: string;
  private readonly header: readonly string[];
  private readonly delimiter: Delimiter;
  /** Says UTF-8 where the imported file is written otherwise: whoever imports it again may say that it is the same. */
  private readonly mark: string;
  private stream: WriteStream | undefined;
  /** What is in the file, and what has been handed to the system of it. */
  private length = 0;
  private isFlushed = true;

  constructor(file: string, { columns, delimiter, encoding }: Pick<ImportPlan, 'columns' | 'delimiter' | 'encoding'>) {
    this.file = file;
    this.header = columns.map(({ header }) => header);
    this.delimiter = delimiter;
    this.mark = encoding === 'utf-8' ? '' : '\uFEFF';
  }

  async add({ line, cells }: Row, reason: string): Promise<void> {
    await this.trying(async () => {
      this.stream ??= await this.start();
      if (!this.write(this.stream, [String(line), reason, ...cells])) await once(this.stream, 'drain');
    });
  }

  /** Goes on behind the first `bytes` of a file that was cut off; false when they are not there any more. */
  async resume(bytes: number): Promise<boolean> {
    if (bytes === 0) return true;
    const there = await stat(this.part()).catch(() => undefined);
    if (!there || there.size < bytes) return false;
    await this.trying(async () => {
      await truncate(this.part(), bytes);
      this.stream = createWriteStream(this.part(), { flags: 'a' });
      await once(this.stream, 'open');
      this.length = bytes;
    });
    return true;
  }

  /** The length of the file, once all of it has been handed to the system. */
  async flushed(): Promise<number> {
    const { stream } = this;
    if (stream && !this.isFlushed) {
      await this.trying(
        () => new Promise((resolve, reject) => stream.write('', (error) => (error ? reject(error) : resolve()))),
      );
      this.isFlushed = true;
    }
    return this.length;
  }

  /** Puts the file in its place; an older one of that name goes, also when no row was rejected. */
  async finish(): Promise<void> {
    const { stream } = this;
    await this.trying(async () => {
      if (!stream) {
        await rm(this.file, { force: true });
        return;
      }
      stream.end();
      await finished(stream);
      await rename(this.part(), this.file);
    });
  }

  async discard(): Promise<void> {
    this.stream?.destroy();
    await rm(this.part(), { force: true });
  }

  private async start(): Promise<WriteStream> {
    const stream = createWriteStream(this.part());
    await once(stream, 'open');
    const [line, reason] = REJECTED_COLUMNS;
    this.write(stream, [`${this.mark}${line}`, reason, ...this.header]);
    return stream;
  }

  private write(stream: WriteStream, cells: readonly string[]): boolean {
    const text = this.line(cells);
    this.length += Buffer.byteLength(text);
    this.isFlushed = false;
    return stream.write(text);
  }

  private part(): string {
    return `${this.file}.part`;
  }

  private line(cells: readonly string[]): string {
    return `${cells.map((cell) => this.quoted(cell)).join(this.delimiter)}\n`;
  }

  private quoted(cell: string): string {
    const isPlain = !/["\r\n]/.test(cell) && !cell.includes(this.delimiter);
    return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
  }

  private async trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new OperationalError('import-rejected-file', `The rejected rows cannot be written: ${reason}.`, {
        hint: 'Make room, or name another file for them; nothing was imported.',
        cause: error,
        places: [{ file: this.file }],
      });
    }
  }
}
