// Times of the log's lines.

import { expect, test } from 'vitest';
import { isoTime } from '../../src/base/log.ts';

test('lines of one second, of the next, and of a clock that was set back: each has its own time', () => {
  for (const at of [1_795_944_365_000, 1_795_944_365_007, 1_795_944_365_999, 1_795_944_366_000, 1_795_940_000_123, 5])
    expect(isoTime(at)).toBe(new Date(at).toISOString());
});
