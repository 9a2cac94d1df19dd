// The choice of the next ten records on PostgreSQL: a server of its own in a temporary directory with every commit on the
// disk, the same people, records and obstacles as on SQLite.

import pg from 'pg';
import { cohortOf } from '../../../src/eligibility/cohort.ts';
import { openAttempts } from '../../../src/store/postgres/choice.ts';
import { Connection } from '../../../src/store/postgres/database.ts';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { Desk, HOUR_MS, NOON, waitingUntil } from '../../contract/store-desk.ts';
import { PostgresServer } from '../../support/postgres.ts';
import type { BenchArgs } from '../bench-args.ts';
import { BATCH, claimRequest, claimThroughStore } from './requests.ts';
import { AREAS, CAMPAIGN, nowFor, OBSTACLES, TOLD } from './world.ts';
import type { Obstacle } from './world.ts';

interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface ChoiceFigures {
  readonly records: number;
  readonly obstacle: Obstacle;
  /** Choosing ten records and writing their attempts, without waiting for the disk. */
  readonly claimOf10Ms: Times;
  /** The same as the engine sees it: through the thread, on the disk. */
  readonly answeredMs: Times;
}

interface Figures {
  readonly server: string;
  readonly choice: readonly ChoiceFigures[];
  readonly durableAttemptsPerSecond: { readonly together: number; readonly oneByOne: number };
}

const MOST_CLAIMS = 150;
const TOMORROW = nowFor('later') + 24 * HOUR_MS;

/** Runs the benchmark; `short` takes a few of the records, `--records N` only that many. Prints unless `json`. */
export async function run({ json, short, options }: BenchArgs): Promise<Figures> {
  const given = options['records'] === undefined ? undefined : Number(options['records']);
  const sizes = given === undefined ? (short ? [10_000, 100_000] : [100_000, 1_000_000]) : [given];
  // What an administrator gives a server with some gigabytes.
  const settings = { shared_buffers: '1GB', work_mem: '64MB', maintenance_work_mem: '512MB', max_wal_size: '8GB' };
  const server = await PostgresServer.start({ durable: true, settings });
  try {
    const [version] = await server.query('postgres', 'SHOW server_version');
    const choice: ChoiceFigures[] = [];
    for (const records of sizes) {
      for await (const figures of measureChoice(server, records)) {
        choice.push(figures);
        if (!json) printChoice(figures);
      }
    }
    const durableAttemptsPerSecond = await measureThroughput(server, short ? 1500 : 4000);
    const { together, oneByOne } = durableAttemptsPerSecond;
    if (!json) console.log(`attempts opened and ended durably: ${together}/s together, ${oneByOne}/s one by one`);
    return { server: `PostgreSQL ${String(version?.['server_version'])}`, choice, durableAttemptsPerSecond };
  } finally {
    await server.remove();
  }
}

async function* measureChoice(server: PostgresServer, records: number): AsyncGenerator<ChoiceFigures> {
  const url = await server.database();
  await (await openPostgresStore({ url })).close();
  await makePeople(url, records);
  for (const obstacle of OBSTACLES) {
    await makeRecords(url, obstacle);
    // One of a hundred may be dialed, by four series of claims at most.
    const claims = Math.min(MOST_CLAIMS, Math.floor(records / 100 / BATCH / 4));
    const claimOf10Ms = times(await claimInside(url, claims, obstacle));
    const answeredMs = times(await claimThroughStore(await openPostgresStore({ url }), claims, obstacle));
    yield { records, obstacle, claimOf10Ms, answeredMs };
  }
  await server.query('postgres', `DROP DATABASE ${url.split('/').at(-1) ?? ''}`);
}

