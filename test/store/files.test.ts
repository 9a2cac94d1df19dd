// The store's files: what survives a restart, who may read them, and copies made while the store is in use.

import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { Desk, FINISHED, HOUR_MS, NOON, codeOf, waitingUntil } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';

const TIMEOUT_MS = 60_000;

test(
  '[O-06] a backup is made while calls are dialed: it opens as a store, with all that was done before it',
  async () => {
    const folder = testFolder();
    const [file, copy] = [path.join(folder, 'outdial.db'), path.join(folder, 'backup.db')];
    const store = await openSqliteStore({ file });
    const desk = new Desk(store);
    const campaign = await desk.people(300);
    const before = await desk.dial(campaign);
    await desk.close(before.attempt);
    const backup = store.backup(copy);
    const meanwhile = await Promise.all(Array.from({ length: 50 }, () => desk.dial(campaign)));
    await backup;
    await store.backup(copy);
    for (const { attempt } of meanwhile) await desk.close(attempt);
    await store.close();

    const restored = await openSqliteStore({ file: copy });
    expect(await restored.attempts.list({ record: before.record.record })).toMatchObject([{ result: 'busy' }]);
    expect(await restored.attempts.unfinished()).toHaveLength(50);
    await restored.attempts.settle(before.attempt, FINISHED);
    await restored.close();
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  '[O-06] a backup onto the database itself, onto another one in use or into nowhere is refused',
  async () => {
    const folder = testFolder();
    const file = path.join(folder, 'outdial.db');
    const store = await openSqliteStore({ file });
    const busy = path.join(folder, 'other.db');
    writeFileSync(`${busy}-wal`, '');
    expect(await codeOf(store.backup(path.join(folder, '.', 'outdial.db')))).toBe('backup-onto-database');
    expect(await codeOf(store.backup(busy))).toBe('backup-onto-database');
    rmSync(`${busy}-wal`);
    expect(await codeOf(store.backup(path.join(folder, 'nowhere', 'backup.db')))).toMatch(/^(backup|store)-/);
    expect(await codeOf(store.lists.all())).toBe('done');
    await store.close();
  },
  TIMEOUT_MS,
);

test(
  '[O-10] the database, its log, its lock and its backups are for their owner only',
  async () => {
    const folder = testFolder();
    const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    await store.backup(path.join(folder, 'backup.db'));
    const modes = readdirSync(folder).map((name) => [name, statSync(path.join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toMatchObject({
      'outdial.db': 0o600,
      'outdial.db-wal': 0o600,
      'outdial.db-lock': 0o600,
      'backup.db': 0o600,
    });
    await store.close();
  },
  TIMEOUT_MS,
);

test('the folder of the database is made at the first start, and no one outside its group may enter', async () => {
  const folder = path.join(testFolder(), 'data', 'new');
  const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
  await store.close();
  expect(statSync(folder).mode & 0o7).toBe(0);
});

test(
  'a restart: records, attempts and their times are as before, and dialing goes on',
  async () => {
    const file = path.join(testFolder(), 'outdial.db');
    const first = await openSqliteStore({ file });
    const desk = new Desk(first);
    const campaign = await desk.people(2);
    const { attempt } = await desk.dial(campaign);
    await desk.close(attempt, { next: waitingUntil(NOON + HOUR_MS, { rule: 0 }) });
    const counts = await first.records.counts(campaign.name);
    await first.close();
    const second = await openSqliteStore({ file });
    expect(await second.records.counts(campaign.name)).toEqual(counts);
    const lines = ['after-1', 'after-2'].map((id) => ({ attempt: id, trunk: 'main', turn: 0 }));
    const { opened } = await second.attempts.open({ campaign, now: NOON + HOUR_MS, lines });
    expect(opened.map(({ record }) => record.attempts)).toEqual([0, 1]);
    await second.close();
  },
  TIMEOUT_MS,
);
