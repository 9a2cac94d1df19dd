// The store's contract on SQLite.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { storeContract } from '../contract/store.ts';
import { makeFolder } from './folder.ts';

storeContract('the store on SQLite', async () => {
  const folder = makeFolder();
  const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  const stop = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, stop };
});
