// Importing a CSV file into a list: first a plan with a preview, then the import itself, all of it or nothing. Reading
// happens on a thread of its own; this side passes batches on to the store.

import { on } from 'node:events';
import { randomUUID } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { ImportCounts, ListSummary, NewContact, Store } from '../../engine/store.ts';
import { OperationalError } from '../../base/errors.ts';
import { unpackFailure } from '../failure.ts';
import { startThread } from '../thread.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import type { ImportNews, ImportTask, ReadSoFar } from './worker.ts';

export interface RunOptions {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Calls the import off: it leaves nothing. */
  readonly signal?: AbortSignal;
  /** Where rejected rows go; default `<file>.rejected.csv` beside the file. */
  readonly rejectedFile?: string;
}

interface ImportProgress extends ReadSoFar {
  readonly totalBytes: number;
  readonly added: number;
  readonly merged: number;
  readonly skipped: number;
}

export interface ImportReport {
  readonly list: ListSummary;
  /** Rows of the file without the header and blank ones. */
  readonly rows: number;
  readonly added: number;
  readonly merged: number;
  /** Contacts that were there already and kept as they were; they are on the list too. */
  readonly skipped: number;
  /** Lines of the first of them, at most 1000. */
  readonly skippedLines: readonly number[];
  readonly rejected: number;
  readonly reasons: Readonly<Record<string, number>>;
  /** Absent when no row was rejected. */
  readonly rejectedFile?: string;
  readonly durationMs: number;
}

const MAX_LINES_REPORTED = 1000;
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * What an import would do with the file; changes nothing. Refuses `import-unreadable`, `import-empty`, `import-nul`,
 * `import-line-too-long`, `import-encoding`, `import-quotes`, `import-columns`, `import-not-csv`, `import-country`,
 * `import-list-name`.
 */
export async function planImport(file: string, options: ImportOptions): Promise<ImportPlan> {
  const worker = startReading({ task: 'plan', file, options });
  for await (const news of newsOf(worker)) {
    if (news.type === 'plan') return news.plan;
  }
  throw new Error('the thread of the import ended without a plan');
}

/**
 * Imports the planned file. A fault of the file, a failing store or `signal` leave nothing behind; rows that cannot be
 * read are left out, each with its reason, in the rejected file. Refuses also `import-all-rejected`, `import-running`,
 * `import-cancelled` and `import-rejected-file`.
 */
export async function runImport(
  plan: ImportPlan,
  store: Pick<Store, 'lists'>,
  options: RunOptions = {},
): Promise<ImportReport> {
  const startedAt = performance.now();
  const importId = randomUUID();
  const rejectedFile = options.rejectedFile ?? rejectedFileOf(plan.file);
  try {
    const read = await readInto({ plan, store, importId, rejectedFile, options });
    if (read.rows === read.rejected) throw allRejected(plan, read.rows, rejectedFile);
    const list = await store.lists.finishImport(importId);
    const { bytes: _bytes, ...counts } = read;
    const kept = read.rejected > 0 ? { rejectedFile } : {};
    return { list, ...counts, ...kept, durationMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    await abandon(store, importId);
    throw options.signal?.aborted === true ? cancelled(error) : error;
  }
}

interface Reading {
  readonly plan: ImportPlan;
  readonly store: Pick<Store, 'lists'>;
  readonly importId: string;
  readonly rejectedFile: string;
  readonly options: RunOptions;
}

type ReadResult = ReadSoFar & Pick<ImportReport, 'added' | 'merged' | 'skipped' | 'skippedLines' | 'reasons'>;

async function readInto({ plan, store, importId, rejectedFile, options }: Reading): Promise<ReadResult> {
  const { list, source, duplicates } = plan;
  const tally = { added: 0, merged: 0, skipped: 0, skippedLines: [] as number[] };
  const worker = startReading({ task: 'read', plan, rejectedFile });
  const take = async (contacts: readonly NewContact[]): Promise<void> => {
    count(tally, await store.lists.importBatch({ importId, list, source, duplicates, contacts }));
    worker.postMessage('taken');
  };
  for await (const news of newsOf(worker, options.signal)) {
    if (news.type === 'batch') {
      await take(news.contacts);
      const { added, merged, skipped } = tally;
      options.onProgress?.({ ...news.soFar, totalBytes: plan.bytes, added, merged, skipped });
    }
    if (news.type === 'end') return { ...news.soFar, ...tally, reasons: news.reasons };
  }
  throw new Error('the thread of the import ended before the file did');
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

/** What the thread says until it ends; throws what it failed with. Ends the thread when nobody listens any more. */
async function* newsOf(worker: Worker, signal?: AbortSignal): AsyncGenerator<ImportNews> {
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'], ...(signal ? { signal } : {}) })) {
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

function rejectedFileOf(file: string): string {
  const extension = extname(file);
  return join(dirname(file), `${basename(file, extension)}.rejected.csv`);
}

function allRejected(plan: ImportPlan, rows: number, rejectedFile: string): OperationalError {
  return new OperationalError('import-all-rejected', `All ${rows} rows were rejected; nothing was imported.`, {
    hint: `The reasons are in ${rejectedFile}; check the columns and the country (${plan.country}).`,
    places: [{ file: plan.file }],
  });
}

function cancelled(cause: unknown): OperationalError {
  return new OperationalError('import-cancelled', 'The import was called off; nothing was imported.', {
    hint: 'Start it again when you like.',
    cause,
    httpCode: 409,
  });
}
