import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTime } from '../../src/base/local-time.ts';
import type { HoursDemand, MinuteSpan } from '../../src/campaign/rule-pack.ts';
import { hoursAt, JointHours } from '../../src/rules/calling-hours.ts';
import { holidayDates } from '../../src/rules/holidays.ts';

const MINUTE_MS = 60_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kolkata', 'UTC'];

const span = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]): MinuteSpan => ({ from: from * 15, to: Math.min(1440, (from + length) * 15) }));
const day = fc.array(span, { maxLength: 1 });
const demand = fc
  .tuple(fc.array(day, { minLength: 7, maxLength: 7 }), fc.option(day, { nil: null }))
  .map(([week, onHolidays]): HoursDemand => ({ kind: 'hours', week, onHolidays }));
const HOLIDAYS = [
  { on: 'easter', offsetDays: 1 },
  { on: 'date', month: 3, day: 31, moves: 'no' },
] as const;

/** By the wall clock alone. */
function isOpen({ week, onHolidays }: HoursDemand, zone: string, at: number): boolean {
  const { year, month, day: date, weekday, hour, minute } = localTime(zone, at);
  const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  const isHoliday = onHolidays !== null && holidayDates(HOLIDAYS, year).has(text);
  const now = hour * 60 + minute;
  return ((isHoliday ? onHolidays : week[weekday]) ?? []).some(({ from, to }) => now >= from && now < to);
}

/** Spring of 2026 with the changes of clocks of both halves of the world. */
const moment = fc
  .integer({ min: 0, max: 60 * 24 * 60 })
  .map((minutes) => Date.parse('2026-02-20T00:00:00Z') + minutes * MINUTE_MS);

describe('calling hours', () => {
  test('[X-03] open exactly when every zone and clause is open by its wall clock, but in an hour shown twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(demand, fc.constantFrom(...ZONES)), { minLength: 1, maxLength: 4 }),
        moment,
        (some, at) => {
          const parts = some.map(([one, zone]) => ({ demand: one, holidays: HOLIDAYS, zone }));
          const { open } = new JointHours(parts).at(at);
          expect(open).toBe(parts.every((part) => hoursAt(part, at).open));
          const byClock = parts.every((part) => isOpen(part.demand, part.zone, at));
          // What the clocks show a second time, 25 hours after the day began, does not open again.
          const isRepeated = parts.some(({ zone }) => localTime(zone, at).hour < 3);
          if (!isRepeated) expect(open).toBe(byClock);
          else if (open) expect(byClock).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('[L-12] the end of a stretch is exact: the hours are the same until then and others from then on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(demand, fc.constantFrom(...ZONES)), { minLength: 1, maxLength: 3 }),
        moment,
        (some, at) => {
          const parts = some.map(([one, zone]) => ({ demand: one, holidays: HOLIDAYS, zone }));
          const { open, fromAt, toAt } = new JointHours(parts).at(at);
          const openAt = (when: number): boolean => parts.every((part) => hoursAt(part, when).open);
          expect(fromAt).toBe(at);
          expect(openAt(at)).toBe(open);
          if (toAt === Infinity) return;
          for (const share of [0.1, 0.5, 0.9]) expect(openAt(at + Math.floor((toAt - at) * share))).toBe(open);
          expect(openAt(toAt - 1)).toBe(open);
          if (!open) expect(openAt(toAt)).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('[X-03] zones that are never open together: closed for good', () => {
    const mornings: HoursDemand = {
      kind: 'hours',
      week: Array.from({ length: 7 }, () => [{ from: 540, to: 600 }]),
      onHolidays: null,
    };
    const parts = ['Europe/Berlin', 'Asia/Tokyo'].map((zone) => ({ demand: mornings, holidays: [], zone }));
    expect(new JointHours(parts).at(0)).toEqual({ open: false, fromAt: 0, toAt: Infinity });
    expect(new JointHours([]).at(0)).toMatchObject({ open: true, toAt: Infinity });
  });
});

describe('holidays', () => {
  test.each([
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2030, '2030-04-21'],
    [2038, '2038-04-25'],
    [2076, '2076-04-19'],
  ])('[X-03] Easter Sunday of %i is %s', (year, date) => {
    expect([...holidayDates([{ on: 'easter', offsetDays: 0 }], year)]).toEqual([date]);
  });

  test('[X-03] Christmas and Boxing Day on a weekend: two substitute days, on a Friday and Saturday: one', () => {
    const both = [25, 26].map((day) => ({ on: 'date', month: 12, day, moves: 'substitute' }) as const);
    expect([...holidayDates(both, 2027)].sort()).toEqual(['2027-12-25', '2027-12-26', '2027-12-27', '2027-12-28']);
    expect([...holidayDates([...both], 2026)].sort()).toEqual(['2026-12-25', '2026-12-26', '2026-12-28']);
    expect([...holidayDates([{ on: 'once', date: '2026-09-14' }], 2026)]).toEqual(['2026-09-14']);
  });
});
