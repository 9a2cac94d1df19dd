// Carries out an import for a command: through the daemon when one is running (it reads the file itself, or is handed it
// when it may not), else straight into the store, whose lock is taken for that time. All of the file or nothing.

import { OperationalError } from '../base/errors.ts';
import type { Store } from '../engine/store/store.ts';
import type { ImportHooks, ImportJob } from '../imports/import-jobs.ts';
import type { Schema } from '../http/wire/wire.ts';
import { withStoreToWrite, type CommandContext } from './context.ts';
import { callerActor, isDaemonRunning, type DaemonClient } from './daemon-client.ts';
import { aboutOriginal, fetchBack, handOver, mayBeHandedOver, takeBack } from './hand-over.ts';
import { progressBar } from './render/progress.ts';
import { noteChange } from '../engine/audit-trail.ts';

/** One kind of import as the commands see it. */
export interface ImportCommand<Progress, Report> {
  /** Where the daemon has such imports, and how it shows one. */
  readonly path: string;
  readonly job: Schema<ImportJob<Progress, Report>>;
  /** What the daemon is asked for. */
  readonly wanted: { readonly file: string; readonly list: string };
  /** The share that is done, 0–1, and words for it. */
  readonly show: (progress: Progress) => { readonly share: number; readonly text: string };
  /** Makes the import ready and says how it goes into a store; a fault of the file is reported before a store is opened. */
  readonly prepare: () => Promise<(store: Store, hooks: ImportHooks<Progress>) => Promise<Report>>;
  /** The words of the audit log; the daemon writes its own. */
  readonly audit: { readonly what: string; readonly to: (report: Report) => unknown };
}

const ASK_EVERY_MS = 250;

/** Imports; progress goes to stderr on a screen. Ctrl-C leaves nothing behind: refused with `import-cancelled`. */
export async function carryOutImport<Progress, Report extends object>(
  context: CommandContext,
  command: ImportCommand<Progress, Report>,
): Promise<Report> {
  const bar = progressBar(context.terminal);
  const show = (progress: Progress, givesWay = false): void => {
    const { share, text } = command.show(progress);
    bar.show(share, givesWay ? `${text}, slower while calls go on` : text);
  };
  const stop = new AbortController();
  const forget = context.terminal.onInterrupt(() => stop.abort());
  try {
    const isRunning = await isDaemonRunning(await context.settings());
    return isRunning
      ? await throughDaemon(context, command, { show, signal: stop.signal })
      : await intoStore(context, command, { onProgress: show, signal: stop.signal });
  } finally {
    bar.end();
    forget();
  }
}

async function intoStore<Progress, Report>(
  context: CommandContext,
  { wanted, prepare, audit }: ImportCommand<Progress, Report>,
  hooks: ImportHooks<Progress>,
): Promise<Report> {
  const run = await prepare();
  return withStoreToWrite(context, async (store) => {
    const report = await run(store, hooks);
    const change = { at: context.clock.now(), what: audit.what, subject: wanted.list, to: audit.to(report) };
    await noteChange(store, callerActor(), change);
    return report;
  });
}

async function throughDaemon<Progress, Report extends object>(
  context: CommandContext,
  command: ImportCommand<Progress, Report>,
  watching: Watching<Progress>,
): Promise<Report> {
  const daemon = await context.daemon();
  const { path, job, wanted } = command;
  const original = wanted.file;
  try {
    return await watched(context, { daemon, command, job: await daemon.post(job, path, wanted) }, watching);
  } catch (error) {
    if (!mayBeHandedOver(error)) throw error;
  }
  const handed = await handOver(daemon, original);
  let isSuspended = false;
  try {
    const begun = await daemon.post(job, path, { ...wanted, file: handed.file });
    const report = await watched(context, { daemon, command, job: begun }, watching);
    return await fetchBack(daemon, handed, { report, original });
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    isSuspended = ['import-suspended', 'daemon-not-running'].includes(error.code);
    throw await aboutOriginal(daemon, handed, { error, original });
  } finally {
    // What can go on needs the rows that it left out so far.
    if (!isSuspended) await takeBack(daemon, handed).catch(() => undefined); // it goes by itself within a week
  }
}

interface Watching<Progress> {
  readonly show: (progress: Progress, givesWay: boolean) => void;
  readonly signal: AbortSignal;
}

/** Asks for the import until it has ended. */
async function watched<Progress, Report>(
  context: CommandContext,
  asked: {
    readonly daemon: DaemonClient;
    readonly command: ImportCommand<Progress, Report>;
    readonly job: ImportJob<Progress, Report>;
  },
  { show, signal }: Watching<Progress>,
): Promise<Report> {
  const { daemon } = asked;
  const { path, job: shape } = asked.command;
  let { job } = asked;
  while (job.state === 'running') {
    await new Promise<void>((resolve) => {
      context.clock.after(ASK_EVERY_MS, resolve);
    });
    const address = `${path}/${job.id}`;
    job = signal.aborted ? await daemon.delete(shape, address) : await daemon.get(shape, address);
    show(job, job.givesWay);
  }
  if (job.report) return job.report;
  const { code = 'import-failed', message = 'The import failed.' } = job.error ?? {};
  const { hint = 'See the daemon’s log.', places = [] } = job.error ?? {};
  throw new OperationalError(code, message, { hint, places });
}
