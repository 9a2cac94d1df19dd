// Databases of versions that kept agents' SIP passwords plain: after the upgrade there are digests, the phones' passwords
// still fit them, and the passwords are in no byte of the files.

import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { sipDigest } from '../../src/base/sip-digest.ts';
import { migratePostgres } from '../../src/store/postgres/migrate.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { MIGRATIONS, migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { PostgresServer } from '../support/postgres.ts';
import { testFolder } from './folder.ts';

const passwordOf = (number: number): string => `plain-secret-of-${number}`;
const AGENTS = Array.from({ length: 200 }, (_, i) => 100 + i);

/** The steps before passwords became digests. */
function olderSteps(all: string): string {
  const folder = path.join(testFolder(), 'migrations');
  mkdirSync(folder);
  const names = readdirSync(all).sort();
  for (const name of names.slice(
    0,
    names.findIndex((one) => one.includes('sip-digests')),
  ))
    cpSync(path.join(all, name), path.join(folder, name));
  return folder;
}

const rows = AGENTS.map(
  (number) => `('${number}', 'Ann', '[]', 'a${number}', 'pin', '${number === 299 ? '' : passwordOf(number)}')`,
);
const INSERT = `INSERT INTO agents (number, name, groups, account, pin_hash, sip_password) VALUES ${rows.join(', ')}`;

/** Where any of the passwords stands in the files of the database. */
function traces(file: string): readonly string[] {
  const folder = path.dirname(file);
  const files = readdirSync(folder).filter((name) => name.startsWith(path.basename(file)));
  return files.filter((name) => readFileSync(path.join(folder, name)).includes('plain-secret'));
}

/** A database of the version before, with agents who were changed and removed, too. */
function olderDatabase(): string {
  const file = path.join(testFolder(), 'outdial.db');
  migrateSqlite(file, olderSteps(MIGRATIONS));
  const db = new Database(file);
  db.pragma('secure_delete = OFF');
  db.exec(INSERT);
  db.exec(`UPDATE agents SET sip_password = 'plain-secret-renewed' WHERE number = '150'`);
  db.exec(`DELETE FROM agents WHERE number > '250' AND number < '290'`);
  db.close();
  expect(traces(file)).toEqual(['outdial.db']);
  return file;
}

test('[O-10] an SQLite database with plain passwords: digests that fit them, no password left in any byte', async () => {
  const file = olderDatabase();
  migrateSqlite(file);
  expect(traces(file)).toEqual([]);
  const store = await openSqliteStore({ file });
  expect((await store.agents.secrets('101'))?.sipDigest).toEqual(sipDigest('a101', 'asterisk', passwordOf(101)));
  expect((await store.agents.secrets('150'))?.sipDigest).toEqual(sipDigest('a150', 'asterisk', 'plain-secret-renewed'));
  expect(await store.agents.secrets('299')).not.toHaveProperty('sipDigest');
  await store.close();
  expect(traces(file)).toEqual([]);
});

test('[O-10] somebody reads while it is brought up to date: what was left is overwritten at the next start', () => {
  const file = olderDatabase();
  const reader = new Database(file, { readonly: true });
  reader.exec('BEGIN; SELECT count(*) FROM agents');
  reader.prepare('SELECT count(*) FROM agents').get();
  migrateSqlite(file);
  expect(traces(file)).not.toEqual([]);
  reader.close();
  migrateSqlite(file);
  expect(traces(file)).toEqual([]);
  const db = new Database(file);
  expect(db.pragma('user_version', { simple: true })).toBe(0);
  db.close();
});

test('[O-10] a PostgreSQL database with plain passwords: digests that fit them, none left in the tables’ files', async () => {
  const server = await PostgresServer.start();
  try {
    const url = await server.database();
    const name = new URL(url).pathname.slice(1);
    await migratePostgres(url, olderSteps(MIGRATIONS));
    await server.query(name, INSERT);
    await server.query(name, 'CHECKPOINT');
    const tables = path.join(server.folder, 'data', 'base');
    expect(filesWith(tables, 'plain-secret')).not.toEqual([]);
    const store = await openPostgresStore({ url });
    expect((await store.agents.secrets('101'))?.sipDigest).toEqual(sipDigest('a101', 'asterisk', passwordOf(101)));
    expect(await store.agents.secrets('299')).not.toHaveProperty('sipDigest');
    await store.close();
    await server.query(name, 'CHECKPOINT');
    expect(filesWith(tables, 'plain-secret')).toEqual([]);
  } finally {
    await server.remove();
  }
});

function filesWith(folder: string, needle: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((name) => readFileSync(name).includes(needle));
}