async function execute(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET synchronous_commit = off');
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function makePeople(url: string, count: number): Promise<void> {
  const cohorts = AREAS.map((code) =>
    cohortOf(CAMPAIGN, { phones: [{ number: `+1${code}5550100`, type: 'mobile' }], fields: {} }),
  );
  const places = AREAS.map((code, place) => `(${place}, '${code}', '${cohorts[place] ?? ''}')`);
  await execute(url, [
    `INSERT INTO campaigns (id, name, changed_at) VALUES (1, '${CAMPAIGN.name}', 0)`,
    `INSERT INTO lists (id, name, source) VALUES (1, 'bench', 'bench')`,
    `INSERT INTO imports (id, name, list, source, state, started_at) VALUES (1, 'bench', 1, 'bench', 'finished', 0)`,
    `INSERT INTO record_queues (campaign, list, cohort) SELECT DISTINCT 1, 1, cohort FROM (VALUES ${places.join(', ')}) AS a (place, area, cohort)`,
    `CREATE TABLE bench_areas AS SELECT a.place, a.area, q.id AS queue FROM (VALUES ${places.join(', ')}) AS a (place, area, cohort)
       JOIN record_queues q USING (cohort)`,
    'DROP INDEX IF EXISTS contacts_search, phones_search',
    `INSERT INTO contacts (id, name, fields, import)
       SELECT n, 'Person ' || n, '{"region":"north","balance":"12.50"}', 1 FROM generate_series(1, ${count}) n`,
    `INSERT INTO phones (contact, position, number, type)
       SELECT c.id, 0, '+1' || a.area || (2000000 + c.id / 2), 'mobile'
       FROM contacts c JOIN bench_areas a ON a.place = c.id % ${AREAS.length}`,
    'VACUUM ANALYZE',
  ]);
}

/** Makes everybody's record, and what keeps 99 of 100 from being dialed; closed hours need nothing but their hour. */
async function makeRecords(url: string, obstacle: Obstacle): Promise<void> {
  if (obstacle === 'hours') return;
  const isHeld = 'c.id % 100 <> 99';
  const state = { nothing: `'fresh'`, later: `'waiting'`, 'do-not-call': `'finished'` }[obstacle];
  const dueAt = obstacle === 'later' ? `CASE WHEN ${isHeld} THEN ${TOMORROW} + c.id END` : 'NULL::bigint';
  const blocked = [
    `INSERT INTO do_not_call_parts (list, state, import, imported_at, numbers)
       SELECT id, 'live', 'bench', 1, 1 FROM do_not_call_lists WHERE name = 'global'`,
    `INSERT INTO do_not_call_numbers (part, number)
       SELECT DISTINCT p.id, substr(n.number, 2)::bigint FROM phones n, do_not_call_parts p
       WHERE p.import = 'bench' AND n.contact % 100 <> 99`,
  ];
  await execute(url, [
    'TRUNCATE attempts, do_not_call_numbers, records RESTART IDENTITY',
    'DELETE FROM do_not_call_parts',
    `INSERT INTO records (campaign, contact, queue, state, due_at)
       SELECT 1, c.id, a.queue, CASE WHEN ${isHeld} THEN ${state} ELSE 'fresh' END, ${dueAt}
       FROM contacts c JOIN bench_areas a ON a.place = c.id % ${AREAS.length} ORDER BY c.id`,
    ...(obstacle === 'do-not-call' ? blocked : []),
    'VACUUM ANALYZE',
    'CHECKPOINT',
  ]);
}

/** Claims on a connection of our own, each in a transaction that does not wait for the disk. */
async function claimInside(url: string, claims: number, obstacle: Obstacle): Promise<readonly number[]> {
  const connection = await Connection.open({ url, name: 'bench', pipeline: true });
  await connection.all<object>({ text: 'SET synchronous_commit = off' });
  const taken: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const request = claimRequest(`inside-${obstacle}-${claim}`, obstacle);
    const start = performance.now();
    const { opened } = await connection.transaction((db) => openAttempts(db, new Map(), request));
    taken.push(performance.now() - start);
    if (opened.length < BATCH) throw new Error(`only ${opened.length} records were chosen`);
  }
  await connection.close();
  return taken;
}

async function measureThroughput(
  server: PostgresServer,
  durationMs: number,
): Promise<Figures['durableAttemptsPerSecond']> {
  const store = await openPostgresStore({ url: await server.database() });
  const desk = new Desk(store);
  const campaign = await desk.people(2000, { attempts: { max: 1e9, perDay: 1e9 } });
  const perSecond = async (atATime: number): Promise<number> => {
    const start = performance.now();
    let done = 0;
    const worker = async (): Promise<void> => {
      while (performance.now() - start < durationMs) {
        const { attempt } = await desk.dial(campaign, NOON + done * HOUR_MS);
        await desk.close(attempt, { next: waitingUntil(NOON) });
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    return Math.round((done * 1000) / (performance.now() - start));
  };
  const [oneByOne, together] = [await perSecond(1), await perSecond(100)];
  await store.close();
  return { together, oneByOne };
}

function times(taken: readonly number[]): Times {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(3));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const show = ({ p50, p99, max }: Times): string => `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;

function printChoice({ records, obstacle, claimOf10Ms, answeredMs }: ChoiceFigures): void {
  const head = `next 10 of ${records} records, ${TOLD[obstacle]}`;
  console.log(`${head}: ${show(claimOf10Ms)}; durable and answered: ${show(answeredMs)}`);
}
