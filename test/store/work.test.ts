// Work written once, as each database carries it out: SQLite at once or from pause to pause, PostgreSQL with what needs
// no answer sent ahead, and long work in a transaction from pause to pause.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/store/sqlite/database.ts';
import { inSlices as inSqliteSlices, runOn as runOnSqlite } from '../../src/store/sqlite/run.ts';
import type { Transaction } from '../../src/store/postgres/database.ts';
import { inSlices as inPostgresSlices, runOn as runOnPostgres } from '../../src/store/postgres/run.ts';
import { Json, sql } from '../../src/store/statement.ts';
import { all, changes, first, pause, run } from '../../src/store/work.ts';
import type { Work } from '../../src/store/work.ts';

const ADD = sql`INSERT INTO calls (id, live, fields) VALUES (:id, :live, :fields)`;
const END = sql`UPDATE calls SET live = 0 WHERE id IN :ids`;
const FIND = sql<{ id: number; live: boolean; fields: object }>`
  SELECT id, live = 1 AS "live?", fields AS "fields{}" FROM calls ORDER BY id`;

function* twoCalls(): Work<number> {
  yield* run(ADD, { id: 1, live: true, fields: new Json({ name: 'Ann' }) });
  yield* pause();
  yield* run(ADD, { id: 2, live: true, fields: new Json({}) });
  return yield* changes(END, { ids: [2, 3] });
}

describe('work on SQLite', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'outdial-work-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  let count = 0;
  const open = () => {
    count += 1;
    const db = connect({ file: path.join(dir, `calls-${count}.db`), readOnly: false });
    db.exec('CREATE TABLE calls (id INTEGER PRIMARY KEY, live INTEGER, fields TEXT)');
    return db;
  };

  test('[O-07] is done at once; yes or no, JSON and lists are written and read', () => {
    const db = open();
    expect(runOnSqlite(db, twoCalls())).toBe(1);
    expect(runOnSqlite(db, all(FIND))).toEqual([
      { id: 1, live: true, fields: { name: 'Ann' } },
      { id: 2, live: false, fields: {} },
    ]);
  });

  test('[O-07] lets others come in between where it pauses', () => {
    const db = open();
    const slices = inSqliteSlices(db, twoCalls());
    expect(slices.next()).toEqual({ done: false, value: undefined });
    expect(runOnSqlite(db, all(FIND))).toHaveLength(1);
    expect(slices.next()).toEqual({ done: true, value: 1 });
  });
});

/** Writes down what it is asked. */
class Listening implements Transaction {
  readonly said: string[] = [];

  all<Row>(): Promise<readonly Row[]> {
    this.said.push('read');
    return Promise.resolve([]);
  }

  first<Row>(): Promise<Row | undefined> {
    return Promise.resolve(undefined);
  }

  run(_statement: object, values: readonly unknown[] = []): Promise<number> {
    this.said.push(`waits for ${JSON.stringify(values)}`);
    return Promise.resolve(1);
  }

  send(_statement: object, values: readonly unknown[] = []): void {
    this.said.push(`sends ${JSON.stringify(values)}`);
  }

  async transaction<T>(work: (db: Transaction) => Promise<T>): Promise<T> {
    this.said.push('begin');
    const result = await work(this);
    this.said.push('commit');
    return result;
  }
}

describe('work on PostgreSQL', () => {
  test('[O-07] only what gives something back is waited for', async () => {
    const db = new Listening();
    await runOnPostgres(db, twoCalls());
    expect(await runOnPostgres(db, first(FIND))).toBeUndefined();
    expect(db.said).toEqual(['sends [1,1,"{\\"name\\":\\"Ann\\"}"]', 'sends [2,1,"{}"]', 'waits for [[2,3]]', 'read']);
  });

  test('[O-07] long work is kept from pause to pause', async () => {
    const db = new Listening();
    expect(await inPostgresSlices(db, twoCalls())).toBe(1);
    // The connection of long work takes one statement at a time.
    expect(db.said.filter((word) => word.startsWith('sends'))).toEqual([]);
    expect(db.said.filter((word) => !word.startsWith('waits for [1') && !word.startsWith('waits for [2,'))).toEqual([
      ...['begin', 'commit', 'begin', 'waits for [[2,3]]', 'commit'],
    ]);
  });
});
