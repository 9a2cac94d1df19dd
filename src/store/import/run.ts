// Importing a CSV file into a list: first a plan with a preview, then the import itself, all of it or nothing. Reading
// happens on a thread of its own; this side passes batches on to the store. An import that was cut off (kill -9, a
// restart) goes on where it stood when the same file is imported again.

import { on } from 'node:events';
import { randomUUID } from 'node:crypto';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { rm } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import type { ImportCounts, InterruptedImport } from '../../engine/store/lists.ts';
import type { Store } from '../../engine/store/store.ts';
import { defined } from '../../base/defined.ts';
import { OperationalError } from '../../base/errors.ts';
import { unpackFailure } from '../failure.ts';
import { startThread } from '../../base/thread.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import { gateDoubts } from './never-dialed.ts';
import type { ImportReport } from './report.ts';
import { partOf } from './row-file.ts';
import type { ImportNews, ImportTask, ReadSoFar } from './worker.ts';
import { importCancelled } from './faults.ts';

/** The reason with which `signal` only suspends an import: it can go on later. */
export const SUSPEND = 'suspend';

/** An import that was cut off: gone on with when it is the same (the default), insisted on, or started over. */
type Resuming = 'when-possible' | 'only' | 'never';

export interface RunOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Calls the import off: it leaves nothing, or, with the reason SUSPEND, what can go on. */
  readonly signal?: AbortSignal;
  /** Where rejected rows go, or beside it when there is such a file; default `<file>.rejected.csv` beside the file. */
  readonly rejectedFile?: string;
  /** Where rows go that were skipped, merged or lost a phone; default `<file>.notes.csv`. */
  readonly notesFile?: string;
  readonly resume?: Resuming;
  /** Folders that the file must lie below; default: anywhere. */
  readonly roots?: readonly string[];
}

interface ImportProgress extends ReadSoFar {
  readonly totalBytes: number;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
  /** Rows that an earlier run had done. */
  readonly resumedRows: number;
}

const MAX_LINES_REPORTED = 1000;
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * What an import would do with the file; changes nothing. Refuses `import-unreadable`, `import-empty`, `import-nul`,
 * `import-line-too-long`, `import-encoding`, `import-quotes`, `import-columns`, `import-not-csv`, `import-country`,
 * `import-list-name`, and `file-outside-roots` when it lies below none of `roots`.
 */
export async function planImport(file: string, options: ImportOptions, roots?: readonly string[]): Promise<ImportPlan> {
  const worker = startReading({ task: 'plan', file, options, ...defined({ roots }) });
  for await (const news of newsOf(worker)) {
    if (news.type === 'plan') return news.plan;
  }
  throw new Error('the thread of the import ended without a plan');
}

/**
 * Imports the planned file. A fault of the file, a failing store or `signal` leave nothing behind; rows that cannot be
 * read are left out, each with its reason, in the rejected file. Refuses also `import-all-rejected`, `import-running`,
 * `import-cancelled`, `import-suspended`, `import-duplicate`, `import-not-resumable` and `import-rejected-file`.
 */
export async function runImport(
  plan: ImportPlan,
  store: Pick<Store, 'lists'>,
  options: RunOptions = {},
): Promise<ImportReport> {
  const earlier = await earlierRun(plan, store, options.resume ?? 'when-possible');
  const resumed = earlier && (await attemptRun({ plan, store, options, earlier }));
  const report = resumed ?? (await attemptRun({ plan, store, options }));
  if (report) return report;
  throw new Error('only an earlier import can be one that does not go on');
}

/** The import that was cut off and is this one; refused with `import-not-resumable` where it is insisted on. */
async function earlierRun(
  plan: ImportPlan,
  store: Pick<Store, 'lists'>,
  resuming: Resuming,
): Promise<InterruptedImport | undefined> {
  if (resuming === 'never') return undefined;
  const earlier = await store.lists.interruptedImport(plan.list);
  if (earlier?.fingerprint === plan.fingerprint) return earlier;
  if (resuming === 'when-possible') return undefined;
  const why = earlier ? 'the file or the meaning of its columns has changed' : 'none was cut off';
  throw new OperationalError('import-not-resumable', `No import into ${plan.list} can go on: ${why}.`, {
    hint: 'Import without --resume: it begins at the first line.',
    httpCode: 409,
    places: [{ file: plan.file }],
  });
}

