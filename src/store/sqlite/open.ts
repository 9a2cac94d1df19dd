// The store on one SQLite file. This side only passes requests to the threads and their answers back, so that nothing
// here ever waits for a disk.

import type { Worker } from 'node:worker_threads';
import type { Store } from '../../engine/store.ts';
import { OperationalError } from '../../base/errors.ts';
import { DefinitionSender } from '../definitions.ts';
import { startThread } from '../thread.ts';
import { newCheckpointNews } from './checkpoints.ts';
import { storeClosed, unpackFailure } from '../failure.ts';
import { LANES } from './requests.ts';
import type { Greeting, Lane, Noun, Request, Response } from './requests.ts';
import type { WorkerMessage, WorkerSettings } from './worker.ts';

export interface SqliteOptions {
  /** Path of the database; made when missing, with `-wal`, `-shm` and `-lock` beside it. */
  readonly file: string;
  /** Only looks, also while a daemon runs on the file; every change is refused with `store-read-only`. */
  readonly readOnly?: boolean;
}

/** The module of the threads, beside this one. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Opens the database, brings its schema up to date and finishes what a crash has left half done. Refused with
 * `store-in-use`, `store-newer`, `store-migration-changed`, `store-foreign`, `store-not-a-database`,
 * `store-unreachable`; later calls reject with `store-disk-full` or `store-failed` and work again once the disk does.
 */
export async function openSqliteStore({ file, readOnly = false }: SqliteOptions): Promise<Store> {
  const news = newCheckpointNews();
  if (readOnly) {
    const reader = await Thread.start({ role: 'reader', file, news });
    return storeOn({ reader: Promise.resolve(reader), file });
  }
  const writer = await Thread.start({ role: 'writer', file, news });
  return storeOn({ writer, reader: Thread.start({ role: 'helper', file, news }), file });
}

interface Threads {
  /** Absent when the store is read-only. */
  readonly writer?: Thread;
  /** May still be starting. */
  readonly reader: Promise<Thread>;
  readonly file: string;
}

function storeOn({ writer, reader, file }: Threads): Store {
  let closing: Promise<void> | undefined;
  // Whoever calls the reader is told why it did not start; nobody else has to know.
  reader.catch(() => undefined);
  const call = async (noun: Noun, method: string, lane: Lane, args: readonly unknown[]): Promise<unknown> => {
    if (closing) throw storeClosed();
    const isChange = lane === 'write' || lane === 'bulk';
    if (isChange && !writer) throw readOnlyRefusal(file);
    const thread = writer && lane !== 'long' ? writer : await reader;
    return thread.call({ noun, method, args });
  };
  const close = async (): Promise<void> => {
    const [started] = await Promise.allSettled([reader]);
    if (started.status === 'fulfilled') await started.value.close();
    await writer?.close();
  };
  return {
    ...portOf(call),
    async backup(target) {
      if (closing) throw storeClosed();
      const thread = await Thread.start({ role: 'backup', file, target, news: newCheckpointNews() });
      await thread.close();
    },
    close: () => (closing ??= close()),
  };
}

type Call = (noun: Noun, method: string, lane: Lane, args: readonly unknown[]) => Promise<unknown>;

/** The parts of the port, each method passing its arguments on. */
function portOf(call: Call): Pick<Store, Noun> {
  const nouns = Object.entries(LANES) as readonly [Noun, Readonly<Record<string, Lane>>][];
  const parts: Partial<Record<Noun, object>> = {};
  for (const [noun, lanes] of nouns) {
    const methods = Object.entries(lanes).map(([method, lane]) => {
      const pass = (...args: readonly unknown[]): Promise<unknown> => call(noun, method, lane, args);
      return [method, pass] as const;
    });
    parts[noun] = Object.fromEntries(methods);
  }
  // LANES has every method of every part (its type says so), and the threads answer with the port's own types.
  return parts as Pick<Store, Noun>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One thread and the requests that it has not answered yet. */
class Thread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private nextId = 1;
  private readonly definitions = new DefinitionSender();
  private unsent: Request[] = [];
  private hasEnded = false;

  private constructor(worker: Worker) {
    this.worker = worker;
    this.ended = new Promise((resolve) => {
      worker.once('exit', () => {
        this.hasEnded = true;
        this.rejectAll(new Error('the thread ended'));
        resolve();
      });
    });
    worker.on('error', (error) => this.rejectAll(error));
  }

  /** Starts a thread and waits until it is ready; rejects with what keeps it from being so. */
  static async start(settings: WorkerSettings): Promise<Thread> {
    const worker = startThread(WORKER, settings);
    const thread = new Thread(worker);
    const greeting = await new Promise<Greeting>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    if ('failure' in greeting) {
      await thread.ended;
      throw unpackFailure(greeting.failure);
    }
    worker.on('message', (responses: readonly Response[]) => {
      for (const response of responses) thread.settle(response);
    });
    return thread;
  }

  call(request: Omit<Request, 'id'>): Promise<unknown> {
    if (this.hasEnded) return Promise.reject(threadLost(new Error('the thread has ended')));
    const id = this.nextId;
    this.nextId += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.unsent.push({ ...request, args: this.definitions.pack(request.args), id });
      if (this.unsent.length === 1) setImmediate(() => this.send());
    });
  }

  /** Ends the thread after the requests that it has been given. */
  async close(): Promise<void> {
    if (!this.hasEnded) {
      this.send();
      this.worker.postMessage('close' satisfies WorkerMessage);
    }
    await this.ended;
  }

  /** Sends what was asked in this turn of the event loop, in one message. */
  private send(): void {
    const requests = this.unsent;
    this.unsent = [];
    if (requests.length > 0 && !this.hasEnded) this.worker.postMessage(requests satisfies WorkerMessage);
  }

  private settle(response: Response): void {
    const waiting = this.waiting.get(response.id);
    this.waiting.delete(response.id);
    if ('failure' in response) waiting?.reject(unpackFailure(response.failure));
    else waiting?.resolve(response.value);
  }

  private rejectAll(cause: Error): void {
    for (const { reject } of this.waiting.values()) reject(threadLost(cause));
    this.waiting.clear();
  }
}

function threadLost(cause: Error): OperationalError {
  const hint = 'Restart outdial; what had been answered before is safe.';
  return new OperationalError('store-failed', `The store has stopped: ${cause.message}.`, {
    ...{ hint, cause, httpCode: 503 },
  });
}

function readOnlyRefusal(file: string): OperationalError {
  return new OperationalError('store-read-only', 'The database was opened to look only.', {
    hint: 'Use the running daemon to change it.',
    places: [{ file }],
  });
}
