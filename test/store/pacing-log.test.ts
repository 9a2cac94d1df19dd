// The pacing log on a real disk: what reaches it, what is cleared away, what happens when it cannot be written.

import { mkdir, readFile, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentLog, type Log } from '../../src/base/log.ts';
import { VirtualClock } from '../../src/sim/clock.ts';
import { PacingLogFiles, type PacingLogOptions } from '../../src/store/pacing-log/files.ts';
import { readPacingLog } from '../../src/store/pacing-log/read.ts';
import { testFolder } from './folder.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 2, 12);

function makeLogs(parts: Partial<PacingLogOptions> = {}) {
  const folder = path.join(testFolder(), 'pacing');
  const clock = new VirtualClock({ startAt: NOW });
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (_fields, message) => warnings.push(message) };
  const open = () => PacingLogFiles.open({ folder, keepMs: 30 * DAY_MS, maxBytes: 1e6, ...parts }, { clock, log });
  return { folder, clock, warnings, open };
}

async function linesOf(folder: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readPacingLog(folder, 'renewals', {})) if (line !== '') lines.push(line);
  return lines;
}

describe('the pacing log', () => {
  test('[P-07] lines reach the file of their day within a second, in order, and a restart goes on behind them', async () => {
    const { folder, clock, open } = makeLogs();
    const first = await open();
    const log = first.open('renewals', '2026-03-02');
    for (const line of ['a', 'b', 'c']) expect(log.write(line)).toBe(true);
    await clock.runFor(1000);
    await first.close();
    const second = await open();
    second.open('renewals', '2026-03-02').write('d');
    second.open('renewals', '2026-03-03').write('e');
    await second.close();

    expect(await linesOf(folder)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await readdir(path.join(folder, 'renewals'))).toEqual(['2026-03-02.jsonl', '2026-03-03.jsonl']);
  });

  test('[P-07] killed in the middle of a line: the next stretch begins on a line of its own', async () => {
    const { folder, open } = makeLogs();
    await mkdir(path.join(folder, 'renewals'), { recursive: true });
    await writeFile(path.join(folder, 'renewals', '2026-03-02.jsonl'), 'whole\n{"cut');
    const logs = await open();
    logs.open('renewals', '2026-03-02').write('next');
    await logs.close();

    expect(await linesOf(folder)).toEqual(['whole', '{"cut', 'next']);
  });

  test('[P-07] old days go, then the oldest while there is more than it may take; the day of now stays', async () => {
    const { folder, open } = makeLogs({ keepMs: 10 * DAY_MS, maxBytes: 2500 });
    const campaign = path.join(folder, 'renewals');
    await mkdir(campaign, { recursive: true });
    for (const [name, ageDays] of [
      ['2026-02-01', 29],
      ['2026-02-25', 5],
      ['2026-02-28', 2],
      ['2026-03-02', 0],
    ] as const) {
      const file = path.join(campaign, `${name}.jsonl`);
      await writeFile(file, 'x'.repeat(1000));
      await utimes(file, new Date(NOW - ageDays * DAY_MS), new Date(NOW - ageDays * DAY_MS));
    }
    await (await open()).close();

    expect(await readdir(campaign)).toEqual(['2026-02-28.jsonl', '2026-03-02.jsonl']);
  });

  test('[P-07] the disk refuses: no one waits or fails, it is reported once, and the stretch is over', async () => {
    const { folder, clock, warnings, open } = makeLogs();
    const logs = await open();
    await mkdir(path.dirname(folder), { recursive: true });
    await writeFile(folder, 'a file where the folder should be');
    const log = logs.open('renewals', '2026-03-02');
    expect(log.write('a')).toBe(true);
    await clock.runFor(1000);
    await expect.poll(() => log.write('b')).toBe(false);
    await clock.runFor(5000);
    await logs.close();

    expect(warnings).toEqual(['the pacing log cannot be written: dialing goes on without it']);
    expect(await readFile(folder, 'utf8')).toBe('a file where the folder should be');
  });

  test('[P-07] kept for 0 s: nothing is written', async () => {
    const { folder, clock, open } = makeLogs({ keepMs: 0 });
    const logs = await open();
    expect(logs.open('renewals', '2026-03-02').write('a')).toBe(true);
    await clock.runFor(2000);
    await logs.close();

    await expect(linesOf(folder)).rejects.toMatchObject({ code: 'pacing-log-missing' });
  });
});
