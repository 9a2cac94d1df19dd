// How long deciding on one record takes: without rule packs, with three, with all; where the hours are open and where they
// are closed; and how many numbers a second find their time zones. CPU time of this process, so that neighbours do not count.
// Then so many random worlds (`--worlds N`) on either store: what is dialed against explain, and what it allows and is left.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findPack, packNames, SHIPPED_RULES } from '../../src/config/rule-packs.ts';
import { decideRecord, explainRecord } from '../../src/eligibility/eligibility.ts';
import type { EligibilityInput } from '../../src/eligibility/eligibility.ts';
import { zonesOf } from '../../src/places/zones.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { aCampaign, aPastAttempt, aRecord } from '../records/builders.ts';
import { playWorlds } from '../rules/store-worlds.ts';
import type { WorldFigures } from '../rules/store-worlds.ts';
import { PostgresServer } from '../support/postgres.ts';
import type { BenchArgs } from './bench-args.ts';

const RECORDS = 20_000;
const ROUNDS = 5;
const HOUR_MS = 3_600_000;
const OPEN_AT = Date.parse('2026-11-18T20:00:00Z');
const CLOSED_AT = OPEN_AT + 8 * HOUR_MS;
const AREA_CODES = ['212', '305', '850', '410', '415', '713'];

/** Fresh and retried people of six area codes, a third of whom have another state in their fields. */
function people(): readonly EligibilityInput['facts'][] {
  return Array.from({ length: RECORDS }, (_, index) => {
    const number = `+1${AREA_CODES[index % AREA_CODES.length] ?? ''}${2_000_000 + ((index * 7) % 7_999_999)}`;
    const own = { record: index + 1, contact: index + 1, number };
    const history = [
      aPastAttempt({ ...own, dialedAt: OPEN_AT - 30 * HOUR_MS }),
      aPastAttempt({ ...own, dialedAt: OPEN_AT - 5 * HOUR_MS }),
    ];
    return aRecord({
      record: index + 1,
      contact: index + 1,
      state: 'waiting',
      phones: [{ number, type: 'mobile' }],
      fields: { state: index % 3 === 0 ? 'FL' : '' },
      history: index % 2 === 0 ? [] : history,
    });
  });
}

/** CPU µs for each call, at best over the rounds: the first ones compile. */
function measure(each: (index: number) => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage().user;
    for (let index = 0; index < RECORDS; index += 1) each(index);
    best = Math.min(best, (process.cpuUsage().user - before) / RECORDS);
  }
  return best;
}

function campaignWith(names: readonly string[]): EligibilityInput['campaign'] {
  const rules = names.flatMap((name) => findPack(name, [SHIPPED_RULES])?.pack ?? []);
  return aCampaign({ rules, person: { state: 'state', consent: 'state' } });
}

const WORLDS = { sqlite: 300, postgres: 60 };
const FEW_WORLDS = { sqlite: 10, postgres: 3 };

/** Random worlds on both stores, or the one named by `--store`; rejects with the first in which something is wrong. */
async function worldsOf({ short, options }: BenchArgs): Promise<Readonly<Record<string, WorldFigures>>> {
  const figures: Record<string, WorldFigures> = {};
  for (const store of ['sqlite', 'postgres'] as const) {
    if (options['store'] !== undefined && options['store'] !== store) continue;
    const worlds = Number(options['worlds'] ?? (short ? FEW_WORLDS : WORLDS)[store]);
    figures[store] = await (store === 'sqlite' ? onSqlite(worlds) : onPostgres(worlds));
  }
  return figures;
}

async function onSqlite(worlds: number): Promise<WorldFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'outdial-bench-'));
  const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  try {
    return await playWorlds(new Desk(store), worlds);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(worlds: number): Promise<WorldFigures> {
  const server = await PostgresServer.start();
  try {
    const store = await openPostgresStore({ url: await server.database() });
    try {
      return await playWorlds(new Desk(store), worlds);
    } finally {
      await store.close();
    }
  } finally {
    await server.remove();
  }
}

export async function run(args: BenchArgs): Promise<unknown> {
  const decisions = args.options['worlds'] === undefined ? decisionFigures(args) : {};
  const worlds = await worldsOf(args);
  if (!args.json) for (const [store, figures] of Object.entries(worlds)) printWorlds(store, figures);
  return { ...decisions, worlds };
}

function printWorlds(store: string, figures: WorldFigures): void {
  const { worlds, choices, dialed, refusals, forbidden, left } = figures;
  const head = `  ${worlds} random worlds on ${store}, ${choices} choices: ${dialed} dialed, ${refusals} refused`;
  console.log(`${head}; ${forbidden} dialed against explain, ${left} allowed and left`);
}

function decisionFigures({ json }: BenchArgs): object {
  const facts = people();
  const [first] = facts;
  if (!first) throw new Error('nobody to call');
  const inputAt = (campaign: EligibilityInput['campaign'], now: number) => (index: number) => ({
    facts: facts[index] ?? first,
    campaign,
    blocked: new Map(),
    now,
  });
  const decide = (campaign: EligibilityInput['campaign'], now: number): number => {
    const input = inputAt(campaign, now);
    return measure((index) => decideRecord(input(index)));
  };
  const none = campaignWith([]);
  const three = campaignWith(['us-federal', 'us-florida', 'us-reg-f']);
  const all = campaignWith(packNames([SHIPPED_RULES]).filter((name) => !name.includes('consent')));
  const explained = inputAt(three, OPEN_AT);
  const figures = {
    decideUs: {
      withoutPacks: decide(none, OPEN_AT),
      threePacksOpen: decide(three, OPEN_AT),
      threePacksClosed: decide(three, CLOSED_AT),
      allPacksOpen: decide(all, OPEN_AT),
    },
    explainUs: measure((index) => explainRecord(explained(index))),
    zonesPerSecond: Math.round(1e6 / measure((index) => zonesOf((facts[index] ?? first).phones[0]?.number ?? '', {}))),
  };
  if (json) return figures;
  for (const [what, us] of Object.entries(figures.decideUs))
    console.log(`  decide, ${what}: ${us.toFixed(1)} µs a record`);
  console.log(`  explain, three packs: ${figures.explainUs.toFixed(1)} µs a record`);
  console.log(`  numbers to time zones: ${figures.zonesPerSecond.toLocaleString('en')} a second`);
  return figures;
}
