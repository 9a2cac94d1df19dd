import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstInstantAt, formatLocal, isTimeZone, localDay, localTime } from '../../src/base/local-time.ts';

const iso = (at: number): string => new Date(at).toISOString();
const ZONES = ['Europe/Berlin', 'America/Havana', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'];

test.each([
  ['Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
  ['Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00.000Z', 25],
  ['Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00.000Z', 23],
  ['America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00.000Z', 25],
  ['Australia/Lord_Howe', '2026-04-05T00:00:00Z', '2026-04-04T13:00:00.000Z', 24.5],
  ['America/Santiago', '2026-04-04T23:00:00Z', '2026-04-04T03:00:00.000Z', 25],
])('[L-10] day of %s around %s: begins at %s and has %d hours', (zone, at, startAt, hours) => {
  const day = localDay(zone, Date.parse(at));
  expect(iso(day.startAt)).toBe(startAt);
  expect((day.endAt - day.startAt) / 3_600_000).toBe(hours);
});

test('[C-04] 02:30 on spring-forward day: the moment after the jump; on fall-back day: the first of the two', () => {
  const spring = firstInstantAt('Europe/Berlin', Date.UTC(2026, 2, 29, 2, 30));
  expect(formatLocal('Europe/Berlin', spring)).toBe('2026-03-29 03:00 (Europe/Berlin)');
  expect(iso(firstInstantAt('Europe/Berlin', Date.UTC(2026, 9, 25, 2, 30)))).toBe('2026-10-25T00:30:00.000Z');
});

test('[L-10] any instant: lies in its own day, days touch, and the first instant has another date than the one before', () => {
  const instant = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2028-01-01') });
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, zone) => {
      const day = localDay(zone, at);
      expect(day.startAt <= at && at < day.endAt).toBe(true);
      expect(localDay(zone, day.endAt).startAt).toBe(day.endAt);
      expect(localDay(zone, day.startAt - 1).endAt).toBe(day.startAt);
      const { year, month, day: dayOfMonth } = localTime(zone, day.startAt);
      const before = localTime(zone, day.startAt - 1);
      expect([year, month, dayOfMonth]).not.toEqual([before.year, before.month, before.day]);
    }),
    { numRuns: 300 },
  );
});

test('[C-04] names of zones: known ones pass, others do not', () => {
  expect(isTimeZone('America/New_York')).toBe(true);
  expect(isTimeZone('Europe/Berln')).toBe(false);
});
