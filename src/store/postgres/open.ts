// The store on one PostgreSQL database. This side only passes requests to a thread and its answers back, so that nothing
// here ever waits for the database or reads its answers.

import type { Store } from '../../engine/store/store.ts';
import { isUnhurried } from '../unhurried.ts';
import { WorkerLink } from '../worker-link.ts';
import { dumpDatabase } from './backup.ts';
import type { Nouns } from './nouns.ts';
import type { WorkerSettings } from './worker.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Only looks, also while a daemon runs on the database; every change is refused with `store-read-only`. */
  readonly readOnly?: boolean;
  /** Changes that no one waits for are gathered for some milliseconds. */
  readonly gathers?: boolean;
}

/** The module of the thread, beside this one. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Opens the database, brings its schema up to date and finishes what a crash has left half done. Refused with
 * `store-in-use`, `store-newer`, `store-migration-changed`, `store-foreign`, `store-unreachable`, `store-access-denied`;
 * later calls reject with codes that begin with `store-` and work again once the database does.
 */
export async function openPostgresStore({ url, readOnly = false, gathers = false }: PostgresOptions): Promise<Store> {
  const settings: WorkerSettings = { url, readOnly };
  const link = await WorkerLink.start(WORKER, settings, gathers ? isUnhurried : undefined);
  return {
    // The thread names every part and method of `Nouns`, which it has by type.
    ...(link.parts() as unknown as Nouns),
    backup: (file) => dumpDatabase(url, file),
    close: () => link.close(),
    threads: () => [{ name: 'store', silentMs: link.silentMs(), latency: link.latency() }],
  };
}
