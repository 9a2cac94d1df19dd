// Where everything is kept, as outdial.yaml says it: `store: postgres://…`, `store: sqlite:/path`, or the long form with
// keys of its own. Opens nothing.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { ConfigFault } from './faults.ts';
import type { Path, Source } from './source.ts';
import { matching, oneOf, text } from './values.ts';
import { valueAt } from './validate.ts';

export type StoreSettings =
  | { readonly kind: 'sqlite'; readonly file: string }
  /** The address with its password, if it has one. */
  | { readonly kind: 'postgres'; readonly url: string };

const DEFAULT_FILE = '/var/lib/outdial/outdial.db';
const POSTGRES = /^postgres(ql)?:\/\/\S+$/;
const EXAMPLE = 'postgres://outdial@127.0.0.1:5432/outdial';

export const storeSchema = z.union([
  matching(/^(postgres(ql)?:\/\/\S+|sqlite:.+)$/, {
    what: 'address of a database',
    example: `${EXAMPLE} or sqlite:${DEFAULT_FILE}`,
  }),
  z.strictObject({
    kind: oneOf(['sqlite', 'postgres']).optional().describe('kind of database; the other keys show it too'),
    file: text().prefault(DEFAULT_FILE).describe('the database file of SQLite'),
    postgres: matching(POSTGRES, { what: 'address of a PostgreSQL database', example: EXAMPLE })
      .optional()
      .describe('address of a PostgreSQL database, instead of a file'),
    password_file: text().optional().describe('file that holds its password, instead of one in the address'),
  }),
]);

type WrittenStore = z.output<typeof storeSchema>;

/** The store that is meant; paths start at the settings' folder. */
export function toStore(written: WrittenStore, folder: string): StoreSettings {
  if (typeof written === 'string') {
    if (POSTGRES.test(written)) return { kind: 'postgres', url: written };
    return { kind: 'sqlite', file: resolve(folder, written.slice('sqlite:'.length)) };
  }
  const { file, postgres, password_file: passwordFile } = written;
  if (postgres === undefined) return { kind: 'sqlite', file: resolve(folder, file) };
  if (passwordFile === undefined) return { kind: 'postgres', url: postgres };
  const password = encodeURIComponent(readFileSync(resolve(folder, passwordFile), 'utf8').trim());
  return { kind: 'postgres', url: postgres.replace(/^(\w+:\/\/[^/@:]*)(:[^/@]*)?@/, `$1:${password}@`) };
}

/** What of the store's keys does not fit together. */
export function storeFaults(source: Source): readonly ConfigFault[] {
  const at = (key: string): unknown => valueAt(source.value, ['store', key]);
  const fault = (key: string, message: string, hint: string): ConfigFault => ({
    ...source.placeOf(['store', key]),
    severity: 'fault',
    message,
    hint,
  });
  if (at('postgres') === undefined) {
    if (at('kind') === 'postgres') return [fault('postgres', 'The address is missing.', `Write postgres: ${EXAMPLE}.`)];
    if (at('password_file') === undefined) return [];
    return [fault('password_file', 'A file of SQLite has no password.', `Write postgres: ${EXAMPLE} as well.`)];
  }
  const either = 'Write file for SQLite or postgres for PostgreSQL.';
  if (at('kind') === 'sqlite') return [fault('kind', 'There is an address of PostgreSQL as well.', either)];
  if (at('file') !== undefined) return [fault('file', 'There is an address of PostgreSQL as well.', either)];
  return passwordFaults(source);
}

function passwordFaults(source: Source): readonly ConfigFault[] {
  const path: Path = ['store', 'password_file'];
  const [named, address] = [valueAt(source.value, path), valueAt(source.value, ['store', 'postgres'])];
  if (typeof named !== 'string' || typeof address !== 'string') return [];
  const fault = (message: string, hint: string): readonly ConfigFault[] => [
    { ...source.placeOf(path), severity: 'fault', message, hint },
  ];
  if (/^\w+:\/\/[^/@]*:[^/@]*@/.test(address))
    return fault('The address has a password too.', 'Leave one of them out.');
  if (!/^\w+:\/\/[^/@]+@/.test(address)) return fault('The address names no user.', `Write it like ${EXAMPLE}.`);
  try {
    readFileSync(resolve(dirname(source.file), named));
    return [];
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    return fault(`The file ${named} cannot be read (${reason}).`, 'Check its path, owner and mode.');
  }
}

/** The place of a password that is written out in the address; undefined when there is none. */
export function writtenPassword(source: Source): Path | undefined {
  const paths: readonly Path[] = [['store'], ['store', 'postgres']];
  return paths.find((path) => {
    const value = valueAt(source.value, path);
    const [, password] = (typeof value === 'string' && /^\w+:\/\/[^/@]*?:([^@/]*)@/.exec(value)) || [];
    return password !== undefined && password !== '' && !password.includes('${');
  });
}
