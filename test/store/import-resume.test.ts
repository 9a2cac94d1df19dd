// Imports that are cut off, by kill -9 or a restart, and go on: the whole file once, nothing twice, nothing lost, and
// the rejected rows complete.

import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/engine/store/store.ts';
import { makePlan } from '../../src/store/import/plan.ts';
import type { ImportOptions, ImportPlan } from '../../src/store/import/plan.ts';
import { runImport, SUSPEND } from '../../src/store/import/run.ts';
import type { RunOptions } from '../../src/store/import/run.ts';
import type { ImportReport } from '../../src/store/import/report.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { configFolder, OUTDIAL } from '../cli/cli.ts';
import { Desk, codeOf } from '../contract/store-desk.ts';
import { describeImportResume } from '../contract/store-import-resume.ts';
import { makeFolder, testFolder } from './folder.ts';

const ROWS = 30_000;

/** People with a number each; every seventh row has none. */
function people(file: string, count = ROWS): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = index % 7 === 0 ? 'nobody' : `+1212${String(2_000_000 + index)}`;
    return `Person ${index},${number},note ${index}`;
  });
  writeFileSync(file, `name,phone,note\n${rows.join('\n')}\n`);
  return file;
}

const planOf = (file: string, options: Partial<ImportOptions> = {}): Promise<ImportPlan> =>
  makePlan(file, { list: 'people', country: 'US', ...options });

/** Stops the import once so many rows are read; what it is refused with. */
async function stoppedAt(rows: number, plan: ImportPlan, store: Store): Promise<string> {
  const stop = new AbortController();
  const onProgress: RunOptions['onProgress'] = (progress) => {
    if (progress.rows >= rows) stop.abort(SUSPEND);
  };
  return codeOf(runImport(plan, store, { signal: stop.signal, onProgress }));
}

function expectWhole(report: ImportReport, folder: string): void {
  const rejected = Math.ceil(ROWS / 7);
  expect(report).toMatchObject({ rows: ROWS, added: ROWS - rejected, merged: 0, skipped: 0, rejected });
  expect(report.list.contacts).toBe(ROWS - rejected);
  expect(report.reasons).toEqual({ 'phone: letters in the number': rejected });
  const lines = readFileSync(path.join(folder, 'people.rejected.csv'), 'utf8').trimEnd().split('\n');
  const expected = Array.from({ length: rejected }, (_, index) => String(2 + index * 7));
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(expected);
}

describe('an import that was cut off', () => {
  let store: Store;
  let desk: Desk;
  const folder = makeFolder();
  beforeAll(async () => {
    store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    desk = new Desk(store);
  });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  describeImportResume(() => desk);
});

describe('[L-01] the same file again', () => {
  test('suspended twice, the store opened again in between: goes on each time, whole at the end', async () => {
    const folder = testFolder();
    const file = path.join(folder, 'outdial.db');
    const plan = await planOf(people(path.join(folder, 'people.csv')));
    let store = await openSqliteStore({ file });
    expect(await stoppedAt(7000, plan, store)).toBe('import-suspended');
    await store.close();
    store = await openSqliteStore({ file });
    expect(await store.lists.all()).toEqual([]);
    expect(await stoppedAt(19_000, plan, store)).toBe('import-suspended');
    const report = await runImport(plan, store);
    expect(report.resumedAfterLine).toBeGreaterThan(15_000);
    expectWhole(report, folder);
    await store.close();
  });

  test('the file has changed, or its columns mean something else: starts over; insisted on, refused', async () => {
    const folder = testFolder();
    const file = people(path.join(folder, 'people.csv'));
    const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    expect(await stoppedAt(7000, await planOf(file), store)).toBe('import-suspended');
    const other = await planOf(file, { duplicates: 'merge' });
    expect(await codeOf(runImport(other, store, { resume: 'only' }))).toBe('import-not-resumable');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Person 5,', 'Person five,'));
    const report = await runImport(await planOf(file), store);
    expect(report.resumedAfterLine).toBeUndefined();
    expectWhole(report, folder);
    expect(await codeOf(runImport(await planOf(file), store, { resume: 'only' }))).toBe('import-not-resumable');
    await store.close();
  });

  test('the rejected rows of the first run are gone: begins again, and they are complete', async () => {
    const folder = testFolder();
    const plan = await planOf(people(path.join(folder, 'people.csv')));
    const store = await openSqliteStore({ file: path.join(folder, 'outdial.db') });
    expect(await stoppedAt(7000, plan, store)).toBe('import-suspended');
    writeFileSync(path.join(folder, 'people.rejected.csv.part'), 'x');
    const report = await runImport(plan, store);
    expect(report.resumedAfterLine).toBeUndefined();
    expectWhole(report, folder);
    await store.close();
  });

  test('[L-01] killed while an interrupted import was being taken back: it is not gone on with, the list is whole', async () => {
    const folder = testFolder();
    const file = path.join(folder, 'outdial.db');
    const plan = await planOf(people(path.join(folder, 'people.csv')));
    const killed = await openSqliteStore({ file });
    expect(await stoppedAt(7000, plan, killed)).toBe('import-suspended');
    await killed.close();
    const halfway = new Database(file);
    halfway.exec(`UPDATE imports SET state = 'abandoned'; DELETE FROM list_contacts WHERE contact % 2 = 0`);
    halfway.close();

    const store = await openSqliteStore({ file });
    const report = await runImport(plan, store);

    expect(report.resumedAfterLine).toBeUndefined();
    expectWhole(report, folder);
    await store.close();
  });

  test('[O-09] kill -9 of the command, five times: the same command goes on, and the list is whole', async () => {
    const folder = await configFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    people(path.join(folder, 'people.csv'));
    const args = ['list', 'import', 'people.csv', '--json'];
    let ended: { readonly code: number | null; readonly out: string } = { code: null, out: '' };
    for (const afterBytes of [1, 2, 3, 4, 5]) {
      ended = await runAndKill(args, folder, afterBytes);
      if (ended.code === 0) break;
    }
    if (ended.code !== 0) ended = await runAndKill(args, folder, Infinity);
    expect(ended.code).toBe(0);
    expectWhole(JSON.parse(ended.out) as ImportReport, folder);
  });
});

/** Runs the command and kills it once its file of rejected rows has grown so many times. */
function runAndKill(
  args: readonly string[],
  folder: string,
  growths: number,
): Promise<{ readonly code: number | null; readonly out: string }> {
  const part = path.join(folder, 'people.rejected.csv.part');
  const sizeOf = (): number => statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  return new Promise((resolve) => {
    const child = spawn(OUTDIAL, [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    let seen = sizeOf();
    let grown = 0;
    const look = setInterval(() => {
      const size = sizeOf();
      if (size !== seen) grown += 1;
      seen = size;
      if (grown >= growths) child.kill('SIGKILL');
    }, 5);
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.on('close', (code) => {
      clearInterval(look);
      resolve({ code, out });
    });
  });
}