/** One run, new or gone on with; undefined when the earlier one cannot go on after all. */
async function attemptRun(attempt: {
  readonly plan: ImportPlan;
  readonly store: Pick<Store, 'lists'>;
  readonly options: RunOptions;
  readonly earlier?: InterruptedImport;
}): Promise<ImportReport | undefined> {
  const { plan, store, options, earlier } = attempt;
  const startedAt = performance.now();
  const importId = earlier?.importId ?? randomUUID();
  try {
    const read = await readInto({ plan, store, importId, options, earlier });
    if (!read) return undefined;
    if (read.rows === read.rejected) throw allRejected(plan, read);
    const list = await store.lists.finishImport(importId);
    const { bytes: _bytes, ...counts } = read;
    const resumed = earlier ? { resumedAfterLine: earlier.mark.line } : {};
    const doubts = [...plan.doubts, ...gateDoubts(read.neverDialed)];
    return { list, ...counts, ...resumed, doubts, durationMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    if (options.signal?.aborted === true && options.signal.reason === SUSPEND)
      throw await suspended(store, importId, error);
    await abandon(store, importId);
    await Promise.all(Object.values(rowFilesOf(plan, options)).map((file) => rm(partOf(file), { force: true })));
    throw options.signal?.aborted === true ? importCancelled(error) : atFile(error, plan);
  }
}

interface Reading {
  readonly plan: ImportPlan;
  readonly store: Pick<Store, 'lists'>;
  readonly importId: string;
  readonly options: RunOptions;
  readonly earlier: InterruptedImport | undefined;
}

type ReadResult = ReadSoFar &
  Pick<
    ImportReport,
    | 'added'
    | 'merged'
    | 'skipped'
    | 'skippedLines'
    | 'reasons'
    | 'leftOut'
    | 'neverDialed'
    | 'rejectedFile'
    | 'notesFile'
  >;

async function readInto(reading: Reading): Promise<ReadResult | undefined> {
  const { plan, options, earlier } = reading;
  const { rejectedFile, notesFile } = rowFilesOf(plan, options);
  const tally = {
    added: earlier?.added ?? 0,
    merged: earlier?.merged ?? 0,
    skipped: earlier?.skipped ?? 0,
    skippedLines: [] as number[],
  };
  const given = defined({ from: earlier?.mark, roots: options.roots });
  const worker = startReading({ task: 'read', plan, rejectedFile, notesFile, ...given });
  for await (const news of newsOf(worker, options.signal)) {
    if (news.type === 'batch') {
      const counts = await passOn(reading, news);
      count(tally, counts);
      worker.postMessage(counts.met);
      const { added, merged, skipped } = tally;
      const resumedRows = earlier?.mark.rows ?? 0;
      options.onProgress?.({ ...news.soFar, totalBytes: plan.bytes, added, merged, skipped, resumedRows });
    }
    if (news.type === 'not-resumable') return undefined;
    if (news.type === 'end') {
      const { type: _type, soFar, ...ended } = news;
      return { ...soFar, ...tally, ...ended };
    }
  }
  throw new Error('the thread of the import ended before the file did');
}

function passOn(
  { plan, store, importId, options }: Reading,
  { contacts, mark }: Extract<ImportNews, { type: 'batch' }>,
): Promise<ImportCounts> {
  const { list, source, duplicates, key, fingerprint } = plan;
  const batch = { importId, list, source, duplicates, fingerprint, mark, contacts, fields: fieldsOf(plan) };
  const files = [plan.file, ...Object.values(rowFilesOf(plan, options))].map((file) => resolve(file));
  return store.lists.importBatch({ ...batch, files, ...defined({ key }) });
}

function fieldsOf({ columns }: ImportPlan): readonly string[] {
  return columns.flatMap(({ use }) => (use.as === 'field' ? [use.field] : []));
}

function count(
  tally: { added: number; merged: number; skipped: number; skippedLines: number[] },
  counts: ImportCounts,
): void {
  tally.added += counts.added;
  tally.merged += counts.merged;
  tally.skipped += counts.skippedLines.length;
  const room = MAX_LINES_REPORTED - tally.skippedLines.length;
  if (room > 0) tally.skippedLines.push(...counts.skippedLines.slice(0, room));
}

function startReading(task: ImportTask): Worker {
  return startThread(WORKER, task);
}

/** What the thread says until it ends; throws what it failed with. Ends the thread when no one listens any more. */
async function* newsOf(worker: Worker, signal?: AbortSignal): AsyncGenerator<ImportNews> {
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'], ...defined({ signal }) })) {
      const news = message as ImportNews;
      if (news.type === 'failure') throw unpackFailure(news.failure);
      yield news;
    }
  } finally {
    await worker.terminate();
  }
}

async function abandon(store: Pick<Store, 'lists'>, importId: string): Promise<void> {
  try {
    await store.lists.abandonImport(importId);
  } catch {
    // The store fails too: nothing of the import is visible, and the next start of the store deletes it.
  }
}

async function suspended(store: Pick<Store, 'lists'>, importId: string, cause: unknown): Promise<OperationalError> {
  await store.lists.suspendImport(importId);
  return new OperationalError('import-suspended', 'The import has stopped and can go on; nothing of it is seen yet.', {
    hint: 'Import the same file again: it goes on where it stood.',
    cause,
    httpCode: 409,
  });
}

/** The store knows the file by its name alone. */
function atFile(error: unknown, { file }: ImportPlan): unknown {
  if (!(error instanceof OperationalError) || error.code !== 'import-duplicate') return error;
  const { hint, httpCode, places } = error;
  return new OperationalError('import-duplicate', error.message, {
    hint,
    httpCode,
    cause: error,
    places: places.map((place) => ({ ...place, file })),
  });
}

/** Where rows go that are left out or noted. */
function rowFilesOf({ file }: ImportPlan, options: RunOptions): { rejectedFile: string; notesFile: string } {
  const { rejectedFile = besideOf(file, 'rejected'), notesFile = besideOf(file, 'notes') } = options;
  return { rejectedFile, notesFile };
}

function besideOf(file: string, what: 'rejected' | 'notes'): string {
  const extension = extname(file);
  return join(dirname(file), `${basename(file, extension)}.${what}.csv`);
}

function allRejected(plan: ImportPlan, { rows, rejectedFile = '' }: ReadResult): OperationalError {
  return new OperationalError('import-all-rejected', `Every row was rejected (${rows}); nothing was imported.`, {
    hint: `The reasons are in ${rejectedFile}; check the columns and the country (${plan.country}).`,
    places: [{ file: plan.file }],
  });
}
