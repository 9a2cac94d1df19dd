// The rows of an import that stand in a file of notes although they were taken: what became of each, and which contact it
// met. What was met is known only when the store has taken a batch, so that its rows are kept until then.

import type { ImportMet } from '../../engine/store/lists.ts';
import type { Row } from './csv-rows.ts';
import type { RowFile } from './row-file.ts';

interface Kept {
  readonly row: Row;
  readonly dropped: readonly string[];
}

export class Notes {
  readonly #file: RowFile;
  /** Of each batch on its way, the oldest first. */
  readonly #batches: (readonly Kept[])[] = [];
  #batch: Kept[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(file: RowFile) {
    this.#file = file;
  }

  keep(row: Row, dropped: readonly string[]): void {
    this.#batch.push({ row, dropped });
  }

  /** The rows kept so far are one batch, which goes on its way. */
  sent(): void {
    this.#batches.push(this.#batch);
    this.#batch = [];
  }

  /** The oldest batch was taken. */
  taken(met: readonly ImportMet[]): void {
    const batch = this.#batches.shift() ?? [];
    if (met.length === 0 && batch.every(({ dropped }) => dropped.length === 0)) return;
    this.#writing = this.#writing.then(() => this.#write(batch, met));
    // Thrown where the end of the writing is waited for.
    this.#writing.catch(() => undefined);
  }

  /** Waits until what was noted is in the file. */
  written(): Promise<void> {
    return this.#writing;
  }

  async #write(batch: readonly Kept[], met: readonly ImportMet[]): Promise<void> {
    const byLine = new Map(met.map((one) => [one.line, one]));
    for (const { row, dropped } of batch) {
      const one = byLine.get(row.line);
      const notes = [...(one ? [one.what === 'skipped' ? 'skipped: is there already' : 'merged'] : [])];
      notes.push(...dropped.map((why) => `phone left out: ${why}`));
      if (notes.length > 0)
        await this.#file.add([String(row.line), notes.join('; '), one ? String(one.contact) : ''], row.cells);
    }
  }
}
