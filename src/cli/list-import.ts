// Importing a CSV file: through the daemon when one is running (it reads the file itself), else straight into the
// store, whose lock is taken for that time. Either way all of the file or nothing.

import { OperationalError } from '../base/errors.ts';
import type { ImportOptions, ImportPreview, ImportProgress, ImportReport } from '../http/import-jobs.ts';
import { importJob } from '../http/wire-imports.ts';
import { withStoreToWrite, type CommandContext } from './context.ts';
import { formatDuration } from '../base/durations.ts';
import { callerName, isDaemonRunning, type DaemonClient } from './daemon-client.ts';
import type { Outcome } from './outcome.ts';
import { progressBar } from './progress.ts';
import { harmless, pairs, table } from './table.ts';

export interface ImportWish extends Omit<ImportOptions, 'country'> {
  /** Absolute path. */
  readonly file: string;
  readonly country?: string;
}

type Progress = (progress: ImportProgress) => void;

const ASK_EVERY_MS = 250;

/** Imports, or shows what an import would do; progress goes to stderr on a screen. Ctrl-C leaves nothing behind. */
export async function importVia(context: CommandContext, wish: ImportWish, previewOnly: boolean): Promise<Outcome> {
  if (previewOnly) return previewed(await preview(context, wish));
  const bar = progressBar(context.terminal);
  const pace = paceOf(context.clock.now());
  const onProgress: Progress = (progress) => {
    const { bytes, totalBytes, rows, rejected } = progress;
    const parts = [
      `${rows} rows`,
      ...(rejected > 0 ? [`${rejected} rejected`] : []),
      pace(progress, context.clock.now()),
    ];
    bar.show(totalBytes === 0 ? 0 : bytes / totalBytes, parts.filter((part) => part !== '').join(', '));
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

async function optionsOf(context: CommandContext, { file: _file, ...options }: ImportWish): Promise<ImportOptions> {
  const users = (await context.campaigns()).filter(({ lists }) => lists.includes(options.list));
  const fields = users.flatMap((campaign) => campaign.fields ?? []);
  return { country: (await context.settings()).country, ...options, fields };
}

/** Rows a second since `startedAt`, and the time that the rest of the file takes at that pace. */
function paceOf(startedAt: number): (progress: ImportProgress, now: number) => string {
  let firstBytes: number | undefined;
  return ({ rows, resumedRows, bytes, totalBytes }, now) => {
    firstBytes ??= resumedRows > 0 ? bytes : 0;
    const seconds = (now - startedAt) / 1000;
    const read = bytes - firstBytes;
    if (seconds < 1 || read <= 0) return '';
    const leftMs = ((totalBytes - bytes) / read) * seconds * 1000;
    const left = formatDuration(Math.round(leftMs / 1000) * 1000);
    return `${Math.round((rows - resumedRows) / seconds)} rows/s, ${left} left`;
  };
}

async function preview(context: CommandContext, wish: ImportWish): Promise<ImportPreview> {
  const { planImport } = await import('../store/import/run.ts');
  return planImport(wish.file, await optionsOf(context, wish));
}

async function intoStore(
  context: CommandContext,
  wish: ImportWish,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<ImportReport> {
  const { planImport, runImport } = await import('../store/import/run.ts');
  const plan = await planImport(wish.file, await optionsOf(context, wish));
  const resume = wish.resume ?? 'when-possible';
  return withStoreToWrite(context, async (store) => {
    const report = await runImport(plan, store, { onProgress, signal, resume });
    await store.audit.append({
      ...{ at: context.clock.now(), who: callerName(), what: 'list.import', subject: report.list.name },
      ...{ from: null, to: { file: wish.file, added: report.added, merged: report.merged } },
    });
    return report;
  });
}

async function throughDaemon(
  context: CommandContext,
  wish: ImportWish,
  onProgress: Progress,
  signal: AbortSignal,
): Promise<ImportReport> {
  const daemon = await context.daemon();
  let job = await daemon.post(importJob, '/imports', wish);
  while (job.state === 'running') {
    await new Promise<void>((resolve) => {
      context.clock.after(ASK_EVERY_MS, resolve);
    });
    job = signal.aborted ? await stopJob(daemon, job.id) : await daemon.get(importJob, `/imports/${job.id}`);
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

function stopJob(daemon: DaemonClient, id: string): Promise<ReturnType<typeof importJob.parse>> {
  return daemon.delete(importJob, `/imports/${id}`);
}

function reported(report: ImportReport): Outcome {
  const reasons = Object.entries(report.reasons).sort(([, a], [, b]) => b - a);
  const text = pairs([
    ['list', `${report.list.name} (${report.list.contacts} contacts)`],
    ['rows', report.rows],
    ['added', report.added],
    ['merged', report.merged],
    ['skipped', report.skipped],
    ['rejected', report.rejected],
    ...(report.resumedAfterLine === undefined ? [] : [['went on after line', report.resumedAfterLine] as const]),
    ...reasons.slice(0, 5).map(([reason, count]) => ['', `${count} × ${harmless(reason)}`] as const),
    ...(report.rejectedFile === undefined ? [] : [['rejected rows', report.rejectedFile] as const]),
  ]);
  return { data: report, text };
}

function previewed(plan: ImportPreview): Outcome {
  const columns = table(
    plan.columns,
    [
      { title: 'COLUMN', value: ({ header }) => harmless(header) },
      { title: 'IS', value: ({ use }) => showUse(use) },
      { title: 'LOOKS LIKE', value: ({ looksLike }) => looksLike ?? '' },
    ],
    '',
  );
  const rows = table(
    plan.preview,
    [
      { title: 'LINE', value: ({ line }) => line, align: 'right' },
      { title: 'NAME', value: ({ reading }) => (reading.kind === 'contact' ? harmless(reading.contact.name) : '') },
      {
        title: 'PHONES',
        value: ({ reading }) =>
          reading.kind === 'contact'
            ? reading.contact.phones.map(({ number, type }) => `${number} (${type})`).join(' ')
            : `rejected: ${harmless(reading.reason)}`,
      },
    ],
    'No rows.',
  );
  const delimiter = plan.delimiter === '\t' ? 'tab' : plan.delimiter;
  const head = `${plan.file} → ${plan.list}: ${plan.encoding}, columns parted by ${delimiter}, country ${plan.country}`;
  const doubts = plan.doubts.map((doubt) => `look at this: ${harmless(doubt)}`);
  return { data: plan, text: [head, '', columns, '', rows, ...(doubts.length > 0 ? ['', ...doubts] : [])].join('\n') };
}

function showUse(use: ImportPreview['columns'][number]['use']): string {
  if (use.as === 'phone') return `phone (${use.type})`;
  if (use.as !== 'field') return use.as;
  return `field ${harmless(use.field)}${use.type === undefined ? '' : ` (${use.type})`}`;
}
