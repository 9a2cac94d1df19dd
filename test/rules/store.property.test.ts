// Over random campaigns, people, clocks and rule packs, through the choice of either store: what is explained is what
// happens. OUTDIAL_RUNS says how many worlds; `npm run bench -- rules` plays many.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/engine/store/store.ts';
import { Desk } from '../contract/store-desk.ts';
import { makeFolder } from '../store/folder.ts';
import { PostgresServer } from '../support/postgres.ts';
import { playWorlds } from './store-worlds.ts';

const given = process.env['OUTDIAL_RUNS'];

async function onSqlite(): Promise<Store> {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return openSqliteStore({ file: path.join(folder, 'outdial.db') });
}

async function onPostgres(): Promise<Store> {
  const server = await PostgresServer.start();
  onTestFinished(() => server.remove());
  return openPostgresStore({ url: await server.database() });
}

test.each([
  { name: 'SQLite', open: onSqlite, runs: Number(given ?? 25) },
  { name: 'PostgreSQL', open: onPostgres, runs: Number(given ?? 6) },
])(
  '[L-12] [X-03] [X-04] $runs random worlds on $name: none dialed that explain forbids, none allowed and left',
  { timeout: 900_000 },
  async ({ open, runs }) => {
    const store = await open();
    try {
      const { dialed, refusals, reached, forbidden, left } = await playWorlds(new Desk(store), runs);
      expect({ forbidden, left }).toEqual({ forbidden: 0, left: 0 });
      expect(dialed).toBeGreaterThan(runs);
      expect(refusals).toBeGreaterThan(runs);
      expect(reached).toBeGreaterThan(0);
    } finally {
      await store.close();
    }
  },
);
