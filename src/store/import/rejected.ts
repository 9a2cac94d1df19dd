// The file of rejected rows: line, reason and the row as it was, so that somebody can mend and import them.

import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { OperationalError } from '../../base/errors.ts';
import type { Delimiter } from './dialect.ts';
import type { Row } from './rows.ts';

export class RejectedFile {
  private readonly file: string;
  private readonly header: readonly string[];
  private readonly delimiter: Delimiter;
  private stream: WriteStream | undefined;

  constructor(file: string, header: readonly string[], delimiter: Delimiter) {
    this.file = file;
    this.header = header;
    this.delimiter = delimiter;
  }

  async add({ line, cells }: Row, reason: string): Promise<void> {
    await this.trying(async () => {
      this.stream ??= await this.start();
      if (!this.stream.write(this.line([String(line), reason, ...cells]))) await once(this.stream, 'drain');
    });
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
    stream.write(this.line(['line', 'reason', ...this.header]));
    return stream;
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
