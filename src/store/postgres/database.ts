// One connection to PostgreSQL: prepared statements, transactions, and what PostgreSQL's failures mean to an operator.
// The only place that knows the driver's and the server's error codes.

import { defined } from '../../base/defined.ts';
import pg from 'pg';
import { OperationalError } from '../../base/errors.ts';
import { addressOf } from './address.ts';

/** Connecting, and any answer to a short statement, takes no longer than this. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 10_000;

/** A statement whose rows are `Row`; with a name it is parsed once on each connection. */
export interface Statement<Row> {
  readonly text: string;
  readonly name?: string;
  /** Never there: only names the type of the rows. */
  readonly row?: Row;
}

let prepared = 0;

/** A statement that each connection parses once. */
export function sql<Row = never>(text: string): Statement<Row> {
  prepared += 1;
  return { text, name: `outdial-${prepared}` };
}

/** Where statements go: a connection, or any of a pool. */
export interface Db {
  all<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<readonly Row[]>;
  first<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row | undefined>;
  /** How many rows it changed. */
  run(statement: Statement<never>, values?: readonly unknown[]): Promise<number>;
}

/** A transaction that runs. */
export interface Transaction extends Db {
  /** Carries a statement out without waiting for it: before all that come after it, and when it fails nothing is kept. */
  send(statement: Statement<never>, values?: readonly unknown[]): void;
}

export interface ConnectOptions {
  readonly url: string;
  /** How the server's own lists call the connection. */
  readonly name: string;
  readonly readOnly?: boolean;
  /** How long one statement may take; 0 for no limit. Default 10 s. */
  readonly statementMs?: number;
  /** Statements are sent without waiting for the answers to those before; COPY is impossible then. */
  readonly pipeline?: boolean;
}

/** What a commit has answered is on the disk, whatever the server's own setting. */
const DURABLE: Statement<object> = {
  text: `SELECT set_config('synchronous_commit', 'on', FALSE) WHERE current_setting('synchronous_commit') = 'off'`,
};

const TYPES = new pg.TypeOverrides();
TYPES.setTypeParser(pg.types.builtins.INT8, Number);

