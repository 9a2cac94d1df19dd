// Importing a file of numbers into a do-not-call list: through the daemon when one is running (it reads the file
// itself), else straight into the store, whose lock is taken for that time. Either way all of the file or nothing.

import { userInfo } from 'node:os';
import { OperationalError } from '../base/errors.ts';
import type { NumberImportProgress, NumberImportReport } from '../http/number-import-jobs.ts';
import { numberImportJob } from '../http/wire-imports.ts';
import { withStoreToWrite, type CommandContext } from './context.ts';
import { isDaemonRunning } from './daemon-client.ts';
import type { Outcome } from './outcome.ts';
import { progressBar } from './progress.ts';
import { harmless } from './table.ts';

export interface NumberWish {
  /** Absolute path. */
  readonly file: string;
  readonly list: string;
  readonly mode: 'add' | 'replace';
  readonly country?: string;
}

type Progress = (progress: NumberImportProgress) => void;

const ASK_EVERY_MS = 250;
const SHOWN_FAULTS = 10;

/** Imports; progress goes to stderr on a screen. Ctrl-C leaves nothing behind. Exit 1 when lines were no numbers. */
export async function importNumbersVia(context: CommandContext, wish: NumberWish): Promise<Outcome> {
  const bar = progressBar(context.terminal);
  const onProgress: Progress = ({ bytes, totalBytes, written, numbers }) => {
    const read = totalBytes === 0 ? 0 : bytes / totalBytes;
    bar.show(read / 2 + (numbers === 0 ? 0 : written / numbers / 2), numbers === 0 ? 'reading' : `${written} numbers`);
  };
  const stop = new AbortController();
  const forget = context.terminal.onInterrupt(() => stop.abort());
  try {
    const report = (await isDaemonRunning(await context.settings()))
      ? await throughDaemon(context, wish, onProgress, stop.signal)
      : await intoStore(context, wish, onProgress, stop.signal);
    bar.end();
    return reported(report);
  } finally {
    bar.end();
    forget();
  }
}

async function intoStore(
  context: CommandContext,
  wish: NumberWish,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<NumberImportReport> {
  const { runNumberImport } = await import('../store/import/numbers.ts');
  const { country } = await context.settings();
  const complete = { country, ...wish, by: `cli.${userInfo().username}` };
  return withStoreToWrite(context, (store) =>
    runNumberImport(complete, store, { clock: context.clock, onProgress, signal }),
  );
}

async function throughDaemon(
  context: CommandContext,
  wish: NumberWish,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<NumberImportReport> {
  const daemon = await context.daemon();
  let job = await daemon.post(numberImportJob, '/do-not-call-imports', wish);
  while (job.state === 'running') {
    await new Promise<void>((resolve) => {
      context.clock.after(ASK_EVERY_MS, resolve);
    });
    const path = `/do-not-call-imports/${job.id}`;
    job = signal.aborted ? await daemon.delete(numberImportJob, path) : await daemon.get(numberImportJob, path);
    onProgress(job);
  }
  if (job.report) return job.report;
  const {
    code = 'import-failed',
    message = 'The import failed.',
    hint = 'See the daemon’s log.',
    places = [],
  } = job.error ?? {};
  throw new OperationalError(code, message, { hint, places });
}

function reported(report: NumberImportReport): Outcome {
  const { list, numbers, refused, refusedLines, durationMs } = report;
  const perSecond = Math.round((numbers * 1000) / Math.max(1, durationMs));
  const shown = refusedLines.slice(0, SHOWN_FAULTS).map(({ line, text }) => `  line ${line}: ${harmless(text)}`);
  const more = refused - shown.length;
  const text = [
    `${numbers} numbers imported in ${(durationMs / 1000).toFixed(1)} s (${perSecond}/s); ${list.name} holds ${list.numbers}.`,
    ...(refused > 0 ? [`${refused} lines are no numbers:`, ...shown] : []),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
  return { data: report, text, exitCode: refused > 0 ? 1 : 0 };
}
