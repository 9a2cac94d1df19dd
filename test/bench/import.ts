// What an import of many contacts does to calls: how fast it goes while a second outdial answers 20 people a second on the
// real box, and how long those wait for their agent, against the same calls just before it.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { pause, type CallCentre } from '../../demo/call-centre.ts';
import { attemptsOf } from '../../demo/figures.ts';
import { percentiles } from '../../src/engine/campaigns/figures.ts';
import { importJob } from '../../src/http/wire/imports.ts';
import { until } from '../support/until.ts';
import type { BenchArgs } from './bench-args.ts';
import { openBusyCentre, untilQuiet } from './calls/busy-centre.ts';

interface Delays {
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

interface Figures {
  readonly contacts: number;
  readonly rowsPerSecond: number;
  readonly seconds: number;
  /** Answer delay in ms, before the import and during it. */
  readonly before: Delays;
  readonly during: Delays;
}

interface Plan {
  readonly contacts: number;
  readonly perSecond: number;
  readonly agents: number;
  readonly beforeMs: number;
}

const WARM_UP_MS = 5_000;
const LIMIT_MS = 900_000;
const SLOWEST_ROWS_PER_SECOND = 2_500;

/** Options: `--contacts` (1000000), `--rate` calls a second (20), `--agents` (40), `--hold` seconds of talk (1.2). */
export async function run({ json, short, options }: BenchArgs): Promise<unknown> {
  const plan: Plan = {
    contacts: Number(options.contacts ?? (short ? 20_000 : 1_000_000)),
    perSecond: Number(options.rate ?? (short ? 5 : 20)),
    agents: Number(options.agents ?? (short ? 10 : 40)),
    beforeMs: short ? 5_000 : 20_000,
  };
  const { agents, perSecond, contacts } = plan;
  const people = perSecond * 600;
  // A call shorter than a second is taken for a rejected one, which goes another way.
  const hold = options.hold ?? '1.2';
  // Each phone keeps its tone in memory: no longer than it may take.
  const toneSeconds = 120 + Math.ceil(contacts / SLOWEST_ROWS_PER_SECOND);
  const centre = await openBusyCentre({ agents, perSecond, people, hold, toneSeconds });
  try {
    const file = await writeContacts(path.join(centre.dir, 'million.csv'), plan.contacts);
    await centre.startDaemon();
    await centre.prepareCampaign();
    await centre.staff();
    await centre.act('start');
    await pause(WARM_UP_MS);
    const beforeAt = Date.now();
    await pause(plan.beforeMs);
    const fromAt = Date.now();
    await importAll(centre, file);
    const toAt = Date.now();
    await centre.act('stop');
    await untilQuiet(centre);
    const seconds = (toAt - fromAt) / 1000;
    const figures: Figures = {
      contacts: plan.contacts,
      rowsPerSecond: plan.contacts / seconds,
      seconds,
      before: await delaysBetween(centre, beforeAt, fromAt),
      during: await delaysBetween(centre, fromAt, toAt),
    };
    if (!json) print(figures);
    return figures;
  } finally {
    await centre.close();
  }
}

/** People with a name, a town, a balance and two phones each, none of whom is called. */
async function writeContacts(file: string, count: number): Promise<string> {
  const out = createWriteStream(file);
  out.write('name,town,balance,mobile phone,home phone\n');
  for (let i = 0; i < count; i += 1) {
    const phones = `+1${3_052_000_000 + i},+1${4_152_000_000 + i}`;
    if (!out.write(`Person ${i},Town ${i % 997},${i % 5000},${phones}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return file;
}

async function importAll(centre: CallCentre, file: string): Promise<void> {
  const body = { file, list: 'million', duplicates: 'skip', columns: {} };
  const { id } = await centre.client.post(importJob, '/imports', body);
  await until(
    'the import is done',
    async () => {
      const job = await centre.client.get(importJob, `/imports/${id}`);
      if (job.error) throw new Error(`${job.error.code}: ${job.error.message}`);
      return job.state === 'running' ? undefined : true;
    },
    LIMIT_MS,
  );
}

async function delaysBetween(centre: CallCentre, fromAt: number, toAt: number): Promise<Delays> {
  const rows = (await attemptsOf(centre)).filter(
    ({ answeredAt }) => answeredAt !== null && answeredAt >= fromAt && answeredAt < toAt,
  );
  const delays = rows.flatMap(({ answeredAt, bridgedAt }) =>
    bridgedAt === null ? [] : [Math.max(0, bridgedAt - (answeredAt ?? 0))],
  );
  const { p50, p99, max } = percentiles(delays);
  return { calls: rows.length, callsPerSecond: rows.length / ((toAt - fromAt) / 1000), p50, p99, max };
}

function print({ contacts, rowsPerSecond, seconds, before, during }: Figures): void {
  const line = (what: string, { calls, callsPerSecond, p50, p99, max }: Delays): string =>
    `${what.padEnd(18)}${calls} answers, ${callsPerSecond.toFixed(1)} a second; answer delay p50/p99/max ${p50}/${p99}/${max} ms`;
  const lines = [
    `${contacts} contacts imported in ${seconds.toFixed(1)} s, ${Math.round(rowsPerSecond)} rows/s, while calls go on`,
    line('before', before),
    line('during the import', during),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
