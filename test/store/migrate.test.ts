// The schema: how a database comes to it, and which databases are left alone.

import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { connect } from '../../src/store/sqlite/database.ts';
import { MIGRATIONS, migrateSqlite, requireCurrent } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { codeOf } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';

const newFile = (): string => path.join(testFolder(), 'outdial.db');

/** Does something to a database that outdial does not do. */
function tamper(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

function schemaOf(file: string): string {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name')
    .pluck()
    .all();
  db.close();
  return `${rows.join(';\n\n')};\n`;
}

/** What bringing the database up to date is refused with. */
function refusalOf(file: string): unknown {
  try {
    return migrateSqlite(file).to;
  } catch (error) {
    return error instanceof OperationalError ? error.code : error;
  }
}

describe('migrations', () => {
  test('[O-06] an empty folder: all steps are taken once, and the schema is the one on record', async () => {
    const file = newFile();
    const first = migrateSqlite(file);
    const [newest = '0'] = first.applied.toReversed();
    expect(first).toMatchObject({ from: 0, to: Number(newest.slice(0, 4)) });
    expect(migrateSqlite(file)).toEqual({ from: first.to, to: first.to, applied: [] });
    await expect(schemaOf(file)).toMatchFileSnapshot('schema.sql');
  });

  test('[O-06] each step has its text for both databases, beside each other', () => {
    const names = (database: string): readonly string[] =>
      readdirSync(MIGRATIONS).flatMap((name) => (name.endsWith(`.${database}.sql`) ? [name.split('.')[0] ?? ''] : []));
    expect(names('sqlite')).toEqual(names('postgres'));
    expect(readdirSync(MIGRATIONS)).toHaveLength(2 * names('sqlite').length);
  });

  test('[O-06] a step fails: the database stays at the version before it, whole', () => {
    const folder = path.join(testFolder(), 'migrations');
    const file = newFile();
    mkdirSync(folder);
    copyFileSync(path.join(MIGRATIONS, '0001-first.sqlite.sql'), path.join(folder, '0001-first.sqlite.sql'));
    writeFileSync(
      path.join(folder, '0002-broken.sqlite.sql'),
      'CREATE TABLE half (id INTEGER); INSERT INTO nowhere VALUES (1);',
    );
    expect(() => migrateSqlite(file, folder)).toThrow('nowhere');
    expect(schemaOf(file)).not.toContain('half');
    writeFileSync(path.join(folder, '0002-broken.sqlite.sql'), 'CREATE TABLE half (id INTEGER) STRICT;');
    expect(migrateSqlite(file, folder)).toEqual({ from: 1, to: 2, applied: ['0002-broken'] });
  });

  test('[O-06] a number was left out: the steps are taken; one that appears in the gap afterwards is refused', () => {
    const folder = path.join(testFolder(), 'migrations');
    const file = newFile();
    mkdirSync(folder);
    copyFileSync(path.join(MIGRATIONS, '0001-first.sqlite.sql'), path.join(folder, '0001-first.sqlite.sql'));
    writeFileSync(path.join(folder, '0003-third.sqlite.sql'), 'CREATE TABLE third (id INTEGER) STRICT;');
    expect(migrateSqlite(file, folder)).toEqual({ from: 0, to: 3, applied: ['0001-first', '0003-third'] });
    expect(migrateSqlite(file, folder)).toEqual({ from: 3, to: 3, applied: [] });
    writeFileSync(path.join(folder, '0002-second.sqlite.sql'), 'CREATE TABLE second (id INTEGER) STRICT;');
    expect(() => migrateSqlite(file, folder)).toThrow(expect.objectContaining({ code: 'store-migration-changed' }));
  });

  test('[O-06] a database that needs a step is not read before it is taken', () => {
    const folder = path.join(testFolder(), 'migrations');
    const file = newFile();
    const { to } = migrateSqlite(file);
    cpSync(MIGRATIONS, folder, { recursive: true });
    const next = `${String(to + 1).padStart(4, '0')}-more.sqlite.sql`;
    writeFileSync(path.join(folder, next), 'CREATE TABLE more (id INTEGER) STRICT;');
    const db = connect({ file, readOnly: true });
    expect(() => requireCurrent(db, file, folder)).toThrow(expect.objectContaining({ code: 'store-older' }));
    db.close();
  });
});

describe('databases that are left alone', () => {
  test('[O-06] written by a newer outdial: refused by daemon and reader, not a byte changed', async () => {
    const file = newFile();
    migrateSqlite(file);
    tamper(file, `INSERT INTO migrations VALUES (99, '0099-future', 'x', 1)`);
    const before = readFileSync(file);
    expect(await codeOf(openSqliteStore({ file }))).toBe('store-newer');
    expect(await codeOf(openSqliteStore({ file, readOnly: true }))).toBe('store-newer');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('[O-06] made by another text of a migration: refused', () => {
    const file = newFile();
    migrateSqlite(file);
    tamper(file, `UPDATE migrations SET checksum = 'other' WHERE version = 1`);
    expect(refusalOf(file)).toBe('store-migration-changed');
  });

  test('[O-06] the database of another program: refused, not a byte changed', () => {
    const file = newFile();
    tamper(file, 'CREATE TABLE theirs (id INTEGER)');
    const before = readFileSync(file);
    expect(refusalOf(file)).toBe('store-foreign');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('[O-06] a file that is no database, a folder that cannot be made: each says so', () => {
    const file = newFile();
    writeFileSync(file, 'name,phone\nAda,+12125550100\n'.repeat(100));
    expect(refusalOf(file)).toBe('store-not-a-database');
    expect(refusalOf(path.join(file, 'outdial.db'))).toBe('store-unreachable');
  });
});
