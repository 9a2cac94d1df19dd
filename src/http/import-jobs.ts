// The list imports that were asked of the daemon: one at a time, each with its progress, the last ones remembered.
// Reading and parsing is the importer's work; this only starts it, watches and tells.

import type { Clock } from '../base/clock.ts';
import { OperationalError, renderError, type RenderedError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Duplicates, ListSummary, NewContact } from '../engine/store-lists.ts';
import type { FieldDefinition, FieldKind, FieldType } from '../list/fields.ts';
import type { PhoneType } from '../terms.ts';

export type ColumnUse =
  | { readonly as: 'name' }
  | { readonly as: 'phone'; readonly type: PhoneType }
  | ({ readonly as: 'field'; readonly field: string } & Partial<FieldKind>)
  | { readonly as: 'ignore' };

export interface ImportOptions {
  readonly list: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  readonly duplicates: Duplicates;
  /** The field by which contacts are the same; absent: any of their phones. */
  readonly key?: string;
  /** What the campaigns that use the list say of its fields. */
  readonly fields?: readonly FieldDefinition[];
  /** What becomes of an import into the list that was cut off; default: it goes on when it is this one. */
  readonly resume?: 'when-possible' | 'only' | 'never';
  /** What columns are, by their header; the others are found out. */
  readonly columns: Readonly<Record<string, ColumnUse>>;
  readonly delimiter?: ',' | ';' | '\t' | '|';
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
}

export interface ImportPreview {
  readonly file: string;
  readonly list: string;
  readonly country: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly bytes: number;
  readonly columns: readonly { readonly header: string; readonly use: ColumnUse; readonly looksLike?: FieldType }[];
  readonly preview: readonly {
    readonly line: number;
    readonly reading:
      | { readonly kind: 'contact'; readonly contact: NewContact }
      | { readonly kind: 'rejected'; readonly reason: string };
  }[];
  /** What a person should look at before importing. */
  readonly doubts: readonly string[];
}

interface ImportFigures {
  readonly rows: number;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
  readonly rejected: number;
}

export interface ImportProgress extends ImportFigures {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Rows that an earlier run had done. */
  readonly resumedRows: number;
}

export interface ImportReport extends ImportFigures {
  readonly list: ListSummary;
  /** How many rows were rejected for which reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** File with the rejected rows, each with its line and reason; absent when none was. */
  readonly rejectedFile?: string;
  /** The line behind which an import that had been cut off went on. */
  readonly resumedAfterLine?: number;
  readonly durationMs: number;
}

/** What the API needs of an importer; `file` is an absolute path on the daemon's machine. */
export interface ListImporter {
  /** What an import would do; changes nothing. */
  preview(file: string, options: ImportOptions): Promise<ImportPreview>;
  /** Imports the file, all of it or nothing. */
  run(
    file: string,
    options: ImportOptions,
    hooks: { readonly onProgress: (progress: ImportProgress) => void; readonly signal: AbortSignal },
  ): Promise<ImportReport>;
}

export interface ImportJob extends ImportProgress {
  readonly id: string;
  readonly list: string;
  readonly file: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly report?: ImportReport;
  readonly error?: RenderedError;
}

const REMEMBERED = 50;

export interface ImportJobsOptions {
  readonly importer: ListImporter;
  readonly clock: Clock;
  readonly log: Log;
  readonly nextId: () => string;
  /** Called after each import that succeeded. */
  readonly onDone: () => Promise<void>;
}

/** Runs imports for the API. */
export class ImportJobs {
  readonly #jobs = new Map<string, ImportJob>();
  readonly #options: ImportJobsOptions;
  #running: { readonly id: string; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(options: ImportJobsOptions) {
    this.#options = options;
  }

  /** Starts an import; refused with `import-running` while another one runs. */
  start(file: string, options: ImportOptions): ImportJob {
    if (this.#running)
      throw new OperationalError('import-running', 'Another import is running.', {
        hint: `Wait for it: outdial list import shows its progress, or stop it with DELETE /api/imports/${this.#running.id}.`,
        httpCode: 409,
      });
    const id = this.#options.nextId();
    const stop = new AbortController();
    const none = { rows: 0, added: 0, merged: 0, skipped: 0, rejected: 0, bytes: 0, totalBytes: 0, resumedRows: 0 };
    const startedAt = this.#options.clock.now();
    this.#note({ id, list: options.list, file, state: 'running', startedAt, ...none });
    const ended = this.#carryOut(this.get(id), options, stop.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { id, stop, ended };
    return this.get(id);
  }

  all(): readonly ImportJob[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Refused with `import-unknown` when no such import is remembered. */
  get(id: string): ImportJob {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw new OperationalError('import-unknown', `There is no import ${id}.`, {
      hint: `The last ${REMEMBERED} imports since the daemon's start are remembered.`,
      httpCode: 404,
    });
  }

  /** Stops a running import; nothing of it stays. */
  async stop(id: string): Promise<ImportJob> {
    this.get(id);
    if (this.#running?.id === id) await this.#end('cancel');
    return this.get(id);
  }

  /** Suspends what runs: it goes on when it is asked for again. */
  async close(): Promise<void> {
    await this.#end('suspend');
  }

  async #end(reason: 'suspend' | 'cancel'): Promise<void> {
    const running = this.#running;
    running?.stop.abort(reason);
    await running?.ended;
  }

  async #carryOut({ id, file, list }: ImportJob, options: ImportOptions, signal: AbortSignal): Promise<void> {
    const { importer, clock, log, onDone } = this.#options;
    try {
      const onProgress = (progress: ImportProgress): void => this.#note({ ...this.get(id), ...progress });
      const report = await importer.run(file, options, { onProgress, signal });
      await onDone();
      const { rows, added, merged, skipped, rejected } = report;
      const figures = { rows, added, merged, skipped, rejected, bytes: this.get(id).totalBytes };
      this.#note({ ...this.get(id), ...figures, report, state: 'done', endedAt: clock.now() });
      log.info({ import: id, list, added, rejected }, 'list imported');
    } catch (error) {
      this.#note({ ...this.get(id), state: 'failed', endedAt: clock.now(), error: renderError(error) });
      log.warn({ import: id, list, code: renderError(error).code }, 'import ended without a list');
    }
  }

  #note(job: ImportJob): void {
    this.#jobs.set(job.id, job);
    const oldest = this.#jobs.keys().next();
    if (this.#jobs.size > REMEMBERED && oldest.done !== true) this.#jobs.delete(oldest.value);
  }
}
