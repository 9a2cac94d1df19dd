// What vitest's JSON reports come to. `merge REPORT REPORT` makes one of two runs' reports, nothing when one is missing;
// `to-repeat REPORT` prints the files worth a second run, a line each;
// `count CODE REPORT [REPORT]` the last line of npm test, where files of the second report replace those of the first.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file as vitest's JSON reporter speaks of it. */
interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** More files than this do not fail by accident. */
const MOST = 8;

/** Files of a report by path; none when vitest has not written it. */
function filesOf(report: string): ReadonlyMap<string, TestFile> {
  const text = readFileSync(report, 'utf8');
  const { testResults } = (text === '' ? { testResults: [] } : JSON.parse(text)) as { testResults: TestFile[] };
  return new Map(testResults.map((file) => [path.relative('.', file.name), file]));
}

function toRepeat(report: string): string[] {
  const failed = [...filesOf(report)].filter(([, { status }]) => status !== 'passed').map(([file]) => file);
  return failed.length <= MOST ? failed : [];
}

/** One report of all; counts are added up. */
function merged(reports: readonly string[]): string[] {
  const texts = reports.map((report) => (existsSync(report) ? readFileSync(report, 'utf8') : ''));
  if (texts.includes('')) return [];
  const all = texts.map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  const together = all.reduce((one, other) =>
    Object.fromEntries(Object.entries(one).map(([key, value]) => [key, joined(key, value, other[key])])),
  );
  return [JSON.stringify(together)];
}

function joined(key: string, one: unknown, other: unknown): unknown {
  if (typeof one === 'number' && typeof other === 'number') {
    return key === 'startTime' ? Math.min(one, other) : one + other;
  }
  if (typeof one === 'boolean') return one && other === true;
  return Array.isArray(one) && Array.isArray(other) ? [...(one as unknown[]), ...(other as unknown[])] : one;
}

function countOf(code: string, reports: readonly string[]): string[] {
  const files = new Map(reports.flatMap((report) => [...filesOf(report)]));
  if (files.size === 0) return [`vitest ended with ${code} and left no report`, '0 passed, 1 failed'];
  let [passed, failed, skipped] = [0, 0, 0];
  for (const { status, assertionResults } of files.values()) {
    const failedBefore = failed;
    for (const test of assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failed += 1;
      else skipped += 1;
    }
    // A file that fails as a whole, as in its set-up, has no test that did.
    if (status !== 'passed' && failed === failedBefore) failed += 1;
  }
  const outside =
    code !== '0' && failed === 0 ? [`vitest ended with ${code}: faults outside the tests, see above`] : [];
  return [...outside, `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`];
}

function linesOf(command: string | undefined, [first = '', ...rest]: readonly string[]): string[] {
  if (command === 'merge') return merged([first, ...rest]);
  return command === 'to-repeat' ? toRepeat(first) : countOf(first, rest);
}

const [command, ...rest] = process.argv.slice(2);
const lines = linesOf(command, rest);
for (const line of lines) console.log(line);
