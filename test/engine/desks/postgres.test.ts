// Days of agents at desks with PostgreSQL behind them, the engine killed now and then.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/open.ts';
import { PostgresServer } from '../../support/postgres.ts';
import { deskDay } from './desk-day.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

test.each([0, 3, 6, 8, 11])(
  '[O-07] [C-05] anything may happen at desks, seed %i: no record lost, in two hands, or dialed against the law',
  async (seed) => {
    const url = await server.database();
    const day = await deskDay(seed, 8, { openStore: () => openPostgresStore({ url }) });
    expect(day.breaches, `seed ${seed}: ${day.mode}`).toEqual([]);
    expect(day.interactions).toBeGreaterThan(3);
  },
  120_000,
);