/** What pg makes a connection of. Whole numbers arrive as numbers; instants and ids are far below 2^53. */
export function clientConfig(options: ConnectOptions): pg.PoolConfig {
  const { url, name, statementMs = ANSWER_MS, pipeline = false } = options;
  return {
    pipeline,
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    // The server gives up first; when it does not even do that, the connection is dead.
    ...(statementMs === 0 ? {} : { query_timeout: statementMs + CONNECT_MS }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: Object.entries(serverSettings(options))
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
    types: TYPES,
  };
}

/**
 * What is prepared on a connection for short statements is planned once, perhaps while the tables are still empty: the
 * plans are the same for every value, take longer to make than to use, and go through indexes whatever the tables hold.
 */
function serverSettings({ pipeline = false, readOnly = false }: ConnectOptions): Readonly<Record<string, string>> {
  return {
    jit: 'off',
    plan_cache_mode: pipeline ? 'force_generic_plan' : 'auto',
    ...(pipeline ? { enable_seqscan: 'off', enable_hashjoin: 'off', enable_mergejoin: 'off' } : {}),
    ...(readOnly ? { default_transaction_read_only: 'on' } : {}),
  };
}

/** One connection. Once it is lost every statement is refused with `store-unreachable`. */
export class Connection implements Transaction {
  readonly #client: pg.Client;
  readonly #address: string;
  #lost = false;
  /** What was sent and not waited for. */
  #sent: Promise<unknown>[] = [];

  private constructor(client: pg.Client, address: string) {
    this.#client = client;
    this.#address = address;
    const lose = (): void => {
      this.#lost = true;
    };
    client.on('error', lose);
    client.on('end', lose);
  }

  /** Connects; refused with `store-unreachable`, `store-access-denied`. */
  static async open(options: ConnectOptions): Promise<Connection> {
    const client = new pg.Client(clientConfig(options));
    const connection = new Connection(client, addressOf(options.url));
    try {
      await client.connect();
    } catch (error) {
      client.end().catch(() => undefined);
      throw storeFailure(error, connection.#address);
    }
    await connection.all(DURABLE);
    return connection;
  }

  get isLost(): boolean {
    return this.#lost;
  }

  /** For what goes beyond statements: COPY. */
  get client(): pg.Client {
    return this.#client;
  }

  async all<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#query(statement, values)).rows as readonly Row[];
  }

  async first<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row | undefined> {
    return (await this.all(statement, values))[0];
  }

  async run(statement: Statement<never>, values: readonly unknown[] = []): Promise<number> {
    return (await this.#query(statement, values)).rowCount ?? 0;
  }

  send(statement: Statement<never>, values: readonly unknown[] = []): void {
    const sent = this.#query(statement, values);
    this.#sent.push(sent);
    // Reported at the end of the transaction.
    sent.catch(() => undefined);
  }

  /** All of `work` or nothing; durable when it resolves. One at a time on each connection. */
  async transaction<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
    this.#sent = [];
    this.send(BEGIN);
    try {
      const result = await work(this);
      await Promise.all([...this.#sent, this.run(COMMIT)]);
      return result;
    } catch (error) {
      if (!this.#lost) await this.run(ROLLBACK).catch(() => this.close());
      // After what was sent and refused, the server refuses all that comes behind it: the first refusal says why.
      const sent = this.#lost ? [] : await Promise.allSettled(this.#sent);
      throw sent.find((one) => one.status === 'rejected')?.reason ?? error;
    }
  }

  async close(): Promise<void> {
    this.#lost = true;
    // A server that has gone says no good-bye.
    await Promise.race([this.#client.end().catch(() => undefined), goneAfter(CONNECT_MS)]);
  }

  async #query(statement: Statement<unknown>, values: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#lost) throw connectionLost(this.#address);
    try {
      return await this.#client.query(queryOf(statement, values));
    } catch (error) {
      const failure = storeFailure(error, this.#address);
      if (failure.code === 'store-unreachable') void this.close();
      throw failure;
    }
  }
}

const BEGIN = { text: 'BEGIN' };
const COMMIT = { text: 'COMMIT' };
const ROLLBACK = { text: 'ROLLBACK' };

/** The statement as the driver takes it. */
export function queryOf({ name, text }: Statement<unknown>, values: readonly unknown[]): pg.QueryConfig {
  return { ...defined({ name }), text, values: values.map(storable) };
}

/** PostgreSQL holds no NUL in a text. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}

/** A value as JSON that PostgreSQL takes: without NULs and halves of surrogate pairs. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/.test(text)) return text;
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD') : part,
  );
}

interface Meaning {
  readonly states: RegExp;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** SQLSTATEs (PostgreSQL's Appendix A) and what they mean to an operator. */
const MEANINGS: readonly Meaning[] = [
  {
    states: /^(08|57P0[1235]|53300)/,
    code: 'store-unreachable',
    message: 'The PostgreSQL server ended the connection',
    hint: 'Check the server; outdial connects again by itself, and nothing is lost.',
  },
  {
    states: /^3D000$/,
    code: 'store-unreachable',
    message: 'The PostgreSQL server has no such database',
    hint: 'Make it with createdb, or check the address under store in outdial.yaml.',
  },
  {
    states: /^(28|42501)/,
    code: 'store-access-denied',
    message: 'PostgreSQL refuses access',
    hint: 'Check user and password under store in outdial.yaml, pg_hba.conf, and that the user owns the database.',
  },
  {
    states: /^53100$/,
    code: 'store-disk-full',
    message: 'The disk of the database is full',
    hint: 'Make room on the disk; nothing was half written, and work goes on by itself once there is room.',
  },
  {
    states: /^25006$/,
    code: 'store-read-only',
    message: 'The database was opened to look only',
    hint: 'Use the running daemon to change it; a standby server cannot be written to.',
  },
  {
    states: /^(57014|55P03)$/,
    code: 'store-slow',
    message: 'The database did not answer in time',
    hint: 'Look for long transactions (pg_stat_activity) and at the disk of the server.',
  },
  {
    states: /^(XX001|XX002)$/,
    code: 'store-corrupt',
    message: 'The database is damaged',
    hint: 'Stop outdial, keep a copy of the data, and restore the last backup.',
  },
];

/** The driver's or server's error as one that a person can act on. */
export function storeFailure(error: unknown, address: string): OperationalError {
  if (error instanceof OperationalError) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const options = { cause: error, places: [{ file: address }], httpCode: 503 };
  if (!(error instanceof pg.DatabaseError)) {
    const hint = 'Check that the server runs and can be reached; outdial connects again by itself.';
    const message = `The PostgreSQL server cannot be reached: ${networkReason(error, reason)}.`;
    return new OperationalError('store-unreachable', message, { ...options, hint });
  }
  const state = error.code ?? '';
  const meaning = MEANINGS.find(({ states }) => states.test(state));
  if (meaning)
    return new OperationalError(meaning.code, `${meaning.message}: ${reason}.`, { ...options, hint: meaning.hint });
  const hint = 'Check the server and its log; nothing of the request was written.';
  return new OperationalError('store-failed', `The database refused a request: ${reason} (${state}).`, {
    ...options,
    hint,
  });
}

/** Node reports tries of several addresses as an error without a message. */
function networkReason(error: unknown, reason: string): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return first instanceof Error ? first.message : reason;
}

function connectionLost(address: string): OperationalError {
  return storeFailure(new Error('the connection was lost'), address);
}

function goneAfter(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
