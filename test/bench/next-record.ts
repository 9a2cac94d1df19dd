// How long the choice of the next ten records takes, by the number of records; and how many attempts a second the store
// opens and ends durably: many at a time (group commit) against one after the other, in the same run.

import { fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Campaign } from '../../src/campaign/definition.ts';
import { campaignIds } from '../../src/store/sqlite/campaigns.ts';
import { opener } from '../../src/store/sqlite/choice.ts';
import { connect } from '../../src/store/sqlite/database.ts';
import { migrateSqlite } from '../../src/store/sqlite/migrate.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { aCampaign } from '../list/builders.ts';
import { Desk, HOUR_MS, NOON, waitingUntil } from '../contract/store-desk.ts';

interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface ChoiceFigures {
  readonly records: number;
  /** Choosing ten records and writing their attempts, in the database, without the sync. */
  readonly claimOf10Ms: Times;
  /** The same as the engine sees it: through the thread, on the disk. */
  readonly answeredMs: Times;
}

interface Figures {
  readonly syncMs: Times;
  readonly choice: readonly ChoiceFigures[];
  readonly durableAttemptsPerSecond: { readonly together: number; readonly oneByOne: number };
}

const CAMPAIGN = aCampaign({ lists: ['bench'] });

/** Runs the benchmark; `short` takes a tenth of the records. Prints its figures unless `json`. */
export async function run({ json, short }: { json: boolean; short: boolean }): Promise<unknown> {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-bench-'));
  try {
    const sizes = short ? [10_000, 100_000] : [100_000, 1_000_000];
    const choice: ChoiceFigures[] = [];
    for (const records of sizes) choice.push(await measureChoice(path.join(folder, `${records}.db`), records));
    const durableAttemptsPerSecond = await measureThroughput(path.join(folder, 'load.db'), short ? 1500 : 4000);
    const figures: Figures = { syncMs: measureSync(folder), choice, durableAttemptsPerSecond };
    if (!json) print(figures);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A database with so many fresh records, each of a contact with one phone. */
function fill(file: string, records: number): void {
  migrateSqlite(file);
  const db = connect({ file, readOnly: false });
  db.pragma('synchronous = OFF');
  db.exec(`
    BEGIN;
    INSERT INTO campaigns (id, name, changed_at) VALUES (1, '${CAMPAIGN.name}', 0);
    INSERT INTO lists (id, name, source) VALUES (1, 'bench', 'bench');
    INSERT INTO imports (id, name, list, source, state, started_at) VALUES (1, 'bench', 1, 'bench', 'finished', 0);
    CREATE TEMP TABLE n AS
      WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ${records}) SELECT n FROM up;
    INSERT INTO contacts SELECT n, 'Person ' || n, '{"region":"north","balance":"12.50"}', 1 FROM n;
    INSERT INTO phones SELECT n, 0, '+1212' || (2000000 + n), 'mobile' FROM n;
    INSERT INTO records (campaign, contact) SELECT 1, n FROM n;
    COMMIT;`);
  db.close();
}

async function measureChoice(file: string, records: number): Promise<ChoiceFigures> {
  fill(file, records);
  const claims = 300;
  const inside = claimInside(file, claims);
  const store = await openSqliteStore({ file });
  const desk = new Desk(store);
  const answered: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const start = performance.now();
    await desk.open(CAMPAIGN, 10);
    answered.push(performance.now() - start);
  }
  await store.close();
  return { records, claimOf10Ms: times(inside), answeredMs: times(answered) };
}

/** Claims on a connection of our own, each in a transaction that is not synced. */
function claimInside(file: string, claims: number): readonly number[] {
  const db = connect({ file, readOnly: false });
  db.pragma('synchronous = OFF');
  const open = opener(db, campaignIds(db));
  const taken: number[] = [];
  for (let claim = 0; claim < claims; claim += 1) {
    const lines = Array.from({ length: 10 }, (_, line) => {
      return { attempt: `inside-${claim}-${line}`, trunk: 'main', turn: line };
    });
    const start = performance.now();
    db.exec('BEGIN IMMEDIATE');
    open({ campaign: CAMPAIGN, now: NOON, lines });
    db.exec('COMMIT');
    taken.push(performance.now() - start);
  }
  db.close();
  return taken;
}

async function measureThroughput(file: string, durationMs: number): Promise<Figures['durableAttemptsPerSecond']> {
  const store = await openSqliteStore({ file });
  const desk = new Desk(store);
  const campaign = await desk.people(2000, { attempts: { max: 1e9, perDay: 1e9 } });
  const oneByOne = await attemptsPerSecond(desk, campaign, { atATime: 1, durationMs });
  const together = await attemptsPerSecond(desk, campaign, { atATime: 100, durationMs });
  await store.close();
  return { together, oneByOne };
}

async function attemptsPerSecond(
  desk: Desk,
  campaign: Campaign,
  { atATime, durationMs }: { readonly atATime: number; readonly durationMs: number },
): Promise<number> {
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
}

/** What one small write that must be on the disk costs here. */
function measureSync(folder: string): Times {
  const file = openSync(path.join(folder, 'sync'), 'w');
  const taken = Array.from({ length: 50 }, () => {
    const start = performance.now();
    writeSync(file, Buffer.alloc(4096));
    fsyncSync(file);
    return performance.now() - start;
  });
  return times(taken);
}

function times(taken: readonly number[]): Times {
  const sorted = [...taken].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(3));
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function print({ syncMs, choice, durableAttemptsPerSecond: { together, oneByOne } }: Figures): void {
  const show = ({ p50, p99, max }: Times): string => `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;
  console.log(`one write on this disk: ${show(syncMs)}`);
  for (const { records, claimOf10Ms, answeredMs } of choice) {
    console.log(`next 10 of ${records} records: ${show(claimOf10Ms)}; durable and answered: ${show(answeredMs)}`);
  }
  console.log(`attempts opened and ended durably: ${together}/s together, ${oneByOne}/s one by one`);
}
