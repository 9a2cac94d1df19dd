// SECURITY.md claims nothing without a test that is there.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');

test('[O-10] every test that SECURITY.md names is there', () => {
  const named = [...PAGE.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});

test('[O-10] every row of what somebody cannot do names the test that proves it', () => {
  const rows = PAGE.split('## At a glance')[0]?.match(/^\| (?!cannot|is noticed|---).*$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(18);
  expect(rows.filter((row) => !/\| `test\//.test(row))).toEqual([]);
});
