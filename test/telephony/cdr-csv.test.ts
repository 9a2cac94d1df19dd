import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperationalError } from '../../src/base/errors.ts';
import type { CallRecord } from '../../src/engine/ports.ts';
import { csvCallRecords, parseCdrLine, readCallRecords } from '../../src/telephony/cdr-csv.ts';

const NOW = Date.UTC(2026, 0, 22, 12, 0, 0);
const EVER = { fromAt: 0, toAt: Infinity };

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outdial-cdr-'));
  file = join(folder, 'Master.csv');
});
afterEach(() => rm(folder, { recursive: true }));

interface LineParts {
  readonly attempt?: string;
  readonly leg?: string;
  readonly startS?: number;
  readonly answerS?: number;
  readonly endS?: number;
  readonly disposition?: string;
}

const time = (second: number): string => new Date(NOW + second * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** A record as Asterisk 22 writes it; seconds count from noon. */
function line(parts: LineParts = {}): string {
  const { attempt = 'a1', leg = 'L1', startS = 0, answerS, endS = 5, disposition = 'NO ANSWER' } = parts;
  const answer = answerS === undefined ? '' : `"${time(answerS)}"`;
  const head = `"+12125550100","+12125559999","s","outdial-out","""""" <+12125559999>","PJSIP/trunk-main-0000","",`;
  const tail = `"${disposition}","DOCUMENTATION","${leg}","${attempt}","","${leg}",1`;
  return `${head}"Stasis","outdial,customer","${time(startS)}",${answer},"${time(endS)}",5,4,${tail}\n`;
}

async function all(window = EVER): Promise<CallRecord[]> {
  const records: CallRecord[] = [];
  for await (const record of readCallRecords(file, window)) records.push(record);
  return records;
}

const find = (...attempts: string[]): Promise<ReadonlyMap<string, CallRecord>> =>
  csvCallRecords(file, () => NOW + 60_000).find(attempts);

describe('one record', () => {
  test('[O-08] of an answered call: leg, attempt, number dialed, instants in UTC', () => {
    expect(parseCdrLine(line({ answerS: 1, disposition: 'ANSWERED' }).trimEnd())).toEqual({
      attempt: 'a1',
      bridgedAttempt: '',
      leg: 'L1',
      number: '+12125550100',
      startedAt: NOW,
      answeredAt: NOW + 1000,
      endedAt: NOW + 5000,
      disposition: 'answered',
    });
  });

  test.each([
    ['NO ANSWER', 'no-answer'],
    ['BUSY', 'busy'],
    ['FAILED', 'failed'],
    ['CONGESTION', 'congestion'],
  ])('[O-08] with disposition %s: %s, no answer', (disposition, ours) => {
    const record = parseCdrLine(line({ disposition }));
    expect(record?.disposition).toBe(ours);
    expect(record).not.toHaveProperty('answeredAt');
  });

  test("[O-08] agent's side of a conversation: belongs to no attempt, knows whose conversation it was", () => {
    expect(parseCdrLine(line({ attempt: ';a7' }))).toMatchObject({ attempt: '', bridgedAttempt: 'a7' });
  });

  test.each(['', 'nonsense', line().slice(0, 90), '"a","b"\0,,,'])('[O-08] %j is no record', (text) => {
    expect(parseCdrLine(text)).toBeUndefined();
  });
});

describe('reading through', () => {
  test('[O-08] records of the window only, the rotated file first, a half-written last line left alone', async () => {
    await writeFile(file, line({ attempt: 'old', startS: -100 }) + line({ attempt: 'one' }));
    await rename(file, `${file}.1`);
    await writeFile(file, line({ attempt: 'two', startS: 10 }) + line({ attempt: 'late', startS: 500 }));
    await appendFile(file, line({ attempt: 'half' }).slice(0, -12));

    const records = await all({ fromAt: NOW - 50_000, toAt: NOW + 100_000 });

    expect(records.map(({ attempt }) => attempt)).toEqual(['one', 'two']);
  });

  test('[O-08] no file yet: no records; no such folder: an error that says so', async () => {
    expect(await all()).toEqual([]);
    file = join(folder, 'missing', 'Master.csv');
    await expect(all()).rejects.toThrow(OperationalError);
    await expect(all()).rejects.toMatchObject({ code: 'call-records-unreadable' });
  });
});

describe('finding attempts', () => {
  test('[O-09] those with a record are found, those without are missing', async () => {
    await writeFile(file, line({ attempt: 'a1', leg: 'x' }) + line({ attempt: 'a2', leg: 'y', startS: 2 }));
    const found = await find('a2', 'a9', '');
    expect([...found.keys()]).toEqual(['a2']);
    expect(found.get('a2')).toMatchObject({ leg: 'y', startedAt: NOW + 2000 });
  });

  test('[O-09] several records of one call and the agent sides of it: one record from first start to last end', async () => {
    const answered = { disposition: 'ANSWERED', leg: 'x' };
    await writeFile(
      file,
      line({ ...answered, attempt: 'a1', startS: 0, answerS: 2, endS: 4 }) +
        line({ ...answered, attempt: 'a1', startS: 4, answerS: 4, endS: 6 }) +
        line({ ...answered, attempt: ';a1', leg: 'agent', startS: 4, answerS: 4, endS: 30 }),
    );
    expect((await find('a1')).get('a1')).toEqual({
      attempt: 'a1',
      leg: 'x',
      number: '+12125550100',
      startedAt: NOW,
      answeredAt: NOW + 2000,
      endedAt: NOW + 30_000,
      disposition: 'answered',
    });
  });

  test('[O-09] lines cut by the blocks in which the file is read: every one is found', async () => {
    const count = 6000;
    const lines = Array.from({ length: count }, (_, i) =>
      line({ attempt: `a${i}`, leg: `leg-${i}`, startS: i, endS: i }),
    );
    await writeFile(file, lines.join(''));
    const attempts = Array.from({ length: count }, (_, i) => `a${i}`);
    expect((await find(...attempts)).size).toBe(count);
  });

  test('[O-09] old records are not read through for an attempt that has none', async () => {
    const oldest = line({ attempt: 'oldest', startS: -500_000, endS: -499_000 });
    const old = Array.from({ length: 5000 }, () => line({ attempt: 'old', startS: -400_000, endS: -399_000 }));
    await writeFile(file, oldest + old.join('') + line({ attempt: 'new' }));
    expect([...(await find('new', 'oldest')).keys()]).toEqual(['new']);
  });

  test('[O-09] the file was rotated between: found in the rotated one', async () => {
    await writeFile(`${file}.1`, line({ attempt: 'before' }));
    await writeFile(file, line({ attempt: 'after' }));
    expect([...(await find('before', 'after')).keys()].sort()).toEqual(['after', 'before']);
  });
});
