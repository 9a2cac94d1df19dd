// Importing a file of telephone numbers into a do-not-call list, all of it or nothing. Reading happens on a thread of its
// own; this side passes batches on to the store.

import { on } from 'node:events';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { stat } from 'node:fs/promises';
import type { Worker } from 'node:worker_threads';
import { defined } from '../../base/defined.ts';
import type { Clock } from '../../base/clock.ts';
import type { Store } from '../../engine/store/store.ts';
import type { DoNotCallList } from '../../engine/store/do-not-call.ts';
import { OperationalError } from '../../base/errors.ts';
import { unpackFailure } from '../failure.ts';
import { startThread } from '../../base/thread.ts';
import { countryUnknown, importCancelled, unreadable } from './faults.ts';
import type { NumbersNews, NumbersRead, NumbersTask } from './numbers-worker.ts';
import { countryOf } from '../../numbers/phone.ts';
import type { CountryCodeUse } from '../../numbers/country-codes.ts';

export interface NumberImport {
  /** Absolute path. */
  readonly file: string;
  readonly list: string;
  readonly mode: 'add' | 'replace';
  readonly by: string;
  /** ISO 3166 two letters; numbers without a plus sign belong there. */
  readonly country: string;
  /** Whether numbers without a plus sign begin with their country's calling code; default `ask`. */
  readonly countryCode?: CountryCodeUse;
}

interface NumberProgress {
  /** Read, and written of all that were found; the writing begins when everything has been read. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly written: number;
  readonly numbers: number;
}

export interface NumberReport extends NumbersRead {
  readonly list: DoNotCallList;
  readonly durationMs: number;
}

interface RunOptions {
  readonly clock: Clock;
  readonly onProgress?: (progress: NumberProgress) => void;
  /** Calls the import off: it leaves nothing. */
  readonly signal?: AbortSignal;
  /** Folders that the file must lie below; default: anywhere. */
  readonly roots?: readonly string[];
}

const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './numbers-worker.ts' : './numbers-worker.js',
  import.meta.url,
);

/**
 * Imports the file; its numbers count from the end of the import on. A fault of the file, a failing store or `signal`
 * leave nothing behind; lines that are no numbers are left out and reported. Refuses `import-unreadable`, `import-empty`,
 * `import-nul`, `import-country`, `import-all-rejected`, `import-running` and `import-cancelled`.
 */
export async function runNumberImport(
  wanted: NumberImport,
  store: Pick<Store, 'doNotCall'>,
  options: RunOptions,
): Promise<NumberReport> {
  const startedAt = performance.now();
  const importId = randomUUID();
  try {
    const read = await readInto({ wanted, store, importId, options });
    if (read.numbers === 0) throw nothingFound(wanted, read);
    const list = await store.doNotCall.finishImport(importId, options.clock.now());
    return { ...read, list, durationMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    await abandon(store, importId);
    throw options.signal?.aborted === true ? importCancelled(error) : error;
  }
}

interface Reading {
  readonly wanted: NumberImport;
  readonly store: Pick<Store, 'doNotCall'>;
  readonly importId: string;
  readonly options: RunOptions;
}

async function readInto({ wanted, store, importId, options }: Reading): Promise<NumbersRead> {
  const { file, list, mode, by, countryCode = 'ask' } = wanted;
  const country = countryOf(wanted.country);
  if (!country) throw countryUnknown(wanted.country);
  const totalBytes = await sizeOf(file);
  const worker = startThread(WORKER, {
    file,
    country,
    countryCode,
    ...defined({ roots: options.roots }),
  } satisfies NumbersTask);
  let progress: NumberProgress = { bytes: 0, totalBytes, written: 0, numbers: 0 };
  const note = (parts: Partial<NumberProgress>): void => {
    progress = { ...progress, ...parts };
    options.onProgress?.(progress);
  };
  for await (const news of newsOf(worker, options.signal)) {
    if (news.type === 'reading') note({ bytes: news.bytes });
    if (news.type === 'batch') {
      const { numbers, sent, total } = news;
      await store.doNotCall.importBatch({ importId, list, mode, source: basename(file), by, numbers });
      worker.postMessage('taken');
      note({ written: sent, numbers: total });
    }
    if (news.type === 'end') return news.read;
  }
  throw new Error('the thread of the import ended before the file did');
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What the thread says until it ends; throws what it failed with. Ends the thread when no one listens any more. */
async function* newsOf(worker: Worker, signal?: AbortSignal): AsyncGenerator<NumbersNews> {
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'], ...defined({ signal }) })) {
      const news = message as NumbersNews;
      if (news.type === 'failure') throw unpackFailure(news.failure);
      yield news;
    }
  } finally {
    await worker.terminate();
  }
}

async function abandon(store: Pick<Store, 'doNotCall'>, importId: string): Promise<void> {
  try {
    await store.doNotCall.abandonImport(importId);
  } catch {
    // The store fails too: nothing of the import counts, and the next start of the store deletes it.
  }
}

function nothingFound({ file, country }: NumberImport, { refused, refusedLines }: NumbersRead): OperationalError {
  return new OperationalError('import-all-rejected', `None of the lines is a telephone number (${refused} refused).`, {
    hint: `Give one number to a line, with plus sign and country code or as in ${country}; the first: ${refusedLines[0]?.why ?? ''}.`,
    places: refusedLines.slice(0, 5).map(({ line }) => ({ file, line })),
  });
}
