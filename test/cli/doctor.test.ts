// The checks of doctor that look at the machine alone.

import { expect, test } from 'vitest';
import { checkNode, checkTimeZones } from '../../src/cli/doctor/checks.ts';

test.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['22.0.0', true],
  ['18.20.4', false],
])('[O-02] Node %s: %s', (version, ok) => {
  expect(checkNode(version).ok).toBe(ok);
});

test('[O-02] time-zone data: this machine’s is fine, years old data is not', () => {
  expect(checkTimeZones('2026a', 2026).ok).toBe(true);
  expect(checkTimeZones('2019c', 2026)).toMatchObject({ ok: false, hint: expect.stringContaining('Node') as string });
});
