// Until when an attempt counts against a limit: stretches of time, and local days of people who may be in several zones.

import { expect, test } from 'vitest';
import { longestMs, overAt, useOf } from '../../src/rules/frequency.ts';

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);
const ONE_DAY = { unit: 'days', days: 1 } as const;
const FROM_NEW_YORK_TO_LA = ['America/New_York', 'America/Chicago', 'America/Los_Angeles'];

test('[L-10] a number that may be in New York or Los Angeles: an attempt counts until both have a new day', () => {
  const called = at('2026-11-18T20:00:00Z');
  const midnightInLa = at('2026-11-19T08:00:00Z');
  expect(overAt(ONE_DAY, called, FROM_NEW_YORK_TO_LA)).toBe(midnightInLa);
  expect(overAt(ONE_DAY, called, FROM_NEW_YORK_TO_LA.toReversed())).toBe(midnightInLa);
  expect(overAt(ONE_DAY, called, ['America/New_York'])).toBe(midnightInLa - 3 * HOUR_MS);
});

test('[L-10] called after midnight in New York, before it in Los Angeles: counts for the day in New York too', () => {
  const called = at('2026-11-19T06:00:00Z');
  expect(overAt(ONE_DAY, called, FROM_NEW_YORK_TO_LA)).toBe(at('2026-11-20T06:00:00Z'));
  expect(overAt(ONE_DAY, called, ['America/Los_Angeles'])).toBe(at('2026-11-19T08:00:00Z'));
});

test('[L-10] seven days: the day of the call is the first; the night in which clocks go back is an hour longer', () => {
  const week = { unit: 'days', days: 7 } as const;
  expect(overAt(week, at('2026-10-28T15:00:00Z'), ['America/New_York'])).toBe(at('2026-11-04T05:00:00Z'));
  expect(overAt(week, at('2026-11-04T15:00:00Z'), ['America/New_York'])).toBe(at('2026-11-11T05:00:00Z'));
});

test('[L-10] 24 hours are 24 hours wherever the person is', () => {
  const called = at('2026-10-31T20:00:00Z');
  const span = { unit: 'time', ms: 24 * HOUR_MS } as const;
  expect(overAt(span, called, FROM_NEW_YORK_TO_LA)).toBe(called + 24 * HOUR_MS);
});

test('[L-10] no attempt counts for longer than is looked back on, in the longest of local days', () => {
  const beforeClocksGoBack = at('2026-11-01T07:30:00Z');
  for (const days of [1, 2, 7]) {
    const span = { unit: 'days', days } as const;
    const over = overAt(span, beforeClocksGoBack, ['America/New_York', 'America/Los_Angeles']);
    expect(over - beforeClocksGoBack).toBeLessThanOrEqual(longestMs(span));
  }
});

test('[L-10] three of three are used: free when the first of the last three no longer counts, not before', () => {
  expect(useOf([500, 100, 300], 3, 50)).toEqual({ used: 3, freeAt: 100 });
  expect(useOf([500, 100, 300], 3, 100)).toEqual({ used: 2 });
  expect(useOf([500, 100, 300, 400], 3, 50)).toEqual({ used: 4, freeAt: 300 });
  expect(useOf([500], 0, 50)).toEqual({ used: 1 });
});
