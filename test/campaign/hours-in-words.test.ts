// Hours as a person says them, from the crons of a schedule.

import { expect, test } from 'vitest';
import type { Schedule } from '../../src/campaign/definition.ts';
import { hoursInWords, hoursOf } from '../../src/campaign/hours-in-words.ts';

const SUNDAY = Date.parse('2026-11-29T15:00:00Z');

function schedule(parts: Partial<Schedule> = {}): Schedule {
  return { timezone: 'America/New_York', start: '0 9 * * 1-5', stop: '0 18 * * 1-5', holidays: [], ...parts };
}

test.each<readonly [string, Partial<Schedule>, string]>([
  ['office hours', {}, 'Mon–Fri 09:00–18:00 New York; next open Mon 2026-11-30 09:00'],
  [
    'a holiday comes',
    { holidays: ['2026-11-30'] },
    'Mon–Fri 09:00–18:00 New York, not on a holiday; next open Tue 2026-12-01 09:00',
  ],
  [
    'two shifts, a short Saturday',
    { start: '0 9,14 * * 1-6', stop: '30 12,17 * * 1-6' },
    'Mon–Sat 09:00–12:30, 14:00–17:30 New York; next open Mon 2026-11-30 09:00',
  ],
  [
    'some days alone',
    { start: '15 9 * * MON,WED-THU', stop: '0 18 * * *' },
    'Mon 09:15–18:00; Wed–Thu 09:15–18:00 New York; next open Mon 2026-11-30 09:15',
  ],
  [
    'over midnight into Monday',
    { start: '0 22 * * 0', stop: '0 2 * * 1', timezone: 'Asia/Kolkata' },
    'Sun 22:00–02:00 Kolkata; next open Sun 2026-11-29 22:00',
  ],
  [
    'the whole week through',
    { start: '0 9 * * 1', stop: '0 18 * * 5' },
    'Mon 09:00 – Fri 18:00 New York; next open Mon 2026-11-30 09:00',
  ],
  [
    'days of the month',
    { start: '0 9 1 * *', stop: '0 18 1 * *' },
    'from cron 0 9 1 * * to cron 0 18 1 * *, New York; next open Tue 2026-12-01 09:00',
  ],
  ['both at once: closing wins', { start: '0 9 * * *', stop: '0 9 * * *' }, 'never New York; never open'],
])('[C-03] %s', (_, parts, words) => {
  expect(hoursInWords(hoursOf(schedule(parts), SUNDAY))).toBe(words);
});

test('[C-03] no schedule, and a schedule that has no end', () => {
  expect(hoursInWords(hoursOf(undefined, SUNDAY))).toBe('at any time (no schedule)');
  expect(hoursInWords(hoursOf(schedule({ start: '0 0 * * *', stop: '0 0 29 2 *' }), SUNDAY))).toContain('from cron');
});
