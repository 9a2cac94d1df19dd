// Which connection does what: changes in durable groups on the one that owns the database, long changes one after the
// other beside it, reads on a small pool. Decides nothing about what is asked or written.

import pg from 'pg';
import { storeClosed } from '../failure.ts';
import { addressOf } from './address.ts';
import type { AttemptChange } from './attempt-change.ts';
import { Connection, clientConfig, queryOf, storeFailure } from './database.ts';
import type { Db, Statement, Transaction } from './database.ts';
import type { Owner } from './lock.ts';

/** Connections for reading, at most. */
const READERS = 3;
/** Reports over years are long; nothing should be longer. */
const LONG_READ_MS = 10 * 60_000;

/** Reads, each on whatever connection is free; they see what has been committed. */
export class Readers implements Db {
  readonly #pool: pg.Pool;
  readonly #address: string;

  constructor(url: string, name: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.#address = addressOf(url);
    this.#pool = new pg.Pool({ ...clientConfig({ url, name, readOnly, statementMs: LONG_READ_MS }), max: READERS });
    // A connection that breaks while no one uses it is replaced when somebody does.
    this.#pool.on('error', () => undefined);
  }

  async all<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return (await this.#pool.query(queryOf(statement, values))).rows as readonly Row[];
    } catch (error) {
      throw storeFailure(error, this.#address);
    }
  }

  async first<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.all(statement, values))[0];
  }

  async run(statement: Statement<never>, values: readonly unknown[] = []): Promise<number> {
    try {
      return (await this.#pool.query(queryOf(statement, values))).rowCount ?? 0;
    } catch (error) {
      throw storeFailure(error, this.#address);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end().catch(() => undefined);
  }
}

/** What long work is done with: as many transactions as it wants, others in between. */
export interface BulkDb extends Db {
  transaction<T>(work: (db: Transaction) => Promise<T>): Promise<T>;
}

/** Long changes, one job after the other on a connection of their own; only while the database is ours. */
export class Bulk {
  readonly #url: string;
  readonly #owner: Owner;
  #connection: Connection | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(url: string, owner: Owner) {
    this.#url = url;
    this.#owner = owner;
  }

  /** Does the work after all that was given before. */
  do<T>(work: (db: BulkDb) => Promise<T>): Promise<T> {
    const job = this.#last.then(async () => work(await this.#ready()));
    this.#last = job.catch(() => undefined);
    return job;
  }

  /** Refuses what still waits and ends after the work under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    await this.#connection?.close();
  }

  async #ready(): Promise<BulkDb> {
    const connection = await this.#fenced();
    const fence = (): Promise<Connection> => this.#fenced();
    return {
      all: (statement, values) => connection.all(statement, values),
      first: (statement, values) => connection.first(statement, values),
      run: (statement, values) => connection.run(statement, values),
      transaction: async (work) => (await fence()).transaction(work),
    };
  }

  /** The connection of this lane, as long as the lock is held. */
  async #fenced(): Promise<Connection> {
    if (this.#isClosed) throw storeClosed();
    await this.#owner.connection();
    if (!this.#connection || this.#connection.isLost) {
      this.#connection = await Connection.open({ url: this.#url, name: this.#owner.name, statementMs: 0 });
    }
    return this.#connection;
  }
}

/** Changes, each in the next durable transaction. */
export interface Writes {
  /** `onLoss` hears when it is not known whether it was committed. */
  do<T>(work: (db: Transaction) => Promise<T>, onLoss?: () => void): Promise<T>;
  /** One statement. */
  run(statement: Statement<never>, values: readonly unknown[]): Promise<void>;
  change(change: AttemptChange): Promise<void>;
}

/** Who does what: `read` answers from what is committed, `write` shares transactions, `bulk` takes its time. */
export interface Lanes {
  readonly read: Db;
  readonly write: Writes;
  readonly bulk: Pick<Bulk, 'do'>;
  /** It is not known whether these attempts were opened: they are taken back when the database answers again. */
  readonly doubt: (attempts: readonly string[]) => void;
}
