// The table of records where there are more than can be sorted at once: gone through along the indexes of several
// campaigns, on SQLite and on PostgreSQL.

import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RecordRow, TablePage, TableQuery } from '../../src/engine/store/records.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { connect } from '../../src/store/sqlite/database.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { PostgresServer } from '../support/postgres.ts';
import { makeFolder } from './folder.ts';

const COUNT = 45_000;
/** Three campaigns; half of all were dialed, a third of those waits; some share their values. */
const FILL = `
  INSERT INTO campaigns (id, name, changed_at) VALUES (1, 'one', 0), (2, 'two', 0), (3, 'three', 0);
  INSERT INTO imports (id, name, source, state, started_at) VALUES (1, 'test', 'test', 'finished', 0);
  NUMBERS INSERT INTO contacts (id, name, fields, import)
    SELECT n, 'Person ' || n, FIELDS, 1 FROM up;
  INSERT INTO records (campaign, contact, state, due_at, attempts, last_attempt_at, last_result)
    SELECT 1 + c.id % 3, c.id, CASE WHEN c.id % 2 = 0 THEN 'fresh' WHEN c.id % 6 = 3 THEN 'waiting' ELSE 'finished' END,
      CASE WHEN c.id % 6 = 3 THEN 1000 + c.id % 50 END, c.id % 2,
      CASE WHEN c.id % 2 = 1 THEN 5000 + (c.id * 7919) % 1000 END,
      CASE WHEN c.id % 2 = 1 THEN 'busy' END
    FROM contacts c ORDER BY c.id;`;
const FIELDS = `CASE WHEN n % 1000 = 7 THEN '{"rare":"yes"}' ELSE '{}' END`;
const FILL_SQLITE = FILL.replace('FIELDS', FIELDS).replace(
  'NUMBERS',
  `WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ${COUNT})`,
);
const FILL_POSTGRES = FILL.replace('FIELDS', `(${FIELDS})::jsonb`).replace(
  'NUMBERS',
  `WITH up AS (SELECT n FROM generate_series(1, ${COUNT}) n)`,
);

interface Opened {
  readonly store: Store;
  readonly stop: () => Promise<void>;
}

async function onSqlite(): Promise<Opened> {
  const folder = makeFolder();
  const file = path.join(folder, 'outdial.db');
  migrateSqlite(file);
  const db = connect({ file, readOnly: false });
  db.exec(`BEGIN; ${FILL_SQLITE} COMMIT;`);
  db.close();
  const store = await openSqliteStore({ file });
  const stop = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, stop };
}

async function onPostgres(): Promise<Opened> {
  const server = await PostgresServer.start();
  const url = await server.database();
  const store = await openPostgresStore({ url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(FILL_POSTGRES);
  await client.end();
  const stop = async (): Promise<void> => {
    await store.close();
    await server.remove();
  };
  return { store, stop };
}

const NEVER = Number.MAX_SAFE_INTEGER;
const KEYS = {
  'taken-up': ({ id }: RecordRow) => id,
  'last-attempt': ({ lastAttemptAt }: RecordRow) => lastAttemptAt ?? 0,
  due: ({ dueAt }: RecordRow) => dueAt ?? NEVER,
} as const;

describe.each([
  ['SQLite', onSqlite],
  ['PostgreSQL', onPostgres],
])('[S-05] more records than can be sorted at once, on %s', (_where, open) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  }, 60_000);
  afterAll(() => opened.stop());
  const table = (query: Partial<TableQuery>): Promise<TablePage> =>
    opened.store.records.table({ text: '', sort: 'taken-up', descending: false, limit: 500, ...query });

  test.each(
    (['taken-up', 'last-attempt', 'due'] as const).flatMap((sort) => [[sort, false] as const, [sort, true] as const]),
  )('by %s (downwards: %s): three pages go on in order, over all campaigns', async (sort, descending) => {
    const rows: RecordRow[] = [];
    let after: TablePage['next'];
    for (let page = 0; page < 3; page += 1) {
      const found = await table({ sort, descending, ...(after && { after }) });
      expect(found.matches).toBeUndefined();
      rows.push(...found.rows);
      after = found.next;
    }
    const turn = descending ? -1 : 1;
    const sorted = rows.toSorted((a, b) => turn * (KEYS[sort](a) - KEYS[sort](b) || a.id - b.id));
    expect(rows.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1500);
    if (sort === 'last-attempt') expect(new Set(rows.map(({ campaign }) => campaign)).size).toBeGreaterThan(1);
    const first = rows[0] && KEYS[sort](rows[0]);
    const ends = { 'taken-up': [1, COUNT], 'last-attempt': [0, 5999], due: [1001, NEVER] }[sort];
    expect(first).toBe(ends[descending ? 1 : 0]);
  });

  test('what the value itself shows is not looked for among the others, and ends where it ends', async () => {
    const dialed = await table({ sort: 'last-attempt', result: 'busy', limit: 10 });
    expect(dialed.rows[0]?.lastAttemptAt).toBe(5001);
    const last = await table({ sort: 'due', descending: true, state: 'waiting', limit: 10 });
    expect(last.rows[0]?.dueAt).toBe(1049);
    let [count, after]: [number, TablePage['next']] = [0, undefined];
    do {
      const part = { lastFromAt: 5100, lastToAt: 5130, sort: 'last-attempt', descending: true } as const;
      const page = await table({ ...part, limit: 200, ...(after && { after }) });
      expect(page.rows.every(({ lastAttemptAt }) => Number(lastAttemptAt) >= 5100)).toBe(true);
      [count, after] = [count + page.rows.length, page.next];
    } while (after);
    expect((await table({ lastFromAt: 5100, lastToAt: 5130 })).matches).toBe(count);
  });

  test('a rare condition is found among all, one page after the other; two letters too', async () => {
    const rare = await table({ condition: 'fields.rare == "yes"', sort: 'last-attempt', descending: true, limit: 50 });
    expect([rare.rows.length, rare.next, rare.matches]).toEqual([45, undefined, undefined]);
    const found: string[] = [];
    let after: TablePage['next'];
    do {
      const page = await table({ text: '99', state: 'finished', limit: 50, ...(after && { after }) });
      found.push(...page.rows.map(({ contact }) => contact.name));
      after = page.next;
    } while (after && found.length < 100);
    expect(found.length).toBeGreaterThan(90);
    expect(found.every((name) => name.includes('99'))).toBe(true);
  });
});
