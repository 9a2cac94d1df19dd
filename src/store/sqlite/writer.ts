// Gathers requests that change data into durable transactions (group commit). While one transaction is being written to
// the disk, the requests that arrive wait together for the next; each is answered after its commit, and one that fails
// is undone alone. Long work (bulk) runs in slices between the transactions of the others, and rests in between while
// there are others: calls are going on then, and need the processor more.

import type { Statement } from 'better-sqlite3';
import type { LogWatch } from './checkpoints.ts';
import { storeFailure } from './database.ts';
import type { Connection } from './database.ts';
import { packFailure } from '../failure.ts';
import type { Request, Response } from '../worker-link.ts';
import { isSlices, laneOf } from './requests.ts';
import type { Slices } from './requests.ts';

/** Bulk work beside others: how long a slice may keep them waiting, and the rest that leaves them the processor. */
const SHARED = { sliceMs: 2, restMs: 3 };
/** Bulk work while no one else has changed anything for a while. */
const ALONE = { sliceMs: 20, restMs: 0 };
const ALONE_AFTER_MS = 1000;
/** How long bulk work rests when the checkpoints are behind. */
const HOLD_MS = 20;

export interface WriterOptions {
  readonly db: Connection;
  readonly file: string;
  readonly carryOut: (request: Request) => unknown;
  readonly answer: (response: Response) => void;
  readonly log: LogWatch;
  /** Returns when all that was committed is on the disk. */
  readonly syncLog: () => void;
}

type Outcome<Value = unknown> = { readonly value: Value } | { readonly error: unknown };

/** What is said around each request, parsed once. */
interface Words {
  readonly savepoint: Statement;
  readonly rollbackTo: Statement;
  readonly release: Statement;
}

interface BulkJob {
  readonly start: () => Slices<unknown>;
  readonly done: (outcome: Outcome) => void;
  slices?: Slices<unknown>;
}

export class Writer {
  private readonly options: WriterOptions;
  private group: Request[] = [];
  private readonly bulk: BulkJob[] = [];
  private readonly words: Words;
  private isAwake = false;
  /** When somebody last asked for a change that is no bulk work, and until when bulk work rests; by performance.now(). */
  private changedAt = Number.NEGATIVE_INFINITY;
  private restUntil = 0;
  private rest: NodeJS.Timeout | undefined;

  constructor(options: WriterOptions) {
    this.options = options;
    this.words = wordsOf(options.db);
  }

  /** Takes a request in; a request that changes data is answered when that is durable. */
  accept(request: Request): void {
    const carryOut = (): unknown => this.options.carryOut(request);
    const lane = laneOf(request);
    if (lane === 'write') {
      this.group.push(request);
      this.changedAt = performance.now();
      this.wake();
    } else if (lane === 'bulk') {
      this.work(
        () => slicesOf(carryOut()),
        (outcome) => this.answer(request, outcome),
      );
    } else {
      this.answer(request, attempt(carryOut));
    }
  }

  /** Does long work in slices, after the bulk work that waits already. */
  work(start: () => Slices<unknown>, done: (outcome: Outcome) => void): void {
    this.bulk.push({ start, done });
    this.wake();
  }

  /** Carries out what waits and refuses the rest of the bulk work; nothing is done after that. */
  finish(refusal: Error): void {
    if (this.group.length > 0) this.runGroup(this.group);
    this.group = [];
    for (const job of this.bulk.splice(0)) job.done({ error: refusal });
    clearTimeout(this.rest);
  }

  private wake(): void {
    if (this.isAwake) return;
    this.isAwake = true;
    setImmediate(() => this.turn());
  }

  private turn(): void {
    this.isAwake = false;
    const group = this.group;
    this.group = [];
    if (group.length > 0) this.runGroup(group);
    const [job] = this.bulk;
    if (!job) return;
    const now = performance.now();
    if (this.options.log.isBehind()) this.restUntil = now + HOLD_MS;
    if (now >= this.restUntil) {
      const { sliceMs, restMs } = now - this.changedAt < ALONE_AFTER_MS ? SHARED : ALONE;
      this.runSlice(job, sliceMs);
      this.restUntil = restMs === 0 ? 0 : performance.now() + restMs;
    }
    if (this.bulk.length > 0) this.wakeAt(this.restUntil);
  }

  private wakeAt(at: number): void {
    const restMs = at - performance.now();
    if (restMs <= 0) this.wake();
    else
      this.rest ??= setTimeout(() => {
        this.rest = undefined;
        this.wake();
      }, restMs);
  }

  private runGroup(group: readonly Request[]): void {
    const { db, log } = this.options;
    log.restartLongLog();
    const outcome = attempt(() => {
      db.exec('BEGIN IMMEDIATE');
      const outcomes = group.map((request) => ({ request, outcome: this.runOne(request) }));
      db.exec('COMMIT');
      return outcomes;
    });
    if ('value' in outcome) {
      for (const one of outcome.value) this.answer(one.request, one.outcome);
      return;
    }
    if (db.inTransaction) db.exec('ROLLBACK');
    // The transaction is lost as a whole: each request gets its own, so that those that can succeed do.
    const [first, ...others] = group;
    if (first && others.length === 0) this.answer(first, outcome);
    else for (const request of group) this.runGroup([request]);
  }

  /** One request of a group, undone alone when it fails; throws only when the whole transaction is gone. */
  private runOne(request: Request): Outcome {
    const { db, carryOut } = this.options;
    this.words.savepoint.run();
    const outcome = attempt(() => carryOut(request));
    if ('error' in outcome) {
      if (!db.inTransaction) throw outcome.error;
      this.words.rollbackTo.run();
    }
    this.words.release.run();
    return outcome;
  }

  /**
   * One slice of bulk work in a transaction of its own. Only the last is synced: the log is written in order, so that
   * covers the earlier ones, and none of them has been reported before.
   */
  private runSlice(job: BulkJob, sliceMs: number): void {
    const { db, syncLog } = this.options;
    db.pragma('synchronous = NORMAL');
    const outcome = attempt(() => {
      db.exec('BEGIN IMMEDIATE');
      job.slices ??= job.start();
      const step = advance(job.slices, sliceMs);
      db.exec('COMMIT');
      if (step.done) syncLog();
      return step;
    });
    if (db.inTransaction) db.exec('ROLLBACK');
    db.pragma('synchronous = FULL');
    if ('value' in outcome && !outcome.value.done) return;
    this.bulk.shift();
    job.done('error' in outcome ? outcome : { value: outcome.value.value });
  }

  private answer({ id }: Request, outcome: Outcome): void {
    const { answer, file } = this.options;
    if ('value' in outcome) answer({ id, value: outcome.value });
    else answer({ id, failure: packFailure(storeFailure(outcome.error, file)) });
  }
}

function wordsOf(db: Connection): Words {
  return {
    savepoint: db.prepare('SAVEPOINT request'),
    rollbackTo: db.prepare('ROLLBACK TO request'),
    release: db.prepare('RELEASE request'),
  };
}

function attempt<Value>(work: () => Value): Outcome<Value> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

function slicesOf(value: unknown): Slices<unknown> {
  if (!isSlices(value)) throw new Error('bulk work must come in slices');
  return value;
}

/** Goes on with the work until its time is over or it is done. */
function advance(slices: Slices<unknown>, sliceMs: number): IteratorResult<undefined, unknown> {
  const start = performance.now();
  let step = slices.next();
  while (!step.done && performance.now() - start < sliceMs) step = slices.next();
  return step;
}
