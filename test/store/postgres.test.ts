// The store's contract on a real PostgreSQL server.

import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { storeContract } from '../contract/store.ts';
import { PostgresServer } from '../support/postgres.ts';

storeContract('the store on PostgreSQL', async () => {
  const server = await PostgresServer.start();
  const store = await openPostgresStore({ url: await server.database() });
  const stop = async (): Promise<void> => {
    await store.close();
    await server.remove();
  };
  return { store, stop };
});
