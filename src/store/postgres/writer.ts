// Gathers changes into durable transactions (group commit) on the connection that owns the database. While one
// transaction is under way, the changes that arrive wait together for the next; each is answered after its commit, in
// the order in which they came, and one that fails is undone alone. A group costs a few round trips, however large.

import { defined } from '../../base/defined.ts';
import { storeClosed } from '../failure.ts';
import { OperationalError } from '../../base/errors.ts';
import { applyChanges } from './attempt-changes.ts';
import type { AttemptChange } from './attempt-change.ts';
import type { Statement, Transaction } from './database.ts';
import type { Writes } from './lanes.ts';
import type { Owner } from './lock.ts';

/** So many changes share one transaction at most. */
const MAX_GROUP = 500;
/** What arrives so soon after the connection was lost was asked for before anybody knew: it must not overtake the rest. */
const HOLD_MS = 250;

type Outcome = { readonly value: unknown } | { readonly error: unknown };

interface Job {
  readonly task: Task;
  readonly done: (outcome: Outcome) => void;
}

type Task =
  /** Changes of attempts are read and written together, however many come one after the other. */
  | { readonly kind: 'change'; readonly change: AttemptChange }
  | { readonly kind: 'work'; readonly work: (db: Transaction) => Promise<unknown>; readonly onLoss?: () => void };

export class Writer implements Writes {
  readonly #owner: Owner;
  #waiting: Job[] = [];
  #lost: { readonly error: OperationalError; readonly at: number } | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  /** Does `work` in the next transaction; `onLoss` hears when it is not known whether it was committed. */
  do<T>(work: (db: Transaction) => Promise<T>, onLoss?: () => void): Promise<T> {
    return this.#take({ kind: 'work', work, ...defined({ onLoss }) }) as Promise<T>;
  }

  /** Carries one statement out in the next transaction. */
  async run(statement: Statement<never>, values: readonly unknown[]): Promise<void> {
    await this.do((db) => {
      db.send(statement, values);
      return Promise.resolve();
    });
  }

  /** Notes, ends, disposes or settles an attempt in the next transaction. */
  async change(change: AttemptChange): Promise<void> {
    await this.#take({ kind: 'change', change });
  }

  /** Carries out what waits; nothing is taken after that. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  #take(task: Task): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(storeClosed());
    if (this.#lost && performance.now() - this.#lost.at < HOLD_MS) return Promise.reject(this.#lost.error);
    return new Promise((resolve, reject) => {
      const done = (outcome: Outcome): void => {
        if ('value' in outcome) resolve(outcome.value);
        else reject(outcome.error instanceof Error ? outcome.error : new Error(String(outcome.error)));
      };
      this.#waiting.push({ task, done });
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    });
  }

  async #run(): Promise<void> {
    // What was asked in the same turn of the event loop shares a transaction.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#runGroup(this.#waiting.splice(0, MAX_GROUP));
  }

  async #runGroup(group: readonly Job[]): Promise<void> {
    try {
      const connection = await this.#owner.connection();
      const outcomes = await connection.transaction((db) => carryOut(db, group));
      group.forEach((job, index) => job.done(outcomes[index] ?? { error: new Error('a change has no outcome') }));
    } catch (error) {
      if (error instanceof OperationalError && error.code === 'store-unreachable') {
        this.#lose(group, error);
        return;
      }
      // The transaction is lost as a whole: each change gets its own, so that those that can succeed do.
      if (group.length === 1 || isRefusalOfAll(error)) for (const job of group) job.done({ error });
      else for (const job of group) await this.#runGroup([job]);
    }
  }

  /** Nothing that waits may be done before what was lost has been asked for again: all of it is refused. */
  #lose(group: readonly Job[], error: OperationalError): void {
    this.#lost = { error, at: performance.now() };
    for (const { task } of group) if (task.kind === 'work') task.onLoss?.();
    for (const job of [...group, ...this.#waiting.splice(0)]) job.done({ error });
  }
}

/** The next change would fare no better. */
function isRefusalOfAll(error: unknown): boolean {
  const codes = ['store-in-use', 'store-access-denied', 'store-disk-full', 'store-read-only', 'store-slow'];
  return error instanceof OperationalError && codes.includes(error.code);
}

async function carryOut(db: Transaction, group: readonly Job[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let changes: AttemptChange[] = [];
  const flush = async (): Promise<void> => {
    if (changes.length === 0) return;
    const refusals = await applyChanges(db, changes);
    for (const refusal of refusals) outcomes.push(refusal ? { error: refusal } : { value: undefined });
    changes = [];
  };
  for (const { task } of group) {
    if (task.kind === 'change') {
      changes.push(task.change);
      continue;
    }
    await flush();
    outcomes.push({ value: await task.work(db) });
  }
  await flush();
  return outcomes;
}
