// How long the rest of a campaign takes at its pace.

import { describe, expect, test } from 'vitest';
import { timeToFinishMs } from '../../src/records/progress.ts';

const HOUR_MS = 3_600_000;
const pace = (parts: object) => {
  const { progress = {}, ...rest } = parts as { progress?: object };
  return {
    progress: { processed: 0, waiting: 0, scheduled: 0, blocked: 0, dialing: 0, ...progress },
    attemptsOnProcessed: 0,
    attemptsOnRest: 0,
    attemptsPerHour: 100,
    ...rest,
  };
};

describe('[C-10] time to finish', () => {
  test.each([
    ['nothing is left', { progress: { processed: 5, blocked: 9 } }, 0],
    ['nothing has been dialed yet', { progress: { waiting: 5 }, attemptsPerHour: 0 }, null],
    ['one attempt each, as nothing else is known', { progress: { waiting: 50, scheduled: 50 } }, HOUR_MS],
    ['two attempts each, as before', { progress: { processed: 10, waiting: 50 }, attemptsOnProcessed: 20 }, HOUR_MS],
    [
      'what has been tried already counts',
      { progress: { processed: 10, waiting: 100 }, attemptsOnProcessed: 30, attemptsOnRest: 100 },
      2 * HOUR_MS,
    ],
    [
      'at least one more each',
      { progress: { processed: 10, scheduled: 100 }, attemptsOnProcessed: 10, attemptsOnRest: 500 },
      HOUR_MS,
    ],
  ])('%s', (_what, parts, expected) => {
    expect(timeToFinishMs(pace(parts))).toBe(expected);
  });
});
