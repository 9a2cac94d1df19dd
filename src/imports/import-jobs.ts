// The imports that were asked of the daemon: of each kind one at a time, each with its progress, the last ones remembered.
// Reading and writing is the importer's work; this only starts it, watches and reports.

import { importRunning, importUnknown } from '../engine/store/refusals.ts';
import type { Clock } from '../base/clock.ts';
import { renderError, type OperationalError, type RenderedError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';

/** How an import reports its progress and is stopped: with the reason `suspend` it may go on later. */
export interface ImportHooks<Progress> {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
}

/** What can be imported: contacts into a list, numbers into a do-not-call list. */
export interface ImportKind<Wanted, Progress, Report> {
  /** What it makes, in words. */
  readonly what: string;
  /** Where the API has such imports. */
  readonly path: string;
  /** The progress of an import that has not begun. */
  readonly nothing: Progress;
  /** Imports the file, all of it or nothing. */
  readonly run: (wanted: Wanted, hooks: ImportHooks<Progress>) => Promise<Report>;
  /** The figures of the progress as the report has them. */
  readonly figuresOf: (report: Report) => Partial<Progress>;
}

/** What every import is asked for: an absolute path on the daemon's machine and the name of a list. */
interface AnyImport {
  readonly file: string;
  readonly list: string;
}

interface JobState<Report> {
  readonly id: string;
  readonly list: string;
  readonly file: string;
  readonly state: 'running' | 'done' | 'failed';
  /** Calls are going on: the import leaves them the processor and takes longer. */
  readonly givesWay: boolean;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly report?: Report;
  readonly error?: RenderedError;
}

type KeptJob<Progress, Report> = Omit<JobState<Report>, 'givesWay'> & Progress;
export type ImportJob<Progress, Report> = JobState<Report> & Progress;

const REMEMBERED = 50;

export interface ImportJobsOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly nextId: () => string;
  /** Whether calls are going on. */
  readonly isCalling: () => boolean;
  /** Called after each import that succeeded. */
  readonly onDone: () => Promise<void>;
}

/** Runs imports of one kind for the API. */
export class ImportJobs<Wanted extends AnyImport, Progress extends object, Report> {
  readonly #jobs = new Map<string, KeptJob<Progress, Report>>();
  readonly #kind: ImportKind<Wanted, Progress, Report>;
  readonly #options: ImportJobsOptions;
  #running: { readonly id: string; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  constructor(kind: ImportKind<Wanted, Progress, Report>, options: ImportJobsOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  /** Starts an import; refused with `import-running` while another one of the kind runs. */
  start(wanted: Wanted): ImportJob<Progress, Report> {
    if (this.#running) throw anotherRuns(this.#kind, this.#running.id);
    const { clock, nextId } = this.#options;
    const { list, file } = wanted;
    const id = nextId();
    const stop = new AbortController();
    this.#note({ ...this.#kind.nothing, id, list, file, state: 'running', startedAt: clock.now() });
    const ended = this.#carryOut(id, wanted, stop.signal).finally(() => {
      this.#running = undefined;
    });
    this.#running = { id, stop, ended };
    return this.get(id);
  }

  all(): readonly ImportJob<Progress, Report>[] {
    return [...this.#jobs.values()].reverse().map((job) => this.#shown(job));
  }

  /** Refused with `import-unknown` when no such import is remembered. */
  get(id: string): ImportJob<Progress, Report> {
    return this.#shown(this.#kept(id));
  }

  /** Stops a running import; nothing of it stays. */
  async stop(id: string): Promise<ImportJob<Progress, Report>> {
    this.get(id);
    if (this.#running?.id === id) await this.#end('cancel');
    return this.get(id);
  }

  /** Suspends what runs: where its kind can go on, it does when it is asked for again. */
  async close(): Promise<void> {
    await this.#end('suspend');
  }

  #shown(job: KeptJob<Progress, Report>): ImportJob<Progress, Report> {
    return { ...job, givesWay: job.state === 'running' && this.#options.isCalling() };
  }

  #kept(id: string): KeptJob<Progress, Report> {
    const job = this.#jobs.get(id);
    if (job) return job;
    throw importUnknown(id, `The last ${REMEMBERED} imports since the daemon's start are remembered.`);
  }

  async #end(reason: 'suspend' | 'cancel'): Promise<void> {
    const running = this.#running;
    running?.stop.abort(reason);
    await running?.ended;
  }

  async #carryOut(id: string, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { clock, log, onDone } = this.#options;
    const { what, run, figuresOf } = this.#kind;
    const { list } = wanted;
    const note = (parts: Partial<JobState<Report>> | Partial<Progress>): void =>
      this.#note({ ...this.#kept(id), ...parts });
    try {
      const report = await run(wanted, { onProgress: note, signal });
      await onDone();
      note(figuresOf(report));
      note({ report, state: 'done', endedAt: clock.now() });
      log.info({ import: id, list, ...figuresOf(report) }, `${what} imported`);
    } catch (error) {
      note({ state: 'failed', endedAt: clock.now(), error: renderError(error) });
      log.warn({ import: id, list, code: renderError(error).code }, `import ended without a ${what}`);
    }
  }

  #note(job: KeptJob<Progress, Report>): void {
    this.#jobs.set(job.id, job);
    const oldest = this.#jobs.keys().next();
    if (this.#jobs.size > REMEMBERED && oldest.done !== true) this.#jobs.delete(oldest.value);
  }
}

function anotherRuns({ what, path }: { readonly what: string; readonly path: string }, id: string): OperationalError {
  return importRunning(`of a ${what}`, `Wait for it, or stop it with DELETE ${path}/${id}.`);
}
