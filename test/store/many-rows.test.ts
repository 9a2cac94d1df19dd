import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { rowsInserter } from '../../src/store/sqlite/many-rows.ts';

test.each([0, 1, 9, 10, 49, 50, 163])('%d rows: all of them are there once, in their order', (count) => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT)');
  const rows = Array.from({ length: count }, (_, place) => [place, `row ${place}`] as const);
  rowsInserter(db, 't (a, b)', 2)(rows.flat());
  expect(db.prepare('SELECT a, b FROM t ORDER BY id').raw().all()).toEqual(rows);
});

test('a row that is there already is passed over where the statement says so', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY)');
  const insert = rowsInserter(db, 't (a)', 1, 'ON CONFLICT DO NOTHING');
  insert([1, 2]);
  insert([2, 3]);
  expect(db.prepare('SELECT a FROM t').pluck().all()).toEqual([1, 2, 3]);
});
