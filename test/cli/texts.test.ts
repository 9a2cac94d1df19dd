// What people write for times, and what foreign texts may do to a terminal.

import { describe, expect, test } from 'vitest';
import { parseInstant, readIsoInstant } from '../../src/cli/render/instants.ts';
import { harmless } from '../../src/cli/render/table.ts';

describe('[L-10] instants as programs write them', () => {
  test.each([
    '2026-12-01T10:30:00.000Z',
    '2026-12-01T10:30:00Z',
    '2026-12-01T10:30Z',
    '2026-12-01t10:30:00z',
    '2026-12-01T11:30:00+01:00',
    '2026-12-01T11:30:00.000+0100',
    '2026-12-01 11:30:00+01',
  ])('%s', (text) => {
    expect(readIsoInstant(text)).toBe(Date.UTC(2026, 11, 1, 10, 30));
    expect(parseInstant(text, 0)).toBe(Date.UTC(2026, 11, 1, 10, 30));
  });

  test.each(['2026-12-01T10:30', '2026-13-01T10:30Z', '2026-12-01', 'tomorrow', '2026-12-01T25:00Z'])(
    '%s is none',
    (text) => {
      expect(readIsoInstant(text)).toBeUndefined();
    },
  );
});

describe('[S-06] foreign text on a terminal', () => {
  test.each([
    '\u001b[2J',
    'a\u202eb',
    '\u2066x',
    '\u200fx',
    'a\u2028b',
    'a\u200bb',
    '\u009b1m',
    '\u{e0041}',
    '\ufeffx',
  ])('what a terminal obeys is shown as a mark: %j', (text) => {
    expect(harmless(text)).toContain('\ufffd');
    expect(Array.from(harmless(text)).filter((one) => !/[a-z[\dJ]/.test(one))).toEqual(['\ufffd']);
  });

  test.each(['Łukasz Müller', 'محمد', '李雷', '👩‍👧', 'نمی\u200cخواهم'])('%s stays as it is', (text) => {
    expect(harmless(text)).toBe(text);
  });
});
