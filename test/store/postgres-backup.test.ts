// A backup of a PostgreSQL database made while calls are dialed, and restored by PostgreSQL's own tool.

import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/open.ts';
import { Desk, FINISHED, codeOf } from '../contract/store-desk.ts';
import { PostgresServer } from '../support/postgres.ts';
import { testFolder } from './folder.ts';

const TIMEOUT_MS = 60_000;

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

test(
  '[O-06] a backup is made while calls are dialed: restored, it opens as a store with all that was done before it',
  { timeout: TIMEOUT_MS },
  async () => {
    const folder = testFolder();
    const copy = path.join(folder, 'backup.dump');
    const store = await openPostgresStore({ url: await server.database() });
    const desk = new Desk(store);
    const campaign = await desk.people(100);
    const before = await desk.dial(campaign);
    await desk.close(before.attempt);
    const backup = store.backup(copy);
    const meanwhile = await Promise.all(Array.from({ length: 30 }, () => desk.dial(campaign)));
    await backup;
    await store.backup(copy);
    for (const { attempt } of meanwhile) await desk.close(attempt);
    await store.close();
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['backup.dump']);

    const url = await server.database();
    execFileSync(server.tool('pg_restore'), ['--clean', '--if-exists', '--no-owner', `--dbname=${url}`, copy]);
    const restored = await openPostgresStore({ url });
    expect(await restored.attempts.list({ record: before.record.record })).toMatchObject([{ result: 'busy' }]);
    expect(await restored.attempts.unfinished()).toHaveLength(30);
    await restored.attempts.settle(before.attempt, FINISHED);
    await restored.close();
  },
);

test(
  '[O-06] a backup into nowhere, a server that is away: refused, and nothing is left behind',
  { timeout: TIMEOUT_MS },
  async () => {
    const folder = testFolder();
    const url = await server.database();
    const store = await openPostgresStore({ url });
    expect(await codeOf(store.backup(path.join(folder, 'nowhere', 'backup.dump')))).toBe('backup-failed');
    await server.stop();
    expect(await codeOf(store.backup(path.join(folder, 'backup.dump')))).toBe('backup-failed');
    expect(readdirSync(folder)).toEqual([]);
    await server.run();
    await store.close();
  },
);
