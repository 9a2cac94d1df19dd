// The store on one SQLite file. This side only passes requests to the threads and their answers back, so that nothing
// here ever waits for a disk.

import type { Store } from '../../engine/store/store.ts';
import { storeClosed } from '../failure.ts';
import { isUnhurried } from '../unhurried.ts';
import { partsOf, WorkerLink } from '../worker-link.ts';
import type { MayWait, Request } from '../worker-link.ts';
import { newCheckpointNews } from './checkpoints.ts';
import { laneOf, METHODS } from './requests.ts';
import type { Noun } from './requests.ts';
import type { WorkerSettings } from './worker.ts';
import { storeReadOnly } from '../refusals.ts';

export interface SqliteOptions {
  /** Path of the database; made when missing, with `-wal`, `-shm` and `-lock` beside it. */
  readonly file: string;
  /** Only looks, also while a daemon runs on the file; every change is refused with `store-read-only`. */
  readonly readOnly?: boolean;
  /** Changes that no one waits for are gathered for some milliseconds. */
  readonly gathers?: boolean;
}

/** The module of the threads, beside this one. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Opens the database, brings its schema up to date and finishes what a crash has left half done. Refused with
 * `store-in-use`, `store-newer`, `store-migration-changed`, `store-foreign`, `store-not-a-database`,
 * `store-unreachable`; later calls reject with `store-disk-full` or `store-failed` and work again once the disk does.
 */
export async function openSqliteStore({ file, readOnly = false, gathers = false }: SqliteOptions): Promise<Store> {
  const news = newCheckpointNews();
  if (readOnly) {
    const reader = await startThread({ role: 'reader', file, news });
    return storeOn({ reader: Promise.resolve(reader), file });
  }
  const writer = await startThread({ role: 'writer', file, news }, gathers ? isUnhurried : undefined);
  return storeOn({ writer, reader: startThread({ role: 'helper', file, news }), file });
}

function startThread(settings: WorkerSettings, mayWait?: MayWait): Promise<WorkerLink> {
  return WorkerLink.start(WORKER, settings, mayWait);
}

interface Threads {
  /** Absent when the store is read-only. */
  readonly writer?: WorkerLink;
  /** May still be starting. */
  readonly reader: Promise<WorkerLink>;
  readonly file: string;
}

function storeOn({ writer, reader, file }: Threads): Store {
  let closing: Promise<void> | undefined;
  let started: WorkerLink | undefined;
  // Whoever calls the reader gets the reason; nothing else has to know.
  reader.then(
    (link) => (started = link),
    () => undefined,
  );
  const call = async (request: Omit<Request, 'id'>): Promise<unknown> => {
    if (closing) throw storeClosed();
    const lane = laneOf(request);
    const isChange = lane === 'write' || lane === 'bulk';
    if (isChange && !writer) throw storeReadOnly(file);
    // What is looked at there should not be older than it must be.
    if (lane === 'long') writer?.hurry();
    const thread = writer && lane !== 'long' ? writer : await reader;
    return thread.call(request);
  };
  const close = async (): Promise<void> => {
    const [started] = await Promise.allSettled([reader]);
    if (started.status === 'fulfilled') await started.value.close();
    await writer?.close();
  };
  return {
    // METHODS has every method of every part, and the threads answer with the port's own types.
    ...(partsOf(METHODS, call) as Pick<Store, Noun>),
    async backup(target) {
      if (closing) throw storeClosed();
      const thread = await startThread({ role: 'backup', file, target, news: newCheckpointNews() });
      await thread.close();
    },
    close: () => (closing ??= close()),
    threads: () => [
      ...(writer ? [{ name: 'writer', silentMs: writer.silentMs(), latency: writer.latency() }] : []),
      ...(started ? [{ name: 'reader', silentMs: started.silentMs(), latency: started.latency() }] : []),
    ],
  };
}
