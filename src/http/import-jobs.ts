// The list imports that were asked of the daemon: one at a time, each with its progress, the last ones remembered.
// Reading and parsing is the importer's work; this only starts it, watches and tells.

import type { Clock } from '../base/clock.ts';
import { OperationalError, renderError, type RenderedError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

export interface ImportRequest {
  /** Absolute path on the daemon's machine. */
  readonly file: string;
  readonly list: string;
  /** CSV column → target (`name`, `fields.region` …). */
  readonly map: Readonly<Record<string, string>>;
  /** CSV column → phone type, in the order of dialing. */
  readonly phones: Readonly<Record<string, string>>;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly country?: string;
  readonly duplicates: 'skip' | 'merge';
}

export interface ImportFigures {
  readonly rows: number;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What the API needs of an importer; the store's own fulfils it. */
export interface ListImporter {
  /** What an import would do with the first rows; changes nothing. */
  preview(request: ImportRequest): Promise<ImportPreview>;
  /** Imports the file whole or not at all; `onProgress` is called a few times a second at most. */
  run(
    request: ImportRequest,
    hooks: { readonly onProgress: (figures: ImportFigures) => void; readonly signal: AbortSignal },
  ): Promise<ImportOutcome>;
}

export interface ImportPreview {
  readonly columns: readonly { readonly column: string; readonly target: string }[];
  readonly delimiter: string;
  readonly encoding: string;
  readonly contacts: readonly {
    readonly line: number;
    readonly name: string;
    readonly phones: readonly { readonly number: string; readonly type: string }[];
    readonly fields: Readonly<Record<string, string>>;
  }[];
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

export interface ImportOutcome extends ImportFigures {
  /** File with the rows that were not taken, line and reason; absent when all were. */
  readonly rejectedFile?: string;
}

export interface ImportJob extends ImportFigures {
  readonly id: string;
  readonly list: string;
  readonly file: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly rejectedFile?: string;
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
  start(request: ImportRequest): ImportJob {
    if (this.#running)
      throw new OperationalError('import-running', 'Another import is running.', {
        hint: `Wait for it: outdial list import shows its progress, or stop it with DELETE /api/imports/${this.#running.id}.`,
        httpCode: 409,
      });
    const id = this.#options.nextId();
    const stop = new AbortController();
    const none = { rows: 0, added: 0, merged: 0, skipped: 0, rejected: 0, bytes: 0, totalBytes: 0 };
    const startedAt = this.#options.clock.now();
    this.#note({ id, list: request.list, file: request.file, state: 'running', startedAt, ...none });
    const ended = this.#carryOut(id, request, stop.signal).finally(() => {
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
    if (this.#running?.id === id) await this.close();
    return this.get(id);
  }

  /** Stops what runs. */
  async close(): Promise<void> {
    const running = this.#running;
    running?.stop.abort();
    await running?.ended;
  }

  async #carryOut(id: string, request: ImportRequest, signal: AbortSignal): Promise<void> {
    const { importer, clock, log, onDone } = this.#options;
    try {
      const onProgress = (figures: ImportFigures): void => this.#note({ ...this.get(id), ...figures });
      const outcome = await importer.run(request, { onProgress, signal });
      await onDone();
      this.#note({ ...this.get(id), ...outcome, state: 'done', endedAt: clock.now() });
      log.info({ import: id, list: request.list, added: outcome.added, rejected: outcome.rejected }, 'list imported');
    } catch (error) {
      this.#note({ ...this.get(id), state: 'failed', endedAt: clock.now(), error: renderError(error) });
      log.warn(
        { import: id, list: request.list, code: renderError(error).code },
        'import failed; nothing was imported',
      );
    }
  }

  #note(job: ImportJob): void {
    this.#jobs.set(job.id, job);
    const oldest = this.#jobs.keys().next();
    if (this.#jobs.size > REMEMBERED && oldest.done !== true) this.#jobs.delete(oldest.value);
  }
}
