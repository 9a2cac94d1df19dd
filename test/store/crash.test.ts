// What a killed daemon leaves behind, and who may open a database that another one has open.

import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { codeOf } from '../contract/store-desk.ts';
import { testFolder } from './folder.ts';
import { OtherProcess } from './other-process.ts';

/** Processes and threads are started from the sources, which takes its time on a busy machine. */
const TIMEOUT_MS = 90_000;

const WRITER = new URL('./killed-writer.ts', import.meta.url);

const newFile = (): string => path.join(testFolder(), 'outdial.db');

test(
  '[O-09] kill -9 while calls are dialed and ended: all that was acknowledged is there, nothing is open twice',
  async () => {
    const file = newFile();
    const writer = new OtherProcess(WRITER, file, 'dial');
    await writer.wrote(500);
    await writer.kill();
    const store = await openSqliteStore({ file });
    const rows = await store.attempts.list({});
    const byId = new Map(rows.map((row) => [row.attempt, row]));
    for (const line of writer.lines) {
      const [what, attempt = ''] = line.split(' ');
      expect(byId.get(attempt), line).toBeDefined();
      if (what === 'closed') expect(byId.get(attempt)?.result, line).toBe('busy');
    }
    const unfinished = await store.attempts.unfinished();
    expect(unfinished.length).toBe(rows.filter(({ result }) => result === null).length);
    expect(new Set(unfinished.map(({ record }) => record.record)).size).toBe(unfinished.length);
    await store.close();
  },
  TIMEOUT_MS,
);

test(
  '[L-01] kill -9 in the middle of an import: nothing of it is seen, and its rows are cleared away',
  async () => {
    const file = newFile();
    const writer = new OtherProcess(WRITER, file, 'import');
    await writer.wrote(10);
    await writer.kill();
    const store = await openSqliteStore({ file });
    expect((await store.lists.all()).map(({ name }) => name)).toEqual(['finished']);
    expect(await store.lists.findContacts('', 10)).toMatchObject([{ name: 'Known' }]);
    const db = new Database(file, { readonly: true });
    const rows = db.prepare<[], number>(
      'SELECT (SELECT count(*) FROM contacts) + (SELECT count(*) FROM staged_merges) + (SELECT count(*) FROM lists)',
    );
    await vi.waitFor(() => expect(rows.pluck().get()).toBe(2), { timeout: 10_000, interval: 20 });
    db.close();
    await store.close();
  },
  TIMEOUT_MS,
);

test(
  'two daemons on one database: the second is refused, readers are not; kill -9 of the first frees it',
  async () => {
    const file = newFile();
    const first = new OtherProcess(WRITER, file, 'hold');
    await first.wrote(1);
    expect(await codeOf(openSqliteStore({ file }))).toBe('store-in-use');
    const reader = await openSqliteStore({ file, readOnly: true });
    expect(await reader.lists.all()).toEqual([]);
    expect(await codeOf(reader.agents.remove('101'))).toBe('store-read-only');
    await reader.close();
    await first.kill();
    const second = await openSqliteStore({ file });
    expect(await codeOf(openSqliteStore({ file }))).toBe('store-in-use');
    await second.close();
    expect(await codeOf(second.lists.all())).toBe('store-closed');
  },
  TIMEOUT_MS,
);
