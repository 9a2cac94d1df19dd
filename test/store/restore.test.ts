// A backup in the place of the database: only a whole one, only when no one uses the database, which is kept.

import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { checkBackup, restoreBackup } from '../../src/store/sqlite/restore.ts';
import { Desk } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';

const NOW = new Date('2026-11-20T10:30:00Z');

interface BackedUp {
  readonly file: string;
  readonly copy: string;
}

/** A database with more in it than its backup has. */
async function backedUp(): Promise<BackedUp> {
  const folder = testFolder();
  const [file, copy] = [path.join(folder, 'outdial.db'), path.join(folder, 'backup.db')];
  const store = await openSqliteStore({ file });
  onTestFinished(() => store.close());
  const desk = new Desk(store);
  const campaign = await desk.people(40);
  const { opened } = await desk.open(campaign, 3);
  for (const { attempt } of opened.slice(0, 2)) await desk.close(attempt);
  await store.backup(copy);
  await desk.open(campaign, 5);
  await store.close();
  return { file, copy };
}

function refusalOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof OperationalError ? error.code : error;
  }
}

test('[O-06] a backup is restored: the database is as it was then, and the one that was there is kept, whole', async () => {
  const { file, copy } = await backedUp();
  const held = { contacts: 40, records: 40, attempts: 3, unfinished: 1 };
  expect(checkBackup(copy)).toMatchObject(held);
  const report = restoreBackup(copy, file, NOW);
  expect(report).toMatchObject({ ...held, applied: [], kept: `${file}.before-restore-2026-11-20-103000` });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const restored = await openSqliteStore({ file });
  expect(await restored.attempts.unfinished()).toHaveLength(1);
  await restored.close();
  expect(checkBackup(report.kept ?? '')).toMatchObject({ attempts: 8, unfinished: 6 });
});

test('[O-06] there was no database: the backup is all there is', async () => {
  const { copy } = await backedUp();
  const file = path.join(testFolder(), 'new.db');
  expect(restoreBackup(copy, file, NOW)).not.toHaveProperty('kept');
  expect(checkBackup(file)).toMatchObject({ attempts: 3 });
});

test('[O-06] a daemon runs on the database: nothing is restored', async () => {
  const { file, copy } = await backedUp();
  const store = await openSqliteStore({ file });
  expect(refusalOf(() => restoreBackup(copy, file, NOW))).toBe('store-in-use');
  expect(await store.attempts.unfinished()).toHaveLength(6);
  await store.close();
});

test('[O-06] a damaged, cut, foreign or newer backup is refused, and the database stays as it is', async () => {
  const { file, copy } = await backedUp();
  const bytes = readFileSync(copy);
  const spoil = (name: string, change: (target: string) => void): string => {
    const target = `${copy}.${name}`;
    copyFileSync(copy, target);
    change(target);
    return target;
  };
  const damaged = spoil('damaged', (target) => {
    const changed = Buffer.from(bytes);
    for (let page = 4; page < bytes.length / 4096; page += 1) changed.fill(0xa5, page * 4096 + 40, page * 4096 + 200);
    writeFileSync(target, changed);
  });
  const cut = spoil('cut', (target) => writeFileSync(target, bytes.subarray(0, bytes.length / 2)));
  const text = spoil('text', (target) =>
    writeFileSync(target, 'no database at all, but a text that is long enough'.repeat(99)),
  );
  const tampered = (name: string, sql: string): string =>
    spoil(name, (target) => {
      const db = new Database(target);
      db.pragma('foreign_keys = OFF');
      db.exec(sql);
      db.close();
    });
  const newer = tampered('newer', `INSERT INTO migrations SELECT max(version) + 1, 'later', 'x', 0 FROM migrations`);
  const torn = tampered('torn', 'DELETE FROM campaigns');
  for (const [backup, code] of [
    [damaged, 'backup-damaged'],
    [cut, 'backup-damaged'],
    [text, 'store-not-a-database'],
    [newer, 'store-newer'],
    [torn, 'backup-damaged'],
    [`${copy}.nowhere`, 'backup-missing'],
    [file, 'backup-onto-database'],
  ] as const) {
    expect([backup, refusalOf(() => restoreBackup(backup, file, NOW))]).toEqual([backup, code]);
  }
  expect(existsSync(`${file}.restore`)).toBe(false);
  expect(checkBackup(file)).toMatchObject({ attempts: 8, unfinished: 6 });
});
