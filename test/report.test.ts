// What npm test says at its end, from the reports of one run or two.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const dir = mkdtempSync(path.join(tmpdir(), 'outdial-report-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** A report with files of tests, `+` passed, `-` failed, `o` skipped; `!` after them: the file failed as a whole. */
function report(name: string, files: Readonly<Record<string, string>>): string {
  const statuses: Readonly<Record<string, string>> = { '+': 'passed', '-': 'failed', o: 'skipped' };
  const testResults = Object.entries(files).map(([file, marks]) => ({
    name: path.resolve(file),
    status: /[-!]/.test(marks) ? 'failed' : 'passed',
    assertionResults: Array.from(marks.replace('!', ''), (mark) => ({ status: statuses[mark] })),
  }));
  const to = path.join(dir, name);
  const numTotalTests = testResults.flatMap(({ assertionResults }) => assertionResults).length;
  const success = testResults.every(({ status }) => status === 'passed');
  writeFileSync(to, JSON.stringify({ numTotalTests, success, testResults }));
  return to;
}

const reported = (...args: readonly string[]): string =>
  execFileSync('node_modules/.bin/tsx', ['test/report.ts', ...args], { encoding: 'utf8' }).trim();

describe('the last line of npm test', () => {
  test('files run once more count as they ended', () => {
    const first = report('first', { 'a.test.ts': '++o', 'b.test.ts': '+--' });
    const second = report('second', { 'b.test.ts': '+-+' });
    expect(reported('count', '1', first, second)).toBe('4 passed, 1 failed, 1 skipped');
  });

  test('a file that fails in its set-up counts as a failure', () => {
    expect(reported('count', '1', report('set-up', { 'a.test.ts': '++', 'b.test.ts': '!' }))).toBe(
      '2 passed, 1 failed',
    );
  });

  test('no report: a failure, and said so', () => {
    const none = path.join(dir, 'none');
    writeFileSync(none, '');
    expect(reported('count', '137', none)).toBe('vitest ended with 137 and left no report\n0 passed, 1 failed');
  });

  test('reports of two runs are one: files of both, failed when either is; nothing when one is missing', () => {
    const one = report('phones', { 'a.test.ts': '++' });
    const other = report('others', { 'b.test.ts': '+-' });
    const all = path.join(dir, 'all');
    writeFileSync(all, reported('merge', one, other));
    expect(reported('count', '1', all)).toBe('3 passed, 1 failed');
    expect(JSON.parse(reported('merge', one, other))).toMatchObject({ success: false, numTotalTests: 4 });
    expect(reported('merge', one, path.join(dir, 'never written'))).toBe('');
  });

  test('a few failed files are worth a second run, many are not', () => {
    const failing = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}.test.ts`, '-']));
    expect(reported('to-repeat', report('few', { ...failing(8), 'a.test.ts': '+' })).split('\n')).toHaveLength(8);
    expect(reported('to-repeat', report('many', failing(9)))).toBe('');
  });
});
