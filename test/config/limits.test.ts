// Files that would hold up whoever reads them: refused at once, with the place and what to do; and nothing waits for them.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CampaignReader } from '../../src/config/campaign-reader.ts';
import { readCampaign } from '../../src/config/load-campaigns.ts';
import { readRegularFile } from '../../src/config/regular-file.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'outdial-limits-'));
  for (const name of ['campaigns', 'holidays']) mkdirSync(path.join(folder, name));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => path.join(folder, 'campaigns', 'renewals.yaml');
const faultsOf = (text: string) => readCampaign(text, file()).faults;

describe('what a file may hold', () => {
  test.each([
    ['keys by question marks, which take the reader minutes', '? '.repeat(8000) + 'x', 'question mark'],
    ['brackets without end', `a: ${'['.repeat(60_000)}`, 'Nested more than 20 deep'],
    ['lists within lists on one line', `a:\n ${'- '.repeat(30_000)}x`, 'Nested more than 20 deep'],
    ['maps within maps', `${'{a: '.repeat(8000)}1${'}'.repeat(8000)}`, 'Nested more than 20 deep'],
    [
      'more parts than any campaign has',
      Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'too many parts',
    ],
    ['more text than any campaign has', `a: ${'x'.repeat(250_001)}`, 'too large'],
    ['anchors by the hundred', Array.from({ length: 200 }, (_, i) => `k${i}: &a${i} x`).join('\n'), 'anchors'],
    ['indented over the edge', `a:\n${' '.repeat(300)}b: 1`, 'Indented too far'],
  ])('[C-01] %s: refused', (_what, text, message) => {
    const faults = faultsOf(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain(message);
    expect(faults[0]?.line).toBeGreaterThan(0);
  });

  test('[C-01] 8,000 unknown keys: the first hundred are reported, not more', () => {
    const faults = faultsOf(Array.from({ length: 8000 }, (_, i) => `key${i}: 1`).join('\n'));
    expect(faults).toHaveLength(100);
    expect(faults.at(-1)?.message).toMatch(/There is no key key\d+ here/);
  });

  test('[C-01] a key that is there twice: reported at the second one, at any depth', () => {
    expect(faultsOf('campaign: a\nmode: ratio\ncampaign: b\npacing: {ring: 20s, ring: 25s}')).toMatchObject([
      { line: 3, column: 1, message: 'The key is there twice.' },
      { line: 4, column: 21, message: 'The key is there twice.' },
    ]);
  });
});

describe('what a file may name', () => {
  const withHolidays = (name: string) =>
    faultsOf(
      `campaign: renewals\nschedule: {timezone: UTC, start: "0 9 * * *", stop: "0 17 * * *", holidays: ${name}}`,
    );
  const isMissing = (faults: ReturnType<typeof faultsOf>): boolean =>
    faults.some(({ message }) => message.startsWith('There is no holiday file'));

  test('[C-04] a pipe as holiday file: no file, and nothing waits for it', () => {
    execFileSync('mkfifo', [path.join(folder, 'holidays', 'pipe.yaml')]);
    expect(isMissing(withHolidays('pipe.yaml'))).toBe(true);
  });

  test('[C-04] a holiday file outside the configuration, by path or by link: not read', () => {
    const secret = path.join(tmpdir(), `outdial-outside-${process.pid}.yaml`);
    writeFileSync(secret, '- 2026-12-25\n');
    symlinkSync(secret, path.join(folder, 'holidays', 'linked.yaml'));
    try {
      expect(isMissing(withHolidays(`../../${path.basename(secret)}`))).toBe(true);
      expect(isMissing(withHolidays('linked.yaml'))).toBe(true);
    } finally {
      rmSync(secret);
    }
    writeFileSync(path.join(folder, 'holidays', 'own.yaml'), '- 2026-12-25\n');
    expect(isMissing(withHolidays('own.yaml'))).toBe(false);
  });

  test('[C-01] a device, a folder and a file of megabytes are no files to read', () => {
    expect(() => readRegularFile('/dev/zero')).toThrow('no regular file');
    expect(() => readRegularFile(folder)).toThrow('no regular file');
    const large = path.join(folder, 'large.yaml');
    writeFileSync(large, 'x'.repeat(1_000_001));
    expect(() => readRegularFile(large)).toThrow('larger than a megabyte');
  });
});

describe('read on a thread of its own', () => {
  test('[C-13] a file that takes longer than the limit is a fault, and the next file is read', async () => {
    const hasty = new CampaignReader({ limitMs: 0 });
    const text = Array.from({ length: 8000 }, (_, i) => `key${i}: 1`).join('\n');
    const late = await hasty.read({ file: file(), text }, {});
    expect(late.faults).toMatchObject([{ message: 'The file takes too long to read.' }]);
    await hasty.stop();

    const reader = new CampaignReader();
    const [first, second] = await Promise.all([
      reader.read({ file: file(), text }, {}),
      reader.read({ file: file(), text: 'campaign: renewals' }, { trunks: ['main'] }),
    ]);
    expect(first).toEqual(readCampaign(text, file()));
    expect(second).toEqual(readCampaign('campaign: renewals', file(), { trunks: ['main'] }));
    await expect(reader.check('mode: x', file(), {})).rejects.toMatchObject({ code: 'campaign-faulty' });
    await reader.stop();
  });
});
