// The imports of do-not-call lists that were asked of the daemon: one at a time, each with its progress, the last ones
// remembered. Reading and writing is the importer's work; this only starts it, watches and tells.

import type { Clock } from '../base/clock.ts';
import { OperationalError, renderError, type RenderedError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { DoNotCallList } from '../engine/store-do-not-call.ts';

export interface NumberImportWish {
  readonly file: string;
  readonly list: string;
  readonly mode: 'add' | 'replace';
  readonly by: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
}

export interface NumberImportProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  /** Written of all that were found; the writing begins when everything has been read. */
  readonly written: number;
  readonly numbers: number;
}

export interface NumberImportReport {
  readonly list: DoNotCallList;
  readonly lines: number;
  readonly numbers: number;
  readonly refused: number;
  /** The first lines that are no numbers. */
  readonly refusedLines: readonly { readonly line: number; readonly text: string }[];
  readonly durationMs: number;
}

/** What the API needs of an importer of numbers. */
export type NumberImporter = (
  wish: NumberImportWish,
  hooks: { readonly onProgress: (progress: NumberImportProgress) => void; readonly signal: AbortSignal },
) => Promise<NumberImportReport>;

export interface NumberImportJob extends NumberImportProgress {
  readonly id: string;
  readonly list: string;
  readonly file: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly report?: NumberImportReport;
  readonly error?: RenderedError;
}

const REMEMBERED = 20;

export interface NumberImportJobsOptions {
  readonly importer: NumberImporter;
  readonly clock: Clock;
  readonly log: Log;
  readonly nextId: () => string;
  /** Called after each import that succeeded. */
  readonly onDone: () => Promise<void>;
}

/** Runs imports of numbers for the API. */
export class NumberImportJobs {
  readonly #jobs = new Map<string, NumberImportJob>();
  readonly #options: NumberImportJobsOptions;
  #running: { readonly id: string; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(options: NumberImportJobsOptions) {
    this.#options = options;
  }

  /** Starts an import; refused with `import-running` while another one runs. */
  start(wish: NumberImportWish): NumberImportJob {
    if (this.#running)
      throw new OperationalError('import-running', 'Another import of a do-not-call list is running.', {
        hint: `Wait for it, or stop it with DELETE /api/do-not-call-imports/${this.#running.id}.`,
        httpCode: 409,
      });
    const { clock, nextId } = this.#options;
    const id = nextId();
    const stop = new AbortController();
    const none = { bytes: 0, totalBytes: 0, written: 0, numbers: 0 };
    this.#note({ id, list: wish.list, file: wish.file, state: 'running', startedAt: clock.now(), ...none });
    const ended = this.#carryOut(id, wish, stop.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { id, stop, ended };
    return this.get(id);
  }

  /** Refused with `import-unknown` when no such import is remembered. */
  get(id: string): NumberImportJob {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw new OperationalError('import-unknown', `There is no import ${id}.`, {
      hint: `The last ${REMEMBERED} imports since the daemon's start are remembered.`,
      httpCode: 404,
    });
  }

  /** Stops a running import; nothing of it stays. */
  async stop(id: string): Promise<NumberImportJob> {
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

  async #carryOut(id: string, wish: NumberImportWish, signal: AbortSignal): Promise<void> {
    const { importer, clock, log, onDone } = this.#options;
    const { list } = wish;
    try {
      const onProgress = (progress: NumberImportProgress): void => this.#note({ ...this.get(id), ...progress });
      const report = await importer(wish, { onProgress, signal });
      await onDone();
      this.#note({ ...this.get(id), report, state: 'done', endedAt: clock.now() });
      log.info({ import: id, list, numbers: report.numbers, refused: report.refused }, 'do-not-call list imported');
    } catch (error) {
      this.#note({ ...this.get(id), state: 'failed', endedAt: clock.now(), error: renderError(error) });
      log.warn({ import: id, list, code: renderError(error).code }, 'import failed; nothing was imported');
    }
  }

  #note(job: NumberImportJob): void {
    this.#jobs.set(job.id, job);
    const oldest = this.#jobs.keys().next();
    if (this.#jobs.size > REMEMBERED && oldest.done !== true) this.#jobs.delete(oldest.value);
  }
}
