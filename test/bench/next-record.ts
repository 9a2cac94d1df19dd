// How long the choice of the next ten records takes, by the number of records and by what keeps nearly all of them from
// being dialed now; how fast a do-not-call list is imported and records are brought in line with it; and how many
// attempts a second the store opens and ends durably: many at a time (group commit) against one after the other.

import { fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Campaign } from '../../src/campaign/definition.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { startThread } from '../../src/base/thread.ts';
import { Desk, HOUR_MS, NOON, waitingUntil } from '../contract/store-desk.ts';
import type { BenchArgs } from './bench-args.ts';
import type { Claim, ClaimSettings } from './next-record/claims.ts';
import { makePeople, makeRecords } from './next-record/database.ts';
import { measureImport } from './next-record/do-not-call.ts';
import type { ImportFigures } from './next-record/do-not-call.ts';
import { BATCH, claimThroughStore } from './next-record/requests.ts';
import { CAMPAIGN, nowFor, OBSTACLES, TOLD } from './next-record/world.ts';
import type { Obstacle } from './next-record/world.ts';

interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface ChoiceFigures {
  readonly records: number;
  readonly obstacle: Obstacle;
  /** Choosing ten records and writing their attempts, in the database, without the sync. */
  readonly claimOf10Ms: Times;
  /** Processor time of that: what is left when nothing else runs on the machine. */
  readonly processorMs: Times;
  /** The same as the engine sees it: through the thread, on the disk. */
  readonly answeredMs: Times;
}

interface Figures {
  readonly syncMs: Times;
  readonly choice: readonly ChoiceFigures[];
  readonly doNotCall: ImportFigures;
  readonly durableAttemptsPerSecond: { readonly together: number; readonly oneByOne: number };
}

const MOST_CLAIMS = 150;
/** The first claims of a thread are its compiler's: they are made in a database of so many people. */
const WARM_UP = { people: 20_000, claims: 1500 };
const CLAIMS = new URL('./next-record/claims.ts', import.meta.url);

/** Runs the benchmark; `short` takes a few of the records, `--records N` only that many. Prints unless `json`. */
export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  if (options['store'] === 'postgres') {
    const onPostgres = await import('./next-record/postgres.ts');
    return onPostgres.run({ json, short, options });
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-bench-'));
  try {
    const given = options['records'] === undefined ? undefined : Number(options['records']);
    const sizes = given === undefined ? (short ? [10_000, 100_000] : [100_000, 1_000_000, 10_000_000]) : [given];
    const warm = path.join(folder, 'warm.db');
    makePeople(warm, WARM_UP.people);
    const choice: ChoiceFigures[] = [];
    for (const records of sizes) {
      for await (const figures of measureChoice({ folder, warm }, records)) {
        choice.push(figures);
        if (!json) printChoice(figures);
      }
    }
    const doNotCall = await measureImport(folder, {
      people: short ? 2000 : 20_000,
      numbers: short ? 100_000 : 2_000_000,
    });
    const durableAttemptsPerSecond = await measureThroughput(path.join(folder, 'load.db'), short ? 1500 : 4000);
    const figures: Figures = { syncMs: measureSync(folder), choice, doNotCall, durableAttemptsPerSecond };
    if (!json) print(figures);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Folders {
  readonly folder: string;
  readonly warm: string;
}

async function* measureChoice({ folder, warm }: Folders, records: number): AsyncGenerator<ChoiceFigures> {
  const file = path.join(folder, `${records}.db`);
  makePeople(file, records);
  for (const obstacle of OBSTACLES) {
    makeRecords(file, obstacle);
    // One of a hundred may be dialed, by four series of claims at most.
    const claims = Math.min(MOST_CLAIMS, Math.floor(records / 100 / BATCH / 4));
    const inside = await claimInside({ file, claims, obstacle, warm });
    const answered = await claimThroughStore(await openSqliteStore({ file }), claims, obstacle);
    const claimOf10Ms = times(inside.map(({ ms }) => ms));
    const processorMs = times(inside.map(({ processorMs }) => processorMs));
    yield { records, obstacle, claimOf10Ms, processorMs, answeredMs: times(answered) };
  }
  for (const ending of ['', '-wal', '-shm', '-lock']) rmSync(`${file}${ending}`, { force: true });
}

interface ClaimSeries {
  readonly file: string;
  readonly claims: number;
  readonly obstacle: Obstacle;
  /** A database for the first claims. */
  readonly warm: string;
}

/** Claims on a connection of our own, each in a transaction that is not synced. */
async function claimInside({ file, claims, obstacle, warm }: ClaimSeries): Promise<readonly Claim[]> {
  makeRecords(warm, 'nothing');
  const settings: ClaimSettings = {
    batch: BATCH,
    campaign: CAMPAIGN,
    now: nowFor(obstacle),
    series: `inside-${obstacle}`,
    file,
    claims,
    warmUp: { file: warm, claims: WARM_UP.claims },
  };
  const thread = startThread(CLAIMS, settings);
  const [taken] = (await once(thread, 'message')) as [readonly Claim[]];
  await once(thread, 'exit');
  const short = taken.find(({ opened }) => opened < BATCH);
  if (short) throw new Error(`only ${short.opened} records were chosen`);
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

const show = ({ p50, p99, max }: Times): string => `p50 ${p50} ms, p99 ${p99} ms, max ${max} ms`;

function printChoice({ records, obstacle, claimOf10Ms, processorMs, answeredMs }: ChoiceFigures): void {
  const head = `next 10 of ${records} records, ${TOLD[obstacle]}`;
  console.log(
    `${head}: ${show(claimOf10Ms)} (processor: p50 ${processorMs.p50} ms); durable and answered: ${show(answeredMs)}`,
  );
}

function print({ syncMs, doNotCall, durableAttemptsPerSecond: { together, oneByOne } }: Figures): void {
  const { numbers, perSecond, aligned, alignedPerSecond, worstRequestMs } = doNotCall;
  console.log(`one write on this disk: ${show(syncMs)}`);
  console.log(`do-not-call list of ${numbers} numbers imported: ${perSecond}/s`);
  console.log(
    `${aligned} records brought in line with it: ${alignedPerSecond}/s; before that, a request: ${worstRequestMs} ms at most`,
  );
  console.log(`attempts opened and ended durably: ${together}/s together, ${oneByOne}/s one by one`);
}
