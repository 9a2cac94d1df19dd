// Days in a simulated call centre with PostgreSQL behind it, among them one on which the database goes away.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { population } from '../../src/sim/population.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import type { Expectations } from '../support/invariants.ts';
import { breaches, watch } from '../support/invariants.ts';
import { PostgresServer } from '../support/postgres.ts';
import { Rig, type RigOptions } from '../support/rig.ts';

const HOUR_MS = 3_600_000;
const RECORDS = 60;
const USUAL: Expectations = { silenceMs: 2000, personsHangUp: true };
const TIMEOUT_MS = 120_000;

let server: PostgresServer;
let rig: Rig | undefined;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});
afterAll(() => server.remove());

/** Everybody is at work and the campaign runs; what is found wrong meanwhile is in the returned list. */
async function begin(options: RigOptions = {}): Promise<{ readonly on: Rig; readonly seen: string[] }> {
  const url = await server.database();
  const openStore = () => openPostgresStore({ url });
  const on = await Rig.start({ agents: 6, records: RECORDS, openStore, ...options });
  rig = on;
  const seen = watch(on, { lines: 200 });
  on.startRobots();
  await on.clock.runFor(20_000);
  await on.startCampaign();
  return { on, seen };
}

/** The rest of the day, and that nothing was lost or doubled on it. */
async function end({ on, seen }: { readonly on: Rig; readonly seen: string[] }, expected = USUAL): Promise<void> {
  expect(await on.untilExhausted(3 * HOUR_MS), `seed ${on.seed}`).toBe(true);
  await on.wrapUpTheDay();
  expect([...seen, ...(await breaches(on, expected))], `seed ${on.seed}`).toEqual([]);
  const { byState } = await on.store.records.counts(on.campaign.name);
  expect(byState.finished, `seed ${on.seed}`).toBe(RECORDS);
}

test(
  '[O-07] predictive, seed 1: everybody is called, nothing is lost or doubled',
  { timeout: TIMEOUT_MS },
  async () => {
    await end(await begin({ seed: 1 }));
  },
);

test(
  '[O-07] [O-09] the engine dies now and then, seed 71: every attempt has its result',
  { timeout: TIMEOUT_MS },
  async () => {
    const day = await begin({ seed: 71 });
    for (let death = 0; death < 3; death += 1) {
      await day.on.clock.runFor(40_000);
      day.on.killEngine();
      await day.on.clock.runFor(3_000);
      await day.on.startEngine();
    }
    await end(day);
  },
);

test(
  '[O-09] the database is away for a minute, seed 5: dialing stops, conversations go on, nothing is lost',
  { timeout: TIMEOUT_MS },
  async () => {
    const plan = population({ shares: { person: 0.9 }, talk: { meanMs: 90_000, deviationMs: 10_000 } });
    const day = await begin({ seed: 5, plan });
    const { clock, exchange } = day.on;
    await clock.runFor(60_000);
    await server.stop('immediate');
    await clock.runFor(5_000);
    const placed = exchange.calls.length;
    const talking = day.on.engine.health().calls;
    expect(talking).toBeGreaterThan(0);
    await clock.runFor(55_000);
    expect(exchange.calls.length).toBe(placed);
    await server.run();
    await clock.runFor(10_000);
    await end(day);
    expect(exchange.calls.length).toBeGreaterThan(placed);
  },
);
