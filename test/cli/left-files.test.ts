// What commands leave on the disk is for their own user alone, whatever umask they start with.

import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { PacingLogFiles } from '../../src/store/pacing-log/files.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { configFolder, OUTDIAL, started, writeSettings } from './cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await configFolder();
  await writeSettings(folder, 1, '../var/outdial.db');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as it runs where a shell lets everybody read and write. */
const open = (...args: string[]) =>
  started(['-c', 'umask 000; exec "$0" "$@"', OUTDIAL, ...args], { folder, program: '/bin/sh' });

/** Every file and folder below, with its mode, that others may read or write, or a group may write. */
function openTo(at: string, others = 0o027): string[] {
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, statSync(join(at, name)).mode] as const)
    .filter(([, mode]) => (mode & others) !== 0)
    .map(([name, mode]) => `${name} ${(mode & 0o777).toString(8)}`);
}

test('[X-10] commands with imports, exports and a backup: no file that others can read', async () => {
  await mkdir(join(folder, 'out'), { mode: 0o700 });
  await writeFile(join(folder, 'people.csv'), 'name,phone\nAda,+12125550123\nEve,12;34\n', { mode: 0o600 });
  for (const made of ['config', 'config/campaigns']) chmodSync(join(folder, made), 0o750);
  const commands = [
    ['list', 'import', 'people.csv'],
    ['export', 'records', '--out', 'out/records.csv'],
    ['backup', 'out/backup.db'],
  ];
  for (const args of commands) expect([args, (await open(...args)).err]).toEqual([args, expect.any(String)]);
  expect(readdirSync(join(folder, 'out'))).toEqual(expect.arrayContaining(['records.csv', 'backup.db']));
  expect(readdirSync(join(folder, 'var'))).toContain('outdial.db');
  expect(readdirSync(folder)).toContain('people.rejected.csv');
  expect(openTo(folder)).toEqual([]);
});

test('[X-10] the pacing’s log: its files and folders are for the own user alone', async () => {
  const logs = join(folder, 'pacing-log');
  const before = process.umask(0);
  try {
    const options = { folder: logs, keepMs: 86_400_000, maxBytes: 1_000_000 };
    const files = await PacingLogFiles.open(options, { clock: systemClock, log: silentLog });
    files.open('renewals', '2026-11-29').write('{}');
    await files.close();
  } finally {
    process.umask(before);
  }
  expect(readdirSync(logs, { recursive: true })).toHaveLength(2);
  expect([statSync(logs).mode & 0o077, ...openTo(logs, 0o077)]).toEqual([0]);
});

test('[X-10] a database that others could read, of an earlier version: not after it has been opened', async () => {
  const file = join(folder, 'older.db');
  await (await openSqliteStore({ file })).close();
  chmodSync(file, 0o644);
  const store = await openSqliteStore({ file });
  const modes = [file, `${file}-wal`].map((part) => statSync(part).mode & 0o007);
  await store.close();
  expect(modes).toEqual([0, 0]);
});
