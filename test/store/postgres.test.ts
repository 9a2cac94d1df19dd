// The store's contract on a real PostgreSQL server.

import { afterAll, beforeAll, describe } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Desk } from '../contract/store-desk.ts';
import { describeImportResume } from '../contract/store-import-resume.ts';
import { storeContract } from '../contract/store.ts';
import { PostgresServer } from '../support/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

storeContract('the store on PostgreSQL', async () => {
  const store = await openPostgresStore({ url: await server.database() });
  return { store, stop: () => store.close() };
});

describe('imports that were cut off, on PostgreSQL', () => {
  let store: Store;
  let desk: Desk;
  beforeAll(async () => {
    store = await openPostgresStore({ url: await server.database() });
    desk = new Desk(store);
  });
  afterAll(() => store.close());
  describeImportResume(() => desk);
});
