// How long a page of the table of records takes with a million of them: the first view, rare and frequent filters, a
// search, a condition, each order; on SQLite or, with `--store postgres`, on a server of its own.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TableQuery } from '../../src/engine/store/records.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { connect } from '../../src/store/sqlite/database.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { PostgresServer } from '../support/postgres.ts';
import type { BenchArgs } from './bench-args.ts';

interface Figures {
  readonly what: string;
  /** The first time and the best of five. */
  readonly firstMs: number;
  readonly bestMs: number;
  readonly rows: number;
  readonly matches: number | null;
}

/** Two campaigns, nine of ten records in the first; half of all were dialed, each hundredth ended in a sale. */
const RECORDS = `
  INSERT INTO records (campaign, contact, state, due_at, attempts, last_attempt_at, last_result, last_disposition, last_agent)
  SELECT CASE WHEN c.id % 10 = 0 THEN 2 ELSE 1 END, c.id,
    CASE WHEN c.id % 2 = 0 THEN 'fresh' WHEN c.id % 3 = 0 THEN 'waiting' ELSE 'finished' END,
    CASE WHEN c.id % 2 = 1 AND c.id % 3 = 0 THEN 1772000000000 + c.id * 1000 END,
    c.id % 2, CASE WHEN c.id % 2 = 1 THEN 1771000000000 + (c.id * 7919) % 900000000 END,
    CASE WHEN c.id % 2 = 0 THEN NULL WHEN c.id % 3 = 0 THEN 'no-answer' ELSE 'connected' END,
    CASE WHEN c.id % 6 IN (1, 5) THEN CASE WHEN c.id % 100 = 1 THEN 'sale' WHEN c.id % 50000 = 5 THEN 'complaint' ELSE 'no' END END,
    CASE WHEN c.id % 6 IN (1, 5) THEN CAST(100 + c.id % 300 AS text) END
  FROM contacts c ORDER BY c.id`;
const BEGIN = `
  INSERT INTO campaigns (id, name, changed_at) VALUES (1, 'large', 0), (2, 'small', 0);
  INSERT INTO lists (id, name, source, imported_at) VALUES (1, 'everybody', 'bench', 1), (2, 'few', 'bench', 1);`;
const rest = (count: number): string => `
  INSERT INTO list_contacts (list, contact, import) SELECT 1, id, 1 FROM contacts;
  INSERT INTO list_contacts (list, contact, import) SELECT 2, id, 1 FROM contacts WHERE id % ${Math.ceil(count / 500)} = 0;`;

const QUERIES: Readonly<Record<string, Partial<TableQuery>>> = {
  'first view: newest attempt first': { sort: 'last-attempt', descending: true },
  'one campaign, newest attempt first': { campaign: 'large', sort: 'last-attempt', descending: true },
  'waiting, next first': { campaign: 'large', state: 'waiting', sort: 'due' },
  'finished, as taken up': { campaign: 'large', state: 'finished' },
  'a frequent disposition': { disposition: 'no', sort: 'last-attempt', descending: true },
  'a rare disposition': { disposition: 'complaint', sort: 'last-attempt', descending: true },
  'one agent, newest first': { agent: '201', sort: 'last-attempt', descending: true },
  'a small list': { list: 'few', sort: 'last-attempt', descending: true },
  'a large list, one result': { list: 'everybody', result: 'connected', sort: 'last-attempt', descending: true },
  'a day of attempts': { lastFromAt: 1771400000000, lastToAt: 1771486400000, sort: 'last-attempt' },
  'a name': { text: 'Person 77777', sort: 'last-attempt', descending: true },
  'a frequent condition': { condition: 'fields.balance > 10', sort: 'last-attempt', descending: true },
  'a condition that no one fits (looks at 300,000)': { condition: 'fields.region == "nowhere"' },
  'two letters that no one has (looks at 20,000)': { text: 'zq' },
};

export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const count = Number(options['records'] ?? (short ? 50_000 : 1_000_000));
  const isPostgres = options['store'] === 'postgres';
  const { store, stop } = await (isPostgres ? onPostgres(count) : onSqlite(count));
  try {
    const figures: Figures[] = [];
    for (const [what, query] of Object.entries(QUERIES)) {
      const one = await measure(store, what, query);
      figures.push(one);
      if (!json)
        console.log(`${what}: ${one.firstMs} ms, then ${one.bestMs} ms (${one.rows} rows of ${one.matches ?? 'many'})`);
    }
    return { records: count, store: isPostgres ? 'postgres' : 'sqlite', figures };
  } finally {
    await stop();
  }
}

async function measure(store: Store, what: string, query: Partial<TableQuery>): Promise<Figures> {
  const asked: TableQuery = { text: '', sort: 'taken-up', descending: false, limit: 50, ...query };
  const times: number[] = [];
  let page = await store.records.table({ ...asked, limit: 1 });
  for (let round = 0; round < 6; round += 1) {
    const start = performance.now();
    page = await store.records.table(asked);
    times.push(performance.now() - start);
  }
  const [firstMs = 0, ...others] = times.map((ms) => Number(ms.toFixed(1)));
  return { what, firstMs, bestMs: Math.min(...others), rows: page.rows.length, matches: page.matches ?? null };
}

interface Opened {
  readonly store: Store;
  readonly stop: () => Promise<void>;
}

async function onSqlite(count: number): Promise<Opened> {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-bench-'));
  const file = path.join(folder, 'outdial.db');
  migrateSqlite(file);
  const db = connect({ file, readOnly: false });
  db.pragma('synchronous = OFF');
  db.exec(`${BEGIN}
    INSERT INTO imports (id, name, list, source, state, started_at) VALUES (1, 'bench', 1, 'bench', 'finished', 0);
    WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ${count})
      INSERT INTO contacts (id, name, fields, import)
      SELECT n, 'Person ' || n, '{"region":"north","balance":"12.50"}', 1 FROM up;
    INSERT INTO phones (contact, position, number, type) SELECT id, 0, '+1212' || (2000000 + id), 'mobile' FROM contacts;
    ${rest(count)} ${RECORDS};
    INSERT INTO contact_search (rowid, text) SELECT id, text FROM contact_texts;`);
  db.close();
  const store = await openSqliteStore({ file });
  const stop = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, stop };
}

async function onPostgres(count: number): Promise<Opened> {
  const settings = { shared_buffers: '512MB', work_mem: '32MB', maintenance_work_mem: '256MB', max_wal_size: '8GB' };
  const server = await PostgresServer.start({ settings });
  const url = await server.database();
  const store = await openPostgresStore({ url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`${BEGIN}
    INSERT INTO imports (id, name, list, source, state, started_at) VALUES (1, 'bench', 1, 'bench', 'finished', 0);
    INSERT INTO contacts (id, name, fields, import)
      SELECT n, 'Person ' || n, '{"region":"north","balance":"12.50"}', 1 FROM generate_series(1, ${count}) n;
    INSERT INTO phones (contact, position, number, type) SELECT id, 0, '+1212' || (2000000 + id), 'mobile' FROM contacts;
    ${rest(count)} ${RECORDS};`);
  await client.query('ANALYZE');
  await client.end();
  const stop = async (): Promise<void> => {
    await store.close();
    await server.remove();
  };
  return { store, stop };
}
