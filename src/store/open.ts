// Opens the store that the settings name, whichever kind it is, and says of it what is the same for every kind. Loads
// the driver of that kind alone.

import { existsSync } from 'node:fs';
import type { StoreSettings } from '../config/store-settings.ts';
import type { Store } from '../engine/store/store.ts';
import type { MigrationReport } from './postgres/migrate.ts';
import { addressOf } from './postgres/address.ts';

/** How a store of either kind is opened. */
export interface OpenOptions {
  /** Only looks, also beside a daemon. */
  readonly readOnly?: boolean;
  /** Changes that no one waits for are gathered for some milliseconds: fewer messages and commits for each call. */
  readonly gathers?: boolean;
}

/** Opens the store. Refused with codes that begin with `store-`. */
export async function openStore(settings: StoreSettings, options: OpenOptions = {}): Promise<Store> {
  if (settings.kind === 'postgres') {
    const { openPostgresStore } = await import('./postgres/open.ts');
    return openPostgresStore({ url: settings.url, ...options });
  }
  const { openSqliteStore } = await import('./sqlite/open.ts');
  return openSqliteStore({ file: settings.file, ...options });
}

/** Brings the store to this version, making it when missing; refused while a daemon runs on it. */
export async function migrateStore(settings: StoreSettings): Promise<MigrationReport> {
  if (settings.kind === 'postgres') {
    const { migratePostgres } = await import('./postgres/migrate.ts');
    return migratePostgres(settings.url);
  }
  const { migrateSqlite } = await import('./sqlite/migrate.ts');
  return migrateSqlite(settings.file);
}

/** What a person calls it: its file, or its address without the password. */
export function storeName(settings: StoreSettings): string {
  return settings.kind === 'postgres' ? addressOf(settings.url) : settings.file;
}

/** False when there is certainly nothing in it yet; a server has to be asked. */
export function mayHoldData(settings: StoreSettings): boolean {
  return settings.kind === 'postgres' || existsSync(settings.file);
}
