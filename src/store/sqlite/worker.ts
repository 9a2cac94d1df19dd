// The threads of the SQLite store. The writer owns the lock and every change; its helper answers what may take long and
// moves the log into the database; a reader stands alone in a store that only looks; a backup thread lives for one backup.

import { parentPort, workerData } from 'node:worker_threads';
import { DefinitionReceiver } from '../definitions.ts';
import { resumeDoNotCallImports } from '../nouns/do-not-call-import.ts';
import { writeBackup } from './backup.ts';
import { logWatch, runCheckpoints } from './checkpoints.ts';
import type { CheckpointNews } from './checkpoints.ts';
import { connect, storeFailure, syncFile } from './database.ts';
import type { Connection } from './database.ts';
import { resumeImports } from './list-import.ts';
import { resumeRemovals } from './list-purge.ts';
import { takeLock } from './lock.ts';
import { migrate, requireCurrent } from './migrate.ts';
import { allHandlers, carryOut } from './nouns.ts';
import { packFailure, storeClosed } from '../failure.ts';
import { giveWay } from '../../base/thread.ts';
import type { Greeting, Message, Request, Response } from '../worker-link.ts';
import { isSlices, METHODS } from './requests.ts';
import type { Slices } from './requests.ts';
import { inSlices } from './run.ts';
import { Writer } from './writer.ts';

export interface WorkerSettings {
  readonly role: 'writer' | 'helper' | 'reader' | 'backup';
  readonly file: string;
  readonly news: CheckpointNews;
  /** Where a backup goes. */
  readonly target?: string;
}

/** What a role does with messages until it is closed. */
interface Duty {
  take(request: Request): void;
  close(): void;
}

const port = parentPort;
if (!port) throw new Error('the threads of the store are started by openSqliteStore');
const settings = workerData as WorkerSettings;
const definitions = new DefinitionReceiver();

/** Answers given together travel together. */
let unsent: Response[] = [];
const sendAnswers = (): void => {
  const responses = unsent;
  unsent = [];
  if (responses.length > 0) port.postMessage(responses);
};
const answer = (response: Response): void => {
  unsent.push(response);
  if (unsent.length === 1) queueMicrotask(sendAnswers);
};
const greet = (greeting: Greeting): void => port.postMessage(greeting);

try {
  const duty = start(settings);
  port.on('message', (message: Message) => {
    if (message === 'ping') return port.postMessage('pong');
    if (message !== 'close') {
      for (const request of message) duty.take({ ...request, args: definitions.unpack(request.args) });
      return;
    }
    duty.close();
    sendAnswers();
    port.close();
  });
  greet({ methods: METHODS });
} catch (error) {
  greet({ failure: packFailure(error) });
  port.close();
}

function start({ role, file, news, target }: WorkerSettings): Duty {
  switch (role) {
    case 'writer':
      return startWriter(file, news);
    case 'reader':
      return startReader(file);
    case 'helper':
      giveWay();
      return startHelper(file, news);
    case 'backup':
      giveWay();
      writeBackup(file, target ?? '');
      return { take: () => undefined, close: () => undefined };
  }
}

function startWriter(file: string, news: CheckpointNews): Duty {
  const lock = takeLock(file);
  let db: Connection;
  try {
    db = connect({ file, readOnly: false });
    migrate(db, file);
  } catch (error) {
    lock.release();
    throw error;
  }
  db.pragma('wal_autocheckpoint = 0');
  db.pragma('journal_size_limit = 67108864');
  const handlers = allHandlers(db);
  const writer = new Writer({
    db,
    file,
    answer,
    carryOut: (request) => carryOut(handlers, request),
    log: logWatch(db, news),
    syncLog: () => syncFile(`${file}-wal`),
  });
  // What a crash has left half done was not asked for; it is tried again at the next start when it fails.
  writer.work(
    () => resumeRemovals(db),
    () => undefined,
  );
  writer.work(
    () => resumeImports(db),
    () => undefined,
  );
  writer.work(
    () => inSlices(db, resumeDoNotCallImports()),
    () => undefined,
  );
  return {
    take: (request) => writer.accept(request),
    close() {
      writer.finish(storeClosed());
      db.close();
      lock.release();
    },
  };
}

function startReader(file: string): Duty {
  const db = connect({ file, readOnly: true });
  requireCurrent(db, file);
  const handlers = allHandlers(db);
  const fail = (request: Request, error: unknown): void =>
    answer({ id: request.id, failure: packFailure(storeFailure(error, file)) });
  let isClosed = false;
  /** A long look goes on between the other requests, and sees what they see. */
  const goOn = (request: Request, slices: Slices<unknown>): void => {
    if (isClosed) {
      answer({ id: request.id, failure: packFailure(storeClosed()) });
      return;
    }
    try {
      const step = slices.next();
      if (step.done) answer({ id: request.id, value: step.value });
      else setImmediate(() => goOn(request, slices));
    } catch (error) {
      fail(request, error);
    }
  };
  return {
    take(request) {
      try {
        const value = carryOut(handlers, request);
        if (isSlices(value)) goOn(request, value);
        else answer({ id: request.id, value });
      } catch (error) {
        fail(request, error);
      }
    },
    close() {
      isClosed = true;
      db.close();
    },
  };
}

/** While a long read runs, no checkpoint could get past it anyway: one thread serves both. */
function startHelper(file: string, news: CheckpointNews): Duty {
  const reader = startReader(file);
  const db = connect({ file, readOnly: false });
  const stop = runCheckpoints(db, news);
  return {
    take: (request) => reader.take(request),
    close() {
      stop();
      reader.close();
      db.close();
    },
  };
}
