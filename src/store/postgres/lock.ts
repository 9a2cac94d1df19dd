// One daemon on one database: a session lock of PostgreSQL's (advisory), taken on the very connection that every
// change goes through. Who loses the connection loses the lock and all that was not committed; whoever writes has it.

import { randomUUID } from 'node:crypto';
import { addressOf } from './address.ts';
import { Connection, sql } from './database.ts';
import type { Db } from './database.ts';
import { storeInUse } from '../refusals.ts';

/** outdial's own pair of keys: `oDia` in ASCII, and the use. */
export const LOCK_CLASS = 0x6f446961;
const DAEMON_LOCK = 1;

/** How long a lost session of our own may take to end on the server. */
const OWN_SESSION_MS = 5_000;
const LOOK_AGAIN_MS = 50;

const TRY = sql<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK_CLASS}, ${DAEMON_LOCK}) AS taken`);
const HOLDER = sql<{ pid: number; name: string }>(`
  SELECT l.pid, coalesce(s.application_name, '') AS name FROM pg_locks l LEFT JOIN pg_stat_activity s ON s.pid = l.pid
  WHERE l.locktype = 'advisory' AND l.classid = ${LOCK_CLASS} AND l.objid = ${DAEMON_LOCK} AND l.granted
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
const END = sql<{ ended: boolean }>('SELECT pg_terminate_backend($1) AS ended');

export interface OwnerOptions {
  readonly url: string;
  /** Done on every new connection once the lock is held, before anybody else may use it. */
  readonly onOpen: (connection: Connection) => Promise<void>;
}

/** The connection that owns the database: made and made again when asked for, never without the lock. */
export class Owner {
  /** How the server's lists call the connections of this store; no other store has the same. */
  readonly name = `outdial ${randomUUID()}`;
  readonly #options: OwnerOptions;
  #current: Connection | undefined;
  #opening: Promise<Connection> | undefined;

  constructor(options: OwnerOptions) {
    this.#options = options;
  }

  /** Refused with `store-unreachable` while the server is away, `store-in-use` when another daemon has the database. */
  async connection(): Promise<Connection> {
    if (this.#current && !this.#current.isLost) return this.#current;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    await this.#current?.close();
  }

  async #open(): Promise<Connection> {
    const { url, onOpen } = this.#options;
    const connection = await Connection.open({ url, name: this.name, pipeline: true });
    try {
      await takeLock(connection, { ownName: this.name, address: addressOf(url) });
      await onOpen(connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    this.#current = connection;
    return connection;
  }
}

/** A session of our own that the server still believes alive is ended first; with it goes what it had not committed. */
async function takeLock(
  db: Db,
  { ownName, address }: { readonly ownName: string; readonly address: string },
): Promise<void> {
  const deadline = performance.now() + OWN_SESSION_MS;
  for (;;) {
    if ((await db.first(TRY))?.taken === true) return;
    const holder = await db.first(HOLDER);
    if (holder && holder.name !== ownName) throw storeInUse(address, 'a database of its own under store');
    if (performance.now() > deadline) throw storeInUse(address, 'a database of its own under store');
    if (holder) await db.first(END, [holder.pid]);
    await new Promise((resolve) => {
      setTimeout(resolve, LOOK_AGAIN_MS);
    });
  }
}
