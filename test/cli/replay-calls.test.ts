// outdial replay-calls on the log of an engine that has worked, as somebody at a terminal uses it.

import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { Replayed } from '../../src/engine/journal/replay.ts';
import { EngineLogFile, engineLogs } from '../../src/store/engine-log/file.ts';
import { Rig } from '../support/rig.ts';
import { configFolder, documentOf, outdial, type Ran } from './cli.ts';

let folder = '';
let log = '';
const run = (...args: string[]): Promise<Ran> => outdial(args, { folder });

beforeAll(async () => {
  folder = await configFolder();
  const options = { folder: join(folder, 'engine'), keepMs: 1000, maxBytes: 50_000_000 };
  const parts = { clock: systemClock, log: silentLog, about: { country: 'US' } };
  const journal = await EngineLogFile.open(options, parts);
  const rig = await Rig.start({ agents: 2, records: 10, journal });
  rig.startRobots();
  await rig.clock.runFor(20_000);
  await rig.startCampaign();
  await rig.clock.runFor(60_000);
  await rig.close();
  await journal.close();
  log = journal.file;
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('[O-14] given the engine log of the latest start, then replay-calls says that everything is the same, with exit 0', async () => {
  expect((await stat(log)).mode & 0o077).toBe(0);
  const ran = await run('replay-calls');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.out).toContain('everything is the same');
  const report = documentOf(await run('replay-calls', log, '--json')) as Partial<Replayed>;
  expect(report).toMatchObject({ file: log, stretches: 1, firstDifference: null });
  expect(report.commands ?? 0).toBeGreaterThan(20);
});

test('[O-14] given a log whose command differs from what the engine does, then replay-calls names the line and shows both, with exit 1', async () => {
  const other = join(folder, 'other.jsonl');
  await writeFile(other, (await readFile(log, 'utf8')).replace('"type":"create-bridge"', '"type":"destroy-bridge"'));
  const ran = await run('replay-calls', other);
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/^then .*destroy-bridge/m);
  expect(ran.out).toMatch(/^now .*create-bridge/m);
});

test('[O-14] given no such file, then replay-calls is refused with engine-log-missing', async () => {
  expect(documentOf(await run('replay-calls', join(folder, 'none.jsonl'), '--json'))).toMatchObject({
    error: { code: 'engine-log-missing' },
  });
});

test('[O-14] given a file of an earlier start that is older than is kept, when the daemon starts, then it is removed; a full one ends quietly', async () => {
  const inAnHour = { now: () => Date.now() + 3_600_000, after: () => () => undefined };
  const options = { folder: join(folder, 'old'), keepMs: 60_000, maxBytes: 30 };
  const parts = { clock: inAnHour, log: silentLog, about: {} };
  await (await EngineLogFile.open({ ...options, keepMs: 3_700_000 }, parts)).close();
  const full = await EngineLogFile.open(options, parts);
  for (const line of ['["read","id","1"]', '["read","id","2"]', '["read","id","3"]']) full.write(line);
  await full.close();
  expect(await readFile(full.file, 'utf8')).toBe('["read","id","1"]\n');
  await EngineLogFile.open(options, parts);
  expect(await engineLogs(options.folder)).toEqual([]);
});
